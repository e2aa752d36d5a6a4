/** A day of the Gregorian calendar; months and days count from 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const MONTHS: readonly string[] = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
export const WEEKDAYS: readonly string[] = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
];

/** Two digits of a year are those of the hundred years from here. */
export const PIVOT = 1950;

export const two = (n: number): string => String(n).padStart(2, "0");

/** 2024-02-29. */
export const isoOf = ({ year, month, day }: CalendarDate): string =>
  `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;

/** The day that yyyy-mm-dd names, or undefined where the calendar has none. */
export function dayOf(iso: string): CalendarDate | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso) ?? [];
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  return day !== undefined && isDay(date) ? date : undefined;
}

/** Whether the calendar has such a day, in the years from 1. */
export const isDay = ({ year, month, day }: CalendarDate): boolean =>
  year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);

/** 0 for a Sunday. Sakamoto 1992. */
export function weekdayOf({ year, month, day }: CalendarDate): number {
  const shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
  const y = month < 3 ? year - 1 : year;
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shifts[month - 1]! + day) % 7;
}

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export const daysOf = (year: number, month: number): number =>
  month === 2 ? 28 + Number(isLeap(year)) : 30 + ((month + (month > 7 ? 1 : 0)) % 2);
