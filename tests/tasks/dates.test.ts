import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { datesTask } from "../../bindings/systems/attentionSeq2Seq/dates.js";
import { dayOf, isoOf } from "../../bindings/systems/attentionSeq2Seq/dates/calendar.js";
import { manyFormats } from "../../bindings/systems/attentionSeq2Seq/dates/formats.js";
import { readDate } from "../../bindings/systems/attentionSeq2Seq/dates/readDate.js";
import { written } from "../../bindings/systems/attentionSeq2Seq/dates/writeDate.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { pairLayout } from "../../bindings/tasks/fillPairs.js";
import { thrownBy } from "../support/thrown.js";

const dates = suite("datesTask");

const drawn = (count: number, options = {}): (readonly [string, string])[] => {
  const task = datesTask(options);
  const random = new Random(3);
  return Array.from({ length: count }, () => task.draw(random));
};

dates("every date is one of the calendar's, and every day of the years may come", () => {
  const seen = new Set(drawn(6000, { minYear: 2023, maxYear: 2024 }).map(([, iso]) => iso));
  for (const iso of seen) assert.is(new Date(`${iso}T00:00:00Z`).toISOString().slice(0, 10), iso);
  assert.is(seen.size, 365 + 366);
});

dates("what is written means what it is to become, weekday included", () => {
  const names = "january february march april may june july august september october november december".split(" ");
  for (const [written, iso] of drawn(5000)) {
    const [year, month, day] = iso.split("-").map(Number) as [number, number, number];
    const text = written.toLowerCase().replaceAll(",", "");
    const numbers = (text.match(/\d+/g) ?? []).map(Number);
    const named = names.findIndex((name) => new RegExp(`(^|[^a-z])(${name}|${name.slice(0, 3)})([^a-z]|$)`).test(text));
    const yearOf = (n: number): number => (n > 99 ? n : n < 50 ? 2000 + n : 1900 + n);
    let read: number[];
    if (/^\d{8}$/.test(text)) read = [+text.slice(0, 4), +text.slice(4, 6), +text.slice(6)];
    else if (named >= 0) {
      const isYearFirst = /^\d{4}/.test(text);
      const [a, b] = numbers as [number, number];
      read = isYearFirst ? [a, named + 1, b] : [yearOf(b), named + 1, a];
    } else {
      const [a, b, c] = numbers as [number, number, number];
      if (/^\d{4}/.test(text)) read = [a, b, c];
      else read = text.includes("/") ? [yearOf(c), a, b] : [yearOf(c), b, a];
    }
    assert.equal(read, [year, month, day], `${written} is ${iso}`);
    const weekday = /(sun|mon|tue|wed|thu|fri|sat)(?=[a-z]*day|\s\d)/.exec(text)?.[1];
    const actual = new Date(`${iso}T00:00:00Z`).toUTCString().slice(0, 3).toLowerCase();
    if (weekday) assert.is(weekday, actual, written);
  }
});

dates("there are many formats and cases", () => {
  const shapes = new Set(
    drawn(4000).map(([written]) =>
      written
        .replace(/\d/g, "0")
        .replace(/[A-Z]+/g, "A")
        .replace(/[a-z]+/g, "a"),
    ),
  );
  assert.ok(shapes.size > 50, `${shapes.size} shapes`);
});

const all = { formats: "many", minYear: 1000, maxYear: 2999 } as const;

dates("all formats: more than sixty, each another text, and each is read as the day that was written", () => {
  const date = { year: 1987, month: 9, day: 23 };
  const texts = manyFormats().map((format) => written(format, date));
  assert.ok(new Set(texts).size >= 100, `${new Set(texts).size} texts`);
  for (const text of texts) {
    for (const each of [text, text.toUpperCase(), text.toLowerCase()])
      assert.is(isoOf(readDate(each)!.date!), "1987-09-23", each);
  }
  const [years, seen] = [new Set<string>(), drawn(20_000, all)];
  for (const [text, iso] of seen) {
    const reading = readDate(text);
    assert.ok(reading?.date && !reading.fault, text);
    assert.is(isoOf(reading!.date!), iso, text);
    years.add(iso.slice(0, 2));
  }
  assert.is(years.size, 20, "centuries");
  assert.ok(seen.filter(([, iso]) => iso >= "1900" && iso < "2050").length > 10_000);
});

dates("the month is first behind slashes, the day elsewhere, and the other order where it is the only one", () => {
  const read: readonly (readonly [string, string | undefined])[] = [
    ["03/04/2020", "2020-03-04"],
    ["13/04/2020", "2020-04-13"],
    ["03.04.2020", "2020-04-03"],
    ["03-13-2020", "2020-03-13"],
    ["3 4 2020", "2020-04-03"],
    ["2020-04-03", "2020-04-03"],
    ["1/2/03", "2003-01-02"],
    ["31/12/49", "2049-12-31"],
    ["31.12.50", "1950-12-31"],
    ["13/13/2020", undefined],
    ["00.00.2000", undefined],
    ["3/4", undefined],
    ["20200403x", undefined],
    ["9 may 1998 ad", undefined],
  ];
  for (const [text, iso] of read) {
    const date = readDate(text)?.date;
    assert.is(date && isoOf(date), iso, text);
  }
});

dates("what is wrong with a day is said", () => {
  const faults: readonly (readonly [string, RegExp])[] = [
    ["31 feb 2020", /February 2020 has no day 31/],
    ["29 February 2011", /February 2011 has no day 29/],
    ["2/30/2014", /there is no month 30|February 2014 has no day 30/],
    ["July 42nd 2015", /July 2015 has no day 42/],
    ["2012-13-01", /there is no month 13/],
    ["Monday, 3 June 1994", /3 June 1994 is a Friday, and no Monday/],
    ["2st May 2001", /the ordinal of 2 is 2nd/],
  ];
  for (const [text, fault] of faults) assert.match(readDate(text)?.fault ?? "", fault, text);
  assert.is(readDate("29 February 2012")!.fault, undefined);
});

dates("what is no date becomes nothing, and is none in any format", () => {
  const texts = drawn(20_000, { ...all, nonDates: 1 });
  for (const [text, iso] of texts) {
    assert.is(iso, "");
    const date = readDate(text)?.date;
    assert.ok(!date || date.year < 1000 || date.year > 2999, text);
    assert.is(text, text.trim().replace(/\s+/g, " "));
  }
  assert.ok(new Set(texts.map(([text]) => text)).size > 15_000);
  const kinds = [/^[a-z ]+$/, /^\d+$/, /\d:\d\d/, /W\d\d/, /^[A-Z][a-z]+ \d{4}$/, /\b(31|3[2-9]|0)\b.*\d{4}/, /é|€|%/];
  for (const kind of kinds) assert.ok(texts.filter(([text]) => kind.test(text)).length > 50, String(kind));
  const some = drawn(10_000, { ...all, nonDates: 0.4 }).filter(([, iso]) => !iso).length;
  assert.ok(Math.abs(some - 4000) < 200, `${some}`);
});

dates("leap days come as often as is wanted, and no other year has one", () => {
  const texts = drawn(4000, { ...all, nonDates: 0.5, leapDays: 0.5 });
  const isLeapDay = ([text]: readonly [string, string]): boolean =>
    readDate(text)?.fault !== undefined || /-02-29$/.test(isoOf(readDate(text)?.date ?? { year: 1, month: 1, day: 1 }));
  const leap = texts.filter(([, iso]) => iso.endsWith("-02-29"));
  assert.ok(Math.abs(leap.length - 1000) < 120, `${leap.length}`);
  for (const [, iso] of leap) assert.ok(dayOf(iso), iso);
  const none = texts.filter((each) => !each[1] && isLeapDay(each));
  assert.ok(none.length > 500, `${none.length}`);
  assert.ok(
    none.some(([text]) => /1[7-9]00/.test(text)),
    "centuries",
  );
  const centuries = leap.filter(([, iso]) => iso.slice(2, 4) === "00");
  assert.ok(centuries.length > 100 && centuries.length < 400, `${centuries.length} of them begin a century`);
  assert.equal([...new Set(centuries.map(([, iso]) => iso.slice(0, 4)))].sort(), [
    "1200",
    "1600",
    "2000",
    "2400",
    "2800",
  ]);
});

dates("a task of before is recorded as before, and one with more says so", () => {
  assert.equal(datesTask({ seed: 2 }).options, { minYear: 1900, maxYear: 2049, seed: 2 });
  assert.equal(datesTask({ ...all, nonDates: 0.5, seed: 2 }).options, { ...all, nonDates: 0.5, seed: 2 });
  assert.equal(datesTask(datesTask({ ...all, nonDates: 0.5 }).options).sourceSymbols, datesTask(all).sourceSymbols);
});

dates("days of the calendar, and what only looks like one", () => {
  assert.equal(dayOf("2024-02-29"), { year: 2024, month: 2, day: 29 });
  for (const text of [
    "2023-02-29",
    "2024-00-10",
    "2024-13-01",
    "2024-04-31",
    "0000-01-01",
    "2024-4-1",
    "",
    "2024-04-011",
  ])
    assert.is(dayOf(text), undefined, text);
});

dates("the same stream gives the same batch, in symbols that the task has", () => {
  const task = datesTask({ seed: 4 });
  const [one, other] = [new Batch(pairLayout), new Batch(pairLayout)];
  task.generate(new Random(9), 33, one);
  task.generate(new Random(9), 33, other);
  assert.equal(one, other);
  assert.is(one.time, 11);
  assert.ok(one.block("source").every((number) => number >= 0 && number <= task.sourceSymbols.length));
});

dates("ISO 8601 as it is, and years that are no years refused", () => {
  assert.is(isoOf({ year: 987, month: 3, day: 4 }), "0987-03-04");
  assert.match(
    thrownBy(() => datesTask({ minYear: 2001, maxYear: 2000 })).message,
    /minYear is 2001, and must be at most maxYear/,
  );
  assert.match(
    thrownBy(() => datesTask({ minYear: 0 })).message,
    /minYear is 0, and must be a whole number from 1 to 9999/,
  );
});

dates.run();
