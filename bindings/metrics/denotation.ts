import { normalized, numberOf } from "../common/text.js";

/**
 * Whether an answer is the expected one, as the evaluator of WikiTableQuestions has it: as many items, and each of one
 * found in the other. Items are equal as normalised texts, as numbers within 1e-6, or as dates, yyyy-mm-dd with xx for
 * what is not known. Pasupat & Liang 2015.
 *
 * @example
 * isSameDenotation(["3"], ["3.0"]); // true
 */
export function isSameDenotation(predicted: readonly string[], expected: readonly string[]): boolean {
  const [ours, theirs] = [valuesOf(predicted), valuesOf(expected)];
  return ours.length === theirs.length && theirs.every((value) => ours.some((other) => isEqual(value, other)));
}

interface Value {
  readonly text: string;
  readonly number?: number;
  readonly date?: string;
}

/** Each value once. */
function valuesOf(items: readonly string[]): Value[] {
  const values: Value[] = [];
  for (const item of items) {
    const value = valueOf(item);
    if (!values.some((other) => isEqual(value, other))) values.push(value);
  }
  return values;
}

function valueOf(item: string): Value {
  const text = normalized(item);
  const number = numberOf(item);
  if (number !== undefined) return { text, number };
  const date = dateOf(item);
  return date ? { text, date } : { text };
}

/** A date with a part that is known, in one way to write it. */
function dateOf(item: string): string | undefined {
  const [, year, month, day] = /^(\d{1,4}|x{2,4})-(\d{1,2}|xx)-(\d{1,2}|xx)$/.exec(item.trim().toLowerCase()) ?? [];
  if (!year) return undefined;
  const parts = [year, month, day].map((part) => (part!.startsWith("x") ? -1 : Number(part)));
  const [, m, d] = parts as [number, number, number];
  const isDate =
    parts.some((part) => part !== -1) && (m === -1 || (m >= 1 && m <= 12)) && (d === -1 || (d >= 1 && d <= 31));
  return isDate ? parts.join("-") : undefined;
}

function isEqual(a: Value, b: Value): boolean {
  if (a.text === b.text) return true;
  if (a.number !== undefined && b.number !== undefined) return Math.abs(a.number - b.number) < 1e-6;
  return a.date !== undefined && a.date === b.date;
}
