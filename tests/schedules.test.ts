/** Schedules at their begin, their end and on either side of both. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { cosine, linear, staircase, warmup, type Schedule } from "../bindings/training/schedules.js";
import { thrownBy } from "./support/thrown.js";

const at = (schedule: Schedule, ...steps: number[]): number[] => steps.map(schedule);

const schedules = suite("schedules");

schedules("a warmup rises to what follows it, and follows it from there", () => {
  assert.equal(at(warmup(4, 8), 1, 2, 3, 4, 5, 100), [2, 4, 6, 8, 8, 8]);
  const falling = (step: number): number => 120 / step;
  assert.equal(at(warmup(4, falling), 1, 2, 3, 4, 5), [30, 30, 30, 30, 24]);
  assert.equal(at(warmup(4, linear(8, 0, { begin: 1, end: 9 })), 1, 2, 3, 4, 5), [2, 3.5, 4.5, 5, 4]);
  assert.equal(at(warmup(1, 3), 1, 2), [3, 3]);
});

schedules("a line goes from one rate to the other between two steps", () => {
  assert.equal(at(linear(1, 3, { begin: 2, end: 6 }), 0, 1, 2, 3, 4, 5, 6, 7, 99), [1, 1, 1, 1.5, 2, 2.5, 3, 3, 3]);
  assert.equal(at(linear(4, 0, { end: 5 }), 1, 2, 3, 4, 5, 6), [4, 3, 2, 1, 0, 0]);
});

schedules("a cosine ends at its last step and stays there", () => {
  const half = cosine(3, { to: 1, steps: 4 });
  for (const [step, value] of [
    [0, 3],
    [2, 2],
    [4, 1],
    [5, 1],
    [8, 1],
    [12, 1],
  ] as const) {
    assert.ok(Math.abs(half(step) - value) < 1e-8, `step ${step}: ${half(step)}`);
  }
});

schedules("a staircase falls at every multiple", () => {
  assert.equal(at(staircase(8, { factor: 0.5, every: 3 }), 1, 2, 3, 5, 6, 9, 10), [8, 8, 4, 4, 2, 1, 1]);
});

schedules("refuse what is no rate and no count", () => {
  for (const make of [
    () => warmup(0, 1),
    () => warmup(1.5, 1),
    () => warmup(3, -1),
    () => linear(-1, 0, { end: 3 }),
    () => linear(1, 0, { end: 0 }),
    () => cosine(1, { steps: 0 }),
    () => cosine(NaN, { steps: 3 }),
    () => staircase(1, { factor: -1, every: 2 }),
    () => staircase(1, { factor: 1, every: 0 }),
    () => warmup(3, 1e39),
  ]) {
    assert.instance(thrownBy(make), RangeError, String(make));
  }
});
schedules.run();
