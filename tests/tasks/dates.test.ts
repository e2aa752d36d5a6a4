import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { datesTask, isoOf } from "../../bindings/systems/attentionSeq2Seq/dates.js";
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
