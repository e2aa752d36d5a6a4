import { Vocabulary } from "../../common/vocabulary.js";
import { checkOptions, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { expectCount, expectOrder, seedRule } from "../../tasks/lengths.js";
import { fillPairs } from "../../tasks/fillPairs.js";
import { pairLosses, type PairTask } from "../../tasks/pairs.js";

/** What datesTask draws from. */
export interface DatesTaskOptions {
  /** Default: 1900. */
  minYear?: number;
  /** Default: 2049. */
  maxYear?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** A day of the Gregorian calendar; months and days count from 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MONTHS = [
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
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
/** Two digits of a year are those of the hundred years from here. */
const PIVOT = 1950;

const two = (n: number): string => String(n).padStart(2, "0");

/** 2024-02-29. */
export const isoOf = ({ year, month, day }: CalendarDate): string =>
  `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;

/** 0 for a Sunday. Sakamoto 1992. */
function weekdayOf({ year, month, day }: CalendarDate): number {
  const shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
  const y = month < 3 ? year - 1 : year;
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shifts[month - 1]! + day) % 7;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysOf = (year: number, month: number): number =>
  month === 2 ? 28 + Number(isLeap(year)) : 30 + ((month + (month > 7 ? 1 : 0)) % 2);

function ordinal(day: number): string {
  const teen = day > 10 && day < 14;
  return `${day}${(!teen && ["th", "st", "nd", "rd"][day % 10]) || "th"}`;
}

type Format = (date: CalendarDate) => string;

const month = ({ month }: CalendarDate): string => MONTHS[month - 1]!;
const mon = (date: CalendarDate): string => month(date).slice(0, 3);
const weekday = (date: CalendarDate): string => WEEKDAYS[weekdayOf(date)]!;
const yy = ({ year }: CalendarDate): string => two(year % 100);

/** Ways to write a date. Dots and dashes have the day in front, slashes the month, as in the United States. */
const formats: readonly Format[] = [
  (d) => `${d.day} ${month(d)} ${d.year}`,
  (d) => `${d.day} ${mon(d)} ${d.year}`,
  (d) => `${month(d)} ${d.day}, ${d.year}`,
  (d) => `${mon(d)} ${d.day}, ${d.year}`,
  (d) => `${weekday(d)}, ${d.day} ${month(d)} ${d.year}`,
  (d) => `${weekday(d)}, ${month(d)} ${d.day}, ${d.year}`,
  (d) => `${weekday(d).slice(0, 3)} ${d.day} ${mon(d)} ${d.year}`,
  (d) => `${ordinal(d.day)} of ${month(d)} ${d.year}`,
  (d) => `${month(d)} ${ordinal(d.day)}, ${d.year}`,
  (d) => `the ${ordinal(d.day)} of ${month(d)}, ${d.year}`,
  (d) => `${d.day}-${mon(d)}-${d.year}`,
  (d) => `${two(d.day)}.${two(d.month)}.${d.year}`,
  (d) => `${d.day}.${d.month}.${d.year}`,
  (d) => `${two(d.day)}-${two(d.month)}-${d.year}`,
  (d) => `${two(d.month)}/${two(d.day)}/${d.year}`,
  (d) => `${d.month}/${d.day}/${d.year}`,
  (d) => `${d.year}/${two(d.month)}/${two(d.day)}`,
  (d) => `${d.year}${two(d.month)}${two(d.day)}`,
  (d) => `${d.year} ${mon(d)} ${d.day}`,
  isoOf,
];
/** Those with two digits for the year. */
const shortFormats: readonly Format[] = [
  (d) => `${d.day} ${mon(d)} ${yy(d)}`,
  (d) => `${d.day} ${month(d)} ${yy(d)}`,
  (d) => `${month(d)} ${d.day}, ${yy(d)}`,
  (d) => `${two(d.day)}.${two(d.month)}.${yy(d)}`,
  (d) => `${d.month}/${d.day}/${yy(d)}`,
];

/** Characters that dates are written in. */
const SOURCE = " ,-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const TARGET = "-0123456789";

/** Default and check of each option; a function, since importing calls nothing. */
export const datesRules = () =>
  ({
    minYear: [1900, whole(1, { most: 9999 })],
    maxYear: [2049, whole(1, { most: 9999 })],
    seed: seedRule(),
  }) as const;

/**
 * Dates in many formats and cases, to be written as ISO 8601 has them: "9 may 98" becomes "1998-05-09". Every date is a
 * fresh one, uniform over the days of the years. Two digits of a year are of 1950 to 2049.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = datesTask({ seed: 1 });
 */
export function datesTask(options: DatesTaskOptions = {}): PairTask & {
  /** A date as it may be written, and in ISO 8601. */
  draw(random: Random): readonly [written: string, iso: string];
} {
  const checked = checkOptions("datesTask", options, datesRules());
  const { minYear, maxYear, seed } = checked;
  expectOrder("datesTask", ["minYear", minYear], ["maxYear", maxYear]);
  const [sourceSymbols, targetSymbols] = [[...SOURCE], [...TARGET]];
  const [source, target] = [new Vocabulary(sourceSymbols), new Vocabulary(targetSymbols)];
  const numbers = (vocabulary: Vocabulary, text: string): Uint32Array =>
    Uint32Array.from(text, (symbol) => vocabulary.numberOf(symbol)!);

  const draw = (random: Random): readonly [string, string] => {
    const year = random.integer(minYear, maxYear);
    const dayOfYear = random.integer(1, isLeap(year) ? 366 : 365);
    let [month, day] = [1, dayOfYear];
    while (day > daysOf(year, month)) day -= daysOf(year, month++);
    const date = { year, month, day };
    const isShort = year >= PIVOT && year < PIVOT + 100;
    const among = isShort ? [...formats, ...shortFormats] : formats;
    return [inSomeCase(random, among[random.integer(0, among.length - 1)]!(date)), isoOf(date)];
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
        return [numbers(source, written), numbers(target, iso)] as const;
      });
      fillPairs(batch, pairs);
    },
    ...pairLosses,
  };
}

/** As it is, in small letters or in capitals; now and then without its commas. */
function inSomeCase(random: Random, text: string): string {
  const written = random.integer(0, 3) ? text : text.replaceAll(",", "");
  return [written, written, written.toLowerCase(), written.toUpperCase()][random.integer(0, 3)]!;
}
