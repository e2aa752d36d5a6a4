import { checkOptions, orNull, whole, type Check } from "../../bindings/common/options.js";
import { binomialInterval } from "./binomialInterval.js";
import { bootstrapInterval } from "./bootstrapInterval.js";
import { fiveNumbers, type FiveNumbers } from "./fiveNumbers.js";
import { interquartileMean } from "./interquartileMean.js";
import type { Interval } from "./interval.js";
import { sortedValues } from "./sortedValues.js";

/** Share of runs that succeed, with its 95% interval. */
export interface Share extends Interval {
  readonly successes: number;
  readonly count: number;
  /** successes / count */
  readonly share: number;
}

/** Values of a setting's runs, one a seed, in few numbers. */
export interface Summary extends FiveNumbers {
  readonly count: number;
  readonly interquartileMean: number;
  /** 95% bootstrap interval of the interquartile mean. */
  readonly interval: Interval;
  /** Present if it is known what succeeds. */
  readonly succeeded?: Share;
}

export interface SummaryOptions {
  /** Whether a run with this value has succeeded. */
  succeeds?: (value: number) => boolean;
  /** Runs that ended without a value: they have not succeeded. Default: 0. */
  failed?: number;
  /** Of the bootstrap's random stream. Default: 0. */
  seed?: number;
}

/** A function of a value. */
function predicate(): Check<(value: number) => boolean> {
  return (value) => (typeof value === "function" ? undefined : "a function of a value");
}

const RULES = {
  succeeds: [null, orNull(predicate())],
  failed: [0, whole(0)],
  seed: [0, whole(0, { most: 0xffff_ffff })],
} as const;

/** Share of successes with Wilson's 95% interval. @throws RangeError unless 0 ≤ successes ≤ count and count ≥ 1. */
export const shareOf = (successes: number, count: number): Share => {
  const interval = binomialInterval(successes, count);
  return { successes, count, share: successes / count, ...interval };
};

/**
 * Median, quartiles, range and interquartile mean of the runs of a setting, with the 95% bootstrap interval of that mean;
 * and, with `succeeds`, the share of runs that succeed. The same values give the same bits on every host and in whatever
 * order they come.
 *
 * @throws TypeError, RangeError when the values are none or not finite, or an option is not what it must be.
 * @example
 * const { median, succeeded } = summarize(errors, { succeeds: (error) => error < 0.01 });
 */
export function summarize(values: ArrayLike<number>, options: SummaryOptions = {}): Summary {
  const owner = "summarize";
  const { succeeds, failed, seed } = checkOptions(owner, options, RULES);
  if (failed && !succeeds)
    throw new TypeError(`${owner}: ${failed} runs failed, and succeeds must say which of the others succeeded`);
  const sorted = sortedValues(owner, values);
  const { length } = sorted;
  const successes = succeeds && sorted.reduce((sum, value) => sum + (succeeds(value) ? 1 : 0), 0);
  return {
    count: length,
    ...fiveNumbers(sorted),
    interquartileMean: interquartileMean(sorted),
    interval: bootstrapInterval(sorted, interquartileMean, { seed }),
    ...(successes !== null && { succeeded: shareOf(successes, length + failed) }),
  };
}
