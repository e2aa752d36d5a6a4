import type { Random } from "../../../common/random/philox.js";
import { isLeap, MONTHS, two, WEEKDAYS, type CalendarDate } from "./calendar.js";
import { manyFormats } from "./formats.js";
import { readDate } from "./readDate.js";
import { ordinal, SHORT_MONTHS } from "./writeDate.js";
import { companions, words } from "./words.js";

/** What draws dates and writes them, for texts that are nearly dates. */
export interface DateSource {
  /** A date in some format. */
  readonly write: (random: Random) => string;
  /** The part that is 29 February of a year without one. */
  readonly leapDays: number;
  readonly minYear: number;
  readonly maxYear: number;
}

type Kind = (random: Random, source: DateSource) => string;

const from = <T>(random: Random, list: ArrayLike<T>): T => list[random.integer(0, list.length - 1)]!;
const times = (random: Random, least: number, most: number, make: () => string): string[] =>
  Array.from({ length: random.integer(least, most) }, make);
const digits = (random: Random, least: number, most: number): string =>
  times(random, least, most, () => from(random, "0123456789")).join("");

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const CODE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ANY = " ,-./'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:#&()+éü€$%_";

const year = (random: Random): number =>
  random.integer(0, 1) ? random.integer(1900, 2049) : random.integer(1000, 2999);
const monthName = (random: Random): string => from(random, [MONTHS, SHORT_MONTHS][random.integer(0, 1)]!);

/** Words, of the language or not. */
const ofWords: Kind = (random) =>
  times(random, 1, random.integer(1, 6), () => {
    const kind = random.integer(0, 7);
    if (kind < 5) return from(random, words);
    if (kind < 6) return times(random, 1, 12, () => from(random, LETTERS)).join("");
    if (kind < 7) return times(random, 1, 4, () => from(random, "bcdfghklmnprstvw") + from(random, "aeiouy")).join("");
    return from(random, [from(random, MONTHS), from(random, WEEKDAYS), "today", "next", "last", "the", "of"]);
  }).join(" ");

/** Codes, versions, amounts, telephone numbers, addresses. */
const ofCodes: Kind = (random) => {
  const part = (): string => times(random, 1, 8, () => from(random, CODE)).join("");
  return from<() => string>(random, [
    part,
    () => times(random, 2, 4, part).join(from(random, "-/. _:")),
    () =>
      `${times(random, 1, 4, () => from(random, CODE.slice(10))).join("")}${from(random, ["", "-", " "])}${digits(random, 1, 8)}`,
    () => `${from(random, ["v", "V", "No. ", "#", "id ", "$", "€", "Q", "W", "FY", "A"])}${digits(random, 1, 6)}`,
    () => times(random, 3, 5, () => digits(random, 1, 3)).join("."),
    () => times(random, 2, 5, () => digits(random, 1, 5)).join(from(random, " -./,+")),
    () =>
      `${digits(random, 1, 4)}${from(random, ["%", " kg", "€", " km", "th", "st", "m", ",50", ".99", " USD", "px"])}`,
    () => `${digits(random, 1, 3)} ${from(random, words)} ${from(random, ["street", "road", "st", "way"])}`,
  ])();
};

/** Numbers. */
const ofNumbers: Kind = (random) =>
  from<() => string>(random, [
    () => digits(random, 1, 14),
    () => digits(random, 6, 9),
    () => `${from(random, ["-", "+", ""])}${digits(random, 1, 5)}.${digits(random, 1, 6)}`,
    () => `${digits(random, 1, 3)},${digits(random, 3, 3)}`,
    () => times(random, 2, 4, () => digits(random, 1, 4)).join(" "),
  ])();

/** Any characters. */
const ofCharacters: Kind = (random) => times(random, 1, 24, () => from(random, ANY)).join("");

/** A day, month or year that there is not, in a format of dates. */
const ofNoDay: Kind = (random, { minYear, maxYear }) => {
  const format = from(random, manyFormats());
  const fault = random.integer(0, 3);
  const date: { -readonly [K in keyof CalendarDate]: CalendarDate[K] } = {
    year: year(random),
    month: random.integer(1, 12),
    day: random.integer(1, 28),
  };
  if (fault === 0) date.day = from(random, [0, 32, 33, random.integer(32, 99)]);
  else if (fault === 1)
    [date.month, date.day] = from(random, [
      [2, 29],
      [2, 30],
      [2, 31],
      [4, 31],
      [6, 31],
      [9, 31],
      [11, 31],
    ] as const);
  else if (fault === 2)
    return format.replace(/%\w/g, (code) => lettersOf(random, code, from(random, [0, random.integer(13, 99)])));
  else date.year = random.integer(0, 2) ? random.integer(maxYear + 1, 9999) : random.integer(1, minYear - 1);
  return format.replace(/%\w/g, (code) => lettersOf(random, code, date.month, date));
};

/** A field of a date that is none. */
function lettersOf(random: Random, code: string, month: number, { year: y, day }: Partial<CalendarDate> = {}): string {
  const [d, whole] = [day ?? random.integer(1, 31), y ?? year(random)];
  const name = MONTHS[(month + 11) % 12]!;
  const field: Readonly<Record<string, () => string>> = {
    "%e": () => String(d),
    "%d": () => two(d),
    "%o": () => ordinal(d),
    "%n": () => String(month),
    "%m": () => two(month),
    "%b": () => name.slice(0, 3),
    "%q": () => SHORT_MONTHS[(month + 11) % 12]!,
    "%p": () => `${SHORT_MONTHS[(month + 11) % 12]!}.`,
    "%B": () => name,
    "%R": () => from(random, ["XIII", "IIII", "XV", "VV", "IIX"]),
    "%Y": () => String(whole),
    "%y": () => two(whole % 100),
    "%I": () => `${whole}-${two(month)}-${two(d)}`,
  };
  return field[code]?.() ?? from(random, WEEKDAYS).slice(0, code === "%A" ? 9 : 3);
}

/** What lacks the day, the month or the year. */
const ofParts: Kind = (random) => {
  const [y, m, d] = [year(random), random.integer(1, 12), random.integer(1, 31)];
  return from(random, [
    `${monthName(random)} ${y}`,
    `${monthName(random)}, ${y}`,
    `${monthName(random).slice(0, 3)}-${two(y % 100)}`,
    `${monthName(random)} '${two(y % 100)}`,
    `${y}`,
    `'${two(y % 100)}`,
    `${monthName(random)}`,
    `${d} ${monthName(random)}`,
    `${monthName(random)} ${d}`,
    `${monthName(random)} ${ordinal(d)}`,
    `${ordinal(d)} of ${monthName(random)}`,
    `the ${ordinal(d)}`,
    `${two(m)}/${y}`,
    `${y}-${two(m)}`,
    `${y}/${two(m)}`,
    `${y}${two(m)}`,
    `${two(d)}.${two(m)}.`,
    `${d}/${m}`,
    `${two(d)}-${two(m)}`,
    from(random, WEEKDAYS),
    `${from(random, WEEKDAYS)}, ${d} ${monthName(random)}`,
    `${from(random, WEEKDAYS)} ${monthName(random)} ${d}`,
    `${from(random, WEEKDAYS).slice(0, 3)} ${y}`,
    `${d} ${y}`,
  ]);
};

/** Times of the day, by themselves or beside a date. */
const ofTimes: Kind = (random, { write }) => {
  const [hour, minute] = [random.integer(0, 24), two(random.integer(0, 59))];
  const time = from(random, [
    `${hour}:${minute}`,
    `${two(hour)}:${minute}:${two(random.integer(0, 59))}`,
    `${1 + (hour % 12)}:${minute} ${from(random, ["am", "pm", "AM", "PM"])}`,
    `${1 + (hour % 12)} ${from(random, ["am", "pm", "o'clock"])}`,
    `${two(hour)}:${minute}Z`,
    `${two(hour)}h${minute}`,
  ]);
  return from(random, [time, `${write(random)} ${time}`, `${time} ${write(random)}`, `${write(random)}T${time}`]);
};

/** Weeks, quarters, days of a year, seasons, decades. */
const ofPeriods: Kind = (random) => {
  const [y, week] = [year(random), two(random.integer(1, 53))];
  return from(random, [
    `${y}-W${week}`,
    `${y}W${week}`,
    `${y}-W${week}-${random.integer(1, 7)}`,
    `${y}W${week}${random.integer(1, 7)}`,
    `W${week} ${y}`,
    `week ${Number(week)} ${from(random, ["", "of "])}${y}`,
    `${y}-${String(random.integer(1, 366)).padStart(3, "0")}`,
    `${y}${String(random.integer(1, 366)).padStart(3, "0")}`,
    `Q${random.integer(1, 4)} ${y}`,
    `${y}-Q${random.integer(1, 4)}`,
    `${y}Q${random.integer(1, 4)}`,
    `FY${y}`,
    `${from(random, ["spring", "summer", "autumn", "winter", "fall", "early", "mid", "late"])} ${y}`,
    `${y}s`,
    `${ordinal(random.integer(1, 30))} century`,
    `${y}-${two((y + 1) % 100)}`,
    `${y}-${y + random.integer(1, 9)}`,
  ]);
};

/** A date, and something that makes another thing of it. */
const ofCompany: Kind = (random, { write }) => {
  const date = write(random);
  const d = random.integer(1, 28);
  return from<() => string>(random, [
    () => `${from(random, companions)} ${date}`,
    () => `${date} ${from(random, companions)}`,
    () => `${from(random, words)} ${date}`,
    () => `${date} ${from(random, words)}`,
    () => `${date} ${digits(random, 1, 4)}`,
    () => `${digits(random, 1, 4)} ${date}`,
    () => `${date}${from(random, ["-", " - ", " to ", "/", ", ", " and "])}${write(random)}`,
    () => `${d}-${d + random.integer(1, 3)} ${monthName(random)} ${year(random)}`,
    () => `${monthName(random)} ${d}-${d + random.integer(1, 3)}, ${year(random)}`,
    () => `${date}${from(random, ["?", "T", "Z", "x", "+", "*"])}`,
  ])();
};

/** A date with some characters left out, put in, replaced or exchanged, or only a piece of it. */
const ofMistakes: Kind = (random, { write }) => {
  let text = write(random);
  for (let edits = random.integer(1, 3); edits && text; --edits) {
    const at = random.integer(0, text.length - 1);
    const [before, here, behind] = [text.slice(0, at), text[at] ?? "", text.slice(at + 1)];
    const put = from(random, random.integer(0, 1) ? ANY : text);
    text = from(random, [
      before + behind,
      before + put + here + behind,
      before + put + behind,
      before + (behind[0] ?? "") + here + behind.slice(1),
      random.integer(0, 3) ? before + behind : before + here,
      before + here.repeat(2) + behind,
    ]);
  }
  return text;
};

/** Pieces of dates in another order than any format has. */
const ofPieces: Kind = (random, { write }) => {
  const pieces = [write(random), ...(random.integer(0, 1) ? [write(random)] : [])].flatMap((text) =>
    text.split(/[ ,./-]+/),
  );
  const order = pieces.map((piece) => [random.integer(0, 999), piece] as const).sort(([a], [b]) => a - b);
  return order
    .slice(0, random.integer(1, Math.min(5, order.length)))
    .map(([, piece]) => piece)
    .join(from(random, [" ", "-", "/", ".", ", "]));
};

/** What is nearly a date comes more often than what is far from one. */
const kinds: readonly Kind[] = [
  ofWords,
  ofCodes,
  ofNumbers,
  ofCharacters,
  ofNoDay,
  ofNoDay,
  ofParts,
  ofTimes,
  ofPeriods,
  ofCompany,
  ofMistakes,
  ofMistakes,
  ofPieces,
];

/** 29 February of a year that has none, now and then of a century. */
function noLeapDay(random: Random): string {
  const drawn = random.integer(0, 5) ? year(random) : 100 * random.integer(10, 29);
  const other = isLeap(drawn) ? drawn + random.integer(1, 3) : drawn;
  const format = from(random, manyFormats());
  return format.replace(/%\w/g, (code) => lettersOf(random, code, 2, { year: other, day: 29 }));
}

/** A text that names no day of these years in any format. */
export function nonDate(random: Random, source: DateSource): string {
  while (true) {
    const isLeapDay = source.leapDays > 0 && random.integer(0, 999_999) < 1e6 * source.leapDays;
    const drawn = isLeapDay ? noLeapDay(random) : from(random, kinds)(random, source);
    const text = drawn.trim().replace(/\s+/g, " ");
    const day = readDate(text)?.date; // also one whose weekday is wrong: that takes a calendar, and is no matter of form
    if (text && !(day && day.year >= source.minYear && day.year <= source.maxYear)) return text;
  }
}
