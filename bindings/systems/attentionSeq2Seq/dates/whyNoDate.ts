import { shown } from "../../../common/shown.js";
import { MONTHS, WEEKDAYS } from "./calendar.js";
import { manyFormats } from "./formats.js";
import { readDate } from "./readDate.js";
import { ROMAN, SHORT_MONTHS, SHORT_WEEKDAYS } from "./writeDate.js";

/** Names as a pattern; a function, since importing calls nothing. */
const months = (): string => [...MONTHS, ...SHORT_MONTHS, ...MONTHS.map((name) => name.slice(0, 3))].join("|");
const weekdays = (): string => [...WEEKDAYS, ...SHORT_WEEKDAYS, ...WEEKDAYS.map((name) => name.slice(0, 3))].join("|");

/** What a date may be made of, between spaces and marks: longer names first, since they begin with the shorter ones. */
const part = (): string =>
  `\\d+|\\d{1,2}(st|nd|rd|th)|\\d*(${months()})\\d*|${weekdays()}|${[...ROMAN].reverse().join("|")}|of|the|'?\\d\\d`;

/** What a date lacks that is of a month alone. */
const hasMonth = (text: string): boolean => new RegExp(`(^|[^a-z])(${months()})([^a-z]|$)`, "i").test(text);

/** Why a text names no day, in words: what is wrong with its day, what was not understood of it, or what it lacks. */
export function whyNoDate(text: string): string {
  if (!text) return "there is nothing to read";
  const fault = readDate(text)?.fault;
  if (fault !== undefined) return fault;
  const strange = [...new Set(text.match(/[^\sa-z\d,.'/:-]/giu))];
  if (strange.length) return `${strange.slice(0, 5).map(shown).join(" ")} is in no date`;
  const time = /\d{1,2}:\d\d(:\d\d)?( ?[ap]m\b)?|\b\d{1,2} ?[ap]m\b/i.exec(text);
  if (time) return `${shown(time[0])} is a time, and a date has none`;
  const isPart = new RegExp(`^(${part()})$`, "i");
  const words = text.split(/[\s,./-]+/).filter((word) => word && !isPart.test(word));
  if (words.length) return `${words.slice(0, 5).map(shown).join(", ")} is no part of a date`;
  const numbers = text.match(/\d+/g) ?? [];
  if (hasMonth(text) && numbers.length < 2) {
    const hasYear = numbers.some((number) => number.length === 4);
    return numbers.length ? `it has no ${hasYear ? "day" : "year"}` : "it has no day and no year";
  }
  if (numbers.length === 1) return "one number is no date, unless it has eight digits: 19980509";
  if (numbers.length < 3 && !hasMonth(text)) return "it lacks a day, a month or a year";
  return `it is in none of the ${manyFormats().length} formats that are known`;
}
