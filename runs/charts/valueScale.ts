import { scaleLinear, scaleLog } from "d3-scale";
import { digits } from "./numbers.js";

/** A value that an axis names. */
export interface Tick {
  /** From 0 to 1. */
  readonly at: number;
  readonly label: string;
}

/** Positions of values on an axis. */
export interface ValueScale {
  readonly kind: "linear" | "logarithmic";
  /** Position of a value in the domain, from 0 to 1. */
  at(value: number): number;
  /** About so many, in ascending order. */
  ticks(count: number): Tick[];
}

/** Values that are no further apart than so many times are seen best on a linear axis. */
const LINEAR_RATIO = 50;
/** Part of a logarithmic axis that leads from 0 to the least positive value. */
const ZERO_LANE = 0.08;

/**
 * A linear axis over the values, or a logarithmic one if none is negative and the positive ones differ by a factor of 50
 * or more, as errors do. Zeros stand at the beginning of that, with a gap before the others.
 */
export function valueScale(values: Iterable<number>): ValueScale {
  let [least, leastPositive, most] = [Infinity, Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (value > 0) leastPositive = Math.min(leastPositive, value);
  }
  if (least === Infinity) [least, most] = [0, 1];
  return least >= 0 && most / leastPositive >= LINEAR_RATIO
    ? logarithmic(leastPositive, most, least === 0)
    : linear(least, most);
}

function linear(least: number, most: number): ValueScale {
  // One value alone stands in the middle.
  const reach = least === most ? Math.abs(least) / 10 || 1 : 0;
  const scale = scaleLinear()
    .domain([least - reach, most + reach])
    .nice(5);
  return {
    kind: "linear",
    at: scale,
    ticks(count) {
      const label = scale.tickFormat(count);
      return scale.ticks(count).map((value) => ({ at: scale(value), label: label(value) }));
    },
  };
}

function logarithmic(leastPositive: number, most: number, hasZero: boolean): ValueScale {
  const scale = scaleLog()
    .domain([leastPositive, most])
    .range([hasZero ? ZERO_LANE : 0, 1]);
  return {
    kind: "logarithmic",
    at: (value) => (value === 0 ? 0 : scale(value)),
    ticks(count) {
      const powers = scale.ticks(count).filter((value) => value.toExponential(15).startsWith("1.0"));
      const every = Math.ceil(powers.length / count);
      const named = powers
        .filter((_, i) => i % every === 0)
        .map((value) => ({ at: scale(value), label: digits(value) }));
      return [...(hasZero ? [{ at: 0, label: "0" }] : []), ...named];
    },
  };
}
