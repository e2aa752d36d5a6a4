import { isDay, MONTHS, PIVOT, WEEKDAYS, weekdayOf, type CalendarDate } from "./calendar.js";
import { manyFormats, others, othersShort } from "./formats.js";
import { ordinal, ROMAN, SHORT_MONTHS, SHORT_WEEKDAYS } from "./writeDate.js";

/** A text in one of the formats. */
export interface Reading {
  /** The day that it names, if the calendar has it. */
  readonly date?: CalendarDate;
  /** What is wrong with it, in words: there is no such day, or it is another weekday. */
  readonly fault?: string;
}

const letters = (words: readonly string[]): string => words.join("|");

/** What each letter of a format reads. */
const patterns: Readonly<Record<string, string>> = /* @__PURE__ */ (() => ({
  e: "([1-9]|\\d\\d)",
  d: "(\\d\\d)",
  o: "(\\d{1,2}(?:st|nd|rd|th))",
  n: "([1-9]|\\d\\d)",
  m: "(\\d\\d)",
  b: `(${letters(MONTHS.map((name) => name.slice(0, 3)))})`,
  q: `(${letters(SHORT_MONTHS)})`,
  p: `(${letters(SHORT_MONTHS.map((name, i) => (name === MONTHS[i] ? name : `${name}\\.`)))})`,
  B: `(${letters(MONTHS)})`,
  R: `(${letters([...ROMAN].reverse())})`,
  Y: "(\\d{4})",
  y: "(\\d\\d)",
  a: `(${letters(WEEKDAYS.map((name) => name.slice(0, 3)))})`,
  w: `(${letters(SHORT_WEEKDAYS)})`,
  A: `(${letters(WEEKDAYS)})`,
}))();

interface Reader {
  readonly pattern: RegExp;
  /** What its groups hold, as letters of the format. */
  readonly fields: readonly string[];
  /** Whether only days after the 12th are written so. */
  readonly isOther: boolean;
}

function readerOf(format: string): Reader {
  const parts = format.replace("%I", "%Y-%m-%d");
  const fields = [...parts.matchAll(/%(\w)/g)].map(([, letter]) => letter!);
  const pattern = parts
    .replace(/[.]/g, "\\.")
    .replaceAll(", ", ",? ") // a comma before a space may be left out
    .replace(/%(\w)/g, (_, letter: string) => patterns[letter]!);
  return {
    pattern: new RegExp(`^${pattern}$`, "i"),
    fields,
    isOther: others.includes(format) || othersShort.includes(format),
  };
}

/** Made when the first text is read: importing this costs nothing. */
let readers: readonly Reader[] | undefined;

/**
 * The day that a text names in one of the formats, whatever the case of its letters; undefined when it is in none. This
 * is how answers are checked, and what tells dates from what only looks like one.
 */
export function readDate(text: string): Reading | undefined {
  readers ??= manyFormats().map(readerOf);
  let fault: Reading | undefined;
  for (const { pattern, fields, isOther } of readers) {
    const groups = pattern.exec(text);
    if (!groups) continue;
    const date = dateIn(fields, groups);
    if (isOther && (date.day <= 12 || date.month > 12)) continue;
    const missing = missingIn(date);
    const wrong = missing ?? otherwise(date, fields, groups);
    if (wrong === undefined) return { date };
    fault ??= { fault: wrong, ...(missing === undefined && { date }) };
  }
  return fault;
}

function dateIn(fields: readonly string[], groups: RegExpExecArray): CalendarDate {
  const date = { year: 0, month: 0, day: 0 };
  fields.forEach((letter, i) => {
    const text = groups[i + 1]!;
    if ("edo".includes(letter)) date.day = parseInt(text, 10);
    else if ("nm".includes(letter)) date.month = Number(text);
    else if ("bqpB".includes(letter)) date.month = 1 + indexOf(MONTHS, text);
    else if (letter === "R") date.month = 1 + ROMAN.indexOf(text.toUpperCase());
    else if (letter === "Y") date.year = Number(text);
    else if (letter === "y") date.year = PIVOT + ((Number(text) - PIVOT + 10_000) % 100);
  });
  return date;
}

/** The name that begins with the first three letters of a text. */
const indexOf = (names: readonly string[], text: string): number =>
  names.findIndex((name) => name.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase());

/** What the calendar has not, in words. */
function missingIn(date: CalendarDate): string | undefined {
  const { year, month, day } = date;
  if (month < 1 || month > 12) return `there is no month ${month}`;
  return isDay(date) ? undefined : `${MONTHS[month - 1]} ${year} has no day ${day}`;
}

/** What is said otherwise than it is, in words: the ending of an ordinal, or the weekday. */
function otherwise(date: CalendarDate, fields: readonly string[], groups: RegExpExecArray): string | undefined {
  const { year, month, day } = date;
  const o = fields.indexOf("o");
  if (o >= 0 && groups[o + 1]!.toLowerCase() !== ordinal(day)) return `the ordinal of ${day} is ${ordinal(day)}`;
  const w = fields.findIndex((letter) => "awA".includes(letter));
  if (w < 0) return undefined;
  const [said, is] = [indexOf(WEEKDAYS, groups[w + 1]!), weekdayOf(date)];
  if (said === is) return undefined;
  return `${day} ${MONTHS[month - 1]} ${year} is a ${WEEKDAYS[is]}, and no ${WEEKDAYS[said]}`;
}
