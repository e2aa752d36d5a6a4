import { whole, type Decimal } from "./decimal.js";

const DATE = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;

/** A day of the calendar, year first, as a number that orders days: 20140131; undefined for anything else. */
export function dayOf(text: string): Decimal | undefined {
  const match = DATE.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days ? whole(10_000 * year + 100 * month + day) : undefined;
}

/** Whether a number can be a year. */
export const isYear = ({ units, places }: Decimal): boolean => places === 0 && units >= 1000n && units <= 2999n;

/** The first and the last day of a year. */
export const daysOfYear = ({ units }: Decimal): readonly [first: Decimal, last: Decimal] => [
  whole(units * 10_000n + 101n),
  whole(units * 10_000n + 1231n),
];
