/** Options of the command line that are numbers, and numbers as it prints them. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { count, duration, given, measure, number, plural, whole, wholes } from "../cli/numbers.js";
import { thrownBy } from "./support/thrown.js";

const numbers = suite("numbers of the command line");

numbers("counts", () => {
  assert.equal(["0", "1", "007", "9007199254740991"].map(whole(0)), [0, 1, 7, Number.MAX_SAFE_INTEGER]);
  for (const text of ["", " 1", "-1", "1.5", "1e3", "0x10", "+1", "9007199254740992", "NaN", "Infinity", "one"]) {
    assert.is(thrownBy(() => whole(0)(text)).message, "It must be a whole number from 0 up.", text);
  }
  assert.is(whole(3)("3"), 3);
  assert.match(thrownBy(() => whole(3)("2")).message, /from 3 up/);
  assert.equal(wholes(1)("2000, 10000,3"), [2000, 10000, 3]);
  for (const text of ["", "1,", "1,,2", "1,0"])
    assert.instance(
      thrownBy(() => wholes(1)(text)),
      Error,
      text,
    );
});

numbers("measures", () => {
  assert.equal(["1", "0.5", "1e-3", "2e3"].map(number()), [1, 0.5, 0.001, 2000]);
  for (const text of ["0", "-0", "-1", "", " ", "NaN", "Infinity", "1x"]) {
    assert.is(thrownBy(() => number()(text)).message, "It must be a number above 0.", text);
  }
  assert.is(number({ orZero: true })("0"), 0);
  for (const text of ["-1", "", "Infinity"]) {
    assert.is(thrownBy(() => number({ orZero: true })(text)).message, "It must be a number from 0 up.", text);
  }
});

numbers("in print", () => {
  assert.equal([0, 999, 1000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
  assert.equal([0.1234, 99.9994, 100, 1234.56].map(measure), ["0.123", "99.999", "100.0", "1234.6"]);
  assert.equal(
    [0, 1, 2, 1000].map((n) => plural(n, "step")),
    ["0 steps", "1 step", "2 steps", "1,000 steps"],
  );
  const times = { 0: "0 s", 59.4: "59 s", 59.5: "1:00 min", 65: "1:05 min", 3599: "59:59 min" };
  for (const [seconds, text] of Object.entries(times)) assert.is(duration(Number(seconds)), text);
  assert.equal([3599.5, 3600, 7800, 36_060].map(duration), ["1:00 h", "1:00 h", "2:10 h", "10:01 h"]);
  assert.equal(given({ a: 1, b: undefined, c: 0 }), { a: 1, c: 0 });
});
numbers.run();
