import { isoOf, MONTHS, two, WEEKDAYS, weekdayOf, type CalendarDate } from "./calendar.js";

/** I to XII. */
export const ROMAN: readonly string[] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/** Months as newspapers shorten them, without the dot: May, June and July are whole. */
export const SHORT_MONTHS: readonly string[] = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "June",
  "July",
  "Aug",
  "Sept",
  "Oct",
  "Nov",
  "Dec",
];

/** Weekdays with more letters than three. */
export const SHORT_WEEKDAYS: readonly string[] = ["Sun", "Mon", "Tues", "Wed", "Thurs", "Fri", "Sat"];

/** 1st, 2nd, 11th. */
export function ordinal(day: number): string {
  const teen = day % 100 > 10 && day % 100 < 14;
  return `${day}${(!teen && ["th", "st", "nd", "rd"][day % 10]) || "th"}`;
}

const shortMonth = ({ month }: CalendarDate): string => SHORT_MONTHS[month - 1]!;

/** What the letters behind a percent sign write. */
const fields: Readonly<Record<string, (date: CalendarDate) => string>> = {
  e: ({ day }) => String(day),
  d: ({ day }) => two(day),
  o: ({ day }) => ordinal(day),
  n: ({ month }) => String(month),
  m: ({ month }) => two(month),
  b: ({ month }) => MONTHS[month - 1]!.slice(0, 3),
  q: shortMonth,
  p: (date) => (shortMonth(date) === MONTHS[date.month - 1] ? shortMonth(date) : `${shortMonth(date)}.`),
  B: ({ month }) => MONTHS[month - 1]!,
  R: ({ month }) => ROMAN[month - 1]!,
  Y: ({ year }) => String(year),
  y: ({ year }) => two(year % 100),
  a: (date) => WEEKDAYS[weekdayOf(date)]!.slice(0, 3),
  w: (date) => SHORT_WEEKDAYS[weekdayOf(date)]!,
  A: (date) => WEEKDAYS[weekdayOf(date)]!,
  I: isoOf,
};

/** A date in a format: "%e %b %Y" is 9 May 1998. Its day need not be one of the calendar, its month must. */
export const written = (format: string, date: CalendarDate): string =>
  format.replace(/%(\w)/g, (_, letter: string) => fields[letter]!(date));

/** Whether a format has two digits for the year. */
export const isShort = (format: string): boolean => format.includes("%y");
