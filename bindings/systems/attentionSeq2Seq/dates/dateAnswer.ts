import type { Calibration } from "../../../metrics/calibration.js";
import { expectSure, UnsureError } from "../../../metrics/unsureError.js";
import { dayOf, isDay, isoOf, PIVOT, type CalendarDate } from "./calendar.js";
import { readDate } from "./readDate.js";
import { whyNoDate } from "./whyNoDate.js";

/** Order of day, month and year in a text of numbers. */
export type DateOrder = "day, month, year" | "month, day, year" | "year, month, day";

/** A day, and the order in which a text has to be read to name it. */
export interface DateReading {
  readonly order: DateOrder;
  /** yyyy-mm-dd. */
  readonly iso: string;
}

/** What a model has read in a text, checked. */
export interface DateAnswer {
  /** yyyy-mm-dd: a day of the calendar. */
  readonly iso: string;
  /** How often such an answer is right, from 0 to 1; null where the model is not calibrated. */
  readonly confidence: number | null;
  /** Where the text does not say which number is the day: how it was read, and what it would be otherwise. */
  readonly ambiguous?: DateReading & { readonly others: readonly DateReading[] };
}

/** A text as models of dates read it: dashes and quotes plain, and no spaces, brackets, quotes or stops around it. */
export function plainDate(text: string): string {
  const folded = text
    .normalize("NFKC")
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/\s+/g, " ");
  const bare = folded.replace(/^[\s"“”«»(['<]+/, "").replace(/[\s"“”«»)\]'>,;.]+$/, "");
  return /^\d{4}\. \d+\. \d+$/.test(bare) ? `${bare}.` : bare; // whose stops are those of ordinals
}

/**
 * What a model of dates has made of a text, as `plainDate` has it, if that can be relied on: a day of the calendar, that
 * is written so in one of the known formats, and as likely as the calibration's threshold wants.
 *
 * @throws UnsureError, which says what was not understood.
 * @example
 * const text = plainDate("9 may 98");
 * const [said] = model.run(engine, [text]);
 * const { iso } = dateAnswer(text, said, { calibration: calibrationIn(metadata) });
 */
export function dateAnswer(
  text: string,
  { symbols, score }: { readonly symbols: readonly string[]; readonly score: number },
  { calibration, least }: { calibration?: Calibration | undefined; least?: number | undefined } = {},
): DateAnswer {
  const iso = symbols.join("");
  const reading = readDate(text);
  if (!reading?.date || reading.fault !== undefined) throw new UnsureError(text, whyNoDate(text));
  if (!iso) throw new UnsureError(text, "the model takes it for no date");
  if (!dayOf(iso)) throw new UnsureError(text, `the model makes ${iso} of it, which is no day`);
  const expected = isoOf(reading.date);
  if (iso !== expected) throw new UnsureError(text, `the model makes ${iso} of it, and its format ${expected}`);
  const confidence = calibration
    ? expectSure(calibration, { source: text, answer: iso, score }, { ...(least !== undefined && { least }) })
    : null;
  const [own, ...others] = readingsOf(text, iso);
  return { iso, confidence, ...(own && others.length > 0 && { ambiguous: { ...own, others } }) };
}

/** Every reading of three numbers, the one that is this day first; of other texts none. */
function readingsOf(text: string, iso: string): DateReading[] {
  const [, a, , b, c] = /^(\d{1,2})(\. | |[./-])(\d{1,2})\2(\d{2}|\d{4})$/.exec(text) ?? [];
  if (c === undefined) return [];
  const yearOf = (digits: string): number =>
    digits.length > 2 ? Number(digits) : PIVOT + ((Number(digits) - PIVOT + 10_000) % 100);
  const all: readonly (readonly [DateOrder, CalendarDate])[] = [
    ["day, month, year", { day: Number(a), month: Number(b), year: yearOf(c) }],
    ["month, day, year", { day: Number(b), month: Number(a), year: yearOf(c) }],
    ...(c.length === 2 && a!.length === 2
      ? [["year, month, day", { day: Number(c), month: Number(b), year: yearOf(a!) }] as const]
      : []),
  ];
  const readings = all.filter(([, date]) => isDay(date)).map(([order, date]) => ({ order, iso: isoOf(date) }));
  const own = readings.filter((each) => each.iso === iso);
  return [...own.slice(0, 1), ...readings.filter((each) => each.iso !== iso)];
}
