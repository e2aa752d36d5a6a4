import { checkOptions, expectValue, whole, type Check } from "../common/options.js";
import { shown } from "../common/shown.js";

/** A learning rate, or a weight, by step, counted from 1. Schedules use no host mathematics, so that training has the same bits everywhere. */
export type Schedule = (step: number) => number;

const rate: Check<number> = (value) =>
  typeof value === "number" && value >= 0 && Math.fround(value) < Infinity ? undefined : "a number from 0 up";

const count = /* @__PURE__ */ whole(1);

/**
 * Rises in a straight line from 0 over the first `steps`, then follows `then`.
 * @throws RangeError when `steps` is no count, or `then` neither a rate nor a schedule. The others throw it alike.
 */
export function warmup(steps: number, then: number | Schedule): Schedule {
  expectValue("warmup: steps", steps, count);
  if (typeof then !== "function") expectValue("warmup: then", then, rate);
  const after = typeof then === "function" ? then : (): number => then;
  return (step) => (step < steps ? (after(step) * step) / steps : after(step));
}

/** Goes in a straight line from one rate to another between two steps. */
export function linear(from: number, to: number, options: { begin?: number; end: number }): Schedule {
  expectValue("linear: from", from, rate);
  expectValue("linear: to", to, rate);
  const { begin, end } = checkOptions("linear", options, { begin: [1, whole(0)], end: [undefined, count] });
  return (step) => {
    if (step <= begin) return from;
    return step >= end ? to : from + ((to - from) * (step - begin)) / (end - begin);
  };
}

/** Falls from `from` to `to` as half a cosine wave over `steps`. */
export function cosine(from: number, options: { to?: number; steps: number }): Schedule {
  expectValue("cosine: from", from, rate);
  const { to, steps } = checkOptions("cosine", options, { to: [0, rate], steps: [undefined, count] });
  return (step) => to + (from - to) * halfWave(Math.min(step, steps) / steps);
}

/** Multiplies the rate by `factor` every `every` steps. */
export function staircase(from: number, options: { factor: number; every: number }): Schedule {
  expectValue("staircase: from", from, rate);
  const { factor, every } = checkOptions("staircase", options, {
    factor: [undefined, rate],
    every: [undefined, count],
  });
  return (step) => {
    let rate = from;
    for (let falls = Math.floor(step / every); falls > 0; --falls) rate *= factor;
    return rate;
  };
}

/** (1 + cos πx) / 2 for x from 0 to 1: the Taylor series of sin at 0, within 1e-9, on either side of the middle. */
function halfWave(x: number): number {
  const z = (x - 0.5) * 3.141592653589793;
  const s = z * z;
  const sine = z * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - s / 156))))));
  return (1 - sine) / 2;
}

/** @throws RangeError unless the rate is a positive number or a function. What a function returns is checked later. */
export function checkSchedule(owner: string, given: number | Schedule): Schedule {
  if (typeof given === "function") return (step) => checkRate(step, given(step));
  if (typeof given === "number" && rate(given) === undefined && Math.fround(given) > 0) return () => given;
  const wanted = "a positive number or a function of the step";
  throw new RangeError(`${owner}: learningRate is ${shown(given)}, and must be ${wanted}`);
}

function checkRate(step: number, value: number): number {
  if (rate(value) === undefined) return value;
  throw new RangeError(`The learning rate of step ${step} is ${shown(value)}, and must be finite and ≥ 0`);
}
