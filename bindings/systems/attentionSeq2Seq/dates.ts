import { Vocabulary } from "../../common/vocabulary.js";
import { between, checkOptions, oneOf, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { expectCount, expectOrder, seedRule } from "../../tasks/lengths.js";
import { fillPairs } from "../../tasks/fillPairs.js";
import { pairLosses, type PairTask } from "../../tasks/pairs.js";
import { daysOf, isLeap, isoOf, PIVOT, type CalendarDate } from "./dates/calendar.js";
import { few, fewShort, manyFormats, others, othersShort } from "./dates/formats.js";
import { nonDate } from "./dates/nonDates.js";
import { isShort, written } from "./dates/writeDate.js";

/** What datesTask draws from. */
export interface DatesTaskOptions {
  /** Default: 1900. */
  minYear?: number;
  /** Default: 2049. */
  maxYear?: number;
  /** 25 formats, or all that there are, in more cases. Default: "few". */
  formats?: "few" | "many";
  /** The part of the texts that are no dates, whose target is empty. Default: 0. */
  nonDates?: number;
  /** The part of the dates that are 29 February, and of what is no date that would be, in other years. Default: 0. */
  leapDays?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Characters that dates are written in. */
const SOURCE = {
  few: " ,-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  many: " ',-./0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
};
const TARGET = "-0123456789";
/** Years that most dates are of. */
const COMMON = [1900, 2049] as const;

/** Default and check of each option; a function, since importing calls nothing. */
export const datesRules = () =>
  ({
    minYear: [1900, whole(1, { most: 9999 })],
    maxYear: [2049, whole(1, { most: 9999 })],
    formats: ["few", oneOf("few", "many")],
    nonDates: [0, between(0, 1)],
    leapDays: [0, between(0, 1)],
    seed: seedRule(),
  }) as const;

/**
 * Dates in many formats and cases, to be written as ISO 8601 has them: "9 may 98" becomes "1998-05-09". Every date is a
 * fresh one, uniform over the days of the years. Two digits of a year are of 1950 to 2049.
 *
 * With all formats, each is as likely as any other, and half of the dates with whole years are of 1900 to 2049, where
 * the years allow it. What is no date, such as words, numbers, days that there are not, months without a day, times and
 * dates with mistakes, is to become nothing.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = datesTask({ formats: "many", nonDates: 0.4, minYear: 1000, maxYear: 2999, seed: 1 });
 */
export function datesTask(options: DatesTaskOptions = {}): PairTask & {
  /** A date as it may be written, and in ISO 8601; nothing for what is no date. */
  draw(random: Random): readonly [written: string, iso: string];
} {
  const { formats, nonDates, leapDays, ...rest } = checkOptions("datesTask", options, datesRules());
  const { minYear, maxYear, seed } = rest;
  expectOrder("datesTask", ["minYear", minYear], ["maxYear", maxYear]);
  // The record of a task of before is what it was.
  const checked = {
    ...rest,
    ...(formats !== "few" && { formats }),
    ...(nonDates && { nonDates }),
    ...(leapDays && { leapDays }),
  };
  const [sourceSymbols, targetSymbols] = [[...SOURCE[formats]], [...TARGET]];
  const [source, target] = [new Vocabulary(sourceSymbols), new Vocabulary(targetSymbols)];
  const write = formats === "few" ? drawFew(minYear, maxYear) : drawMany({ minYear, maxYear, leapDays });

  const draw = (random: Random): readonly [string, string] => {
    if (!nonDates || random.integer(0, 999_999) >= 1e6 * nonDates) return write(random);
    return [nonDate(random, { minYear, maxYear, leapDays, write: (random) => write(random)[0] }), ""];
  };

  return {
    name: "dates",
    options: checked,
    sourceSymbols,
    targetSymbols,
    seed,
    draw,
    generate(random, count, batch) {
      expectCount("datesTask", count);
      const pairs = Array.from({ length: count }, () => {
        const [written, iso] = draw(random);
        return [
          Uint32Array.from(written, (symbol) => source.numberOf(symbol) ?? 0),
          Uint32Array.from(iso, (symbol) => target.numberOf(symbol)!),
        ] as const;
      });
      fillPairs(batch, pairs);
    },
    ...pairLosses,
  };
}

type Draw = (random: Random) => readonly [written: string, iso: string];

/** A day of these years, each as likely as any other of its year. */
function drawDay(random: Random, minYear: number, maxYear: number): CalendarDate {
  const year = random.integer(minYear, maxYear);
  const dayOfYear = random.integer(1, isLeap(year) ? 366 : 365);
  let [month, day] = [1, dayOfYear];
  while (day > daysOf(year, month)) day -= daysOf(year, month++);
  return { year, month, day };
}

/** Dates in the formats of the first models. */
function drawFew(minYear: number, maxYear: number): Draw {
  return (random) => {
    const date = drawDay(random, minYear, maxYear);
    const isRecent = date.year >= PIVOT && date.year < PIVOT + 100;
    const among = isRecent ? [...few, ...fewShort] : few;
    return [inSomeCase(random, written(among[random.integer(0, among.length - 1)]!, date)), isoOf(date)];
  };
}

/** Dates in all formats that these years can be written in. */
function drawMany({ minYear, maxYear, leapDays }: { minYear: number; maxYear: number; leapDays: number }): Draw {
  const common = overlap([minYear, maxYear], COMMON);
  const recent = overlap([minYear, maxYear], [PIVOT, PIVOT + 99]);
  const among = manyFormats().filter((format) => recent || !isShort(format));
  const isOther = new Set([...others, ...othersShort]);
  return (random) => {
    const format = among[random.integer(0, among.length - 1)]!;
    const often = isShort(format) ? recent! : random.integer(0, 1) && common ? common : ([minYear, maxYear] as const);
    let date = drawDay(random, ...often);
    if (leapDays && random.integer(0, 999_999) < 1e6 * leapDays) {
      const year = leapYear(random, ...often);
      if (year !== undefined) date = { year, month: 2, day: 29 };
    }
    while (isOther.has(format) && date.day <= 12) date = drawDay(random, ...often);
    return [inSomeCaseOf(random, written(format, date)), isoOf(date)];
  };
}

/**
 * A leap year of these, now and then the first of a century, as texts of years without a 29 February have it: which of
 * these are leap years is a rule of its own. Undefined where a few draws find none.
 */
function leapYear(random: Random, minYear: number, maxYear: number): number | undefined {
  for (let tries = 0; tries < 50; ++tries) {
    const drawn = random.integer(minYear, maxYear);
    const year = random.integer(0, 5) ? drawn : 100 * Math.round(drawn / 100);
    if (isLeap(year) && year >= minYear && year <= maxYear) return year;
  }
  return undefined;
}

/** Years that are in both, if there are any. */
function overlap([a, b]: readonly [number, number], [c, d]: readonly [number, number]): [number, number] | undefined {
  const [begin, end] = [Math.max(a, c), Math.min(b, d)];
  return begin <= end ? [begin, end] : undefined;
}

/** As it is, in small letters or in capitals; now and then without its commas. */
function inSomeCase(random: Random, text: string): string {
  const written = random.integer(0, 3) ? text : text.replaceAll(",", "");
  return [written, written, written.toLowerCase(), written.toUpperCase()][random.integer(0, 3)]!;
}

/** The same, with a capital in front of each word as well; commas stay where they alone keep numbers apart. */
function inSomeCaseOf(random: Random, text: string): string {
  const commas = random.integer(0, 7);
  const written = commas > 1 ? text : commas ? text.replace(", ", " ") : text.replaceAll(", ", " ");
  const title = written.replace(/\b[a-z](?=[a-z]+\b)/g, (letter) => letter.toUpperCase());
  return [written, written, title, written.toLowerCase(), written.toUpperCase()][random.integer(0, 4)]!;
}
