import { checkOptions, whole } from "../../bindings/common/options.js";
import { Random } from "../../bindings/common/random/philox.js";
import { shown } from "../../bindings/common/shown.js";
import { confidenceLevel, type Interval, type Level } from "./interval.js";
import { quantile } from "./quantile.js";
import { sortedValues } from "./sortedValues.js";

export interface BootstrapOptions {
  /** Of the random stream that chooses the resamples. Default: 0. */
  seed?: number;
  /** Default: 2000. */
  resamples?: number;
  /** Default: 0.95. */
  level?: Level;
}

const RULES = {
  seed: [0, whole(0, { most: 0xffff_ffff })],
  resamples: [2000, whole(100, { most: 1_000_000 })],
  level: [0.95, confidenceLevel()],
} as const;

/**
 * Percentile bootstrap interval of a statistic. Efron 1979; DiCiccio & Efron 1996, "Bootstrap confidence intervals". The
 * statistic is computed of `resamples` samples of as many values, drawn with replacement; the interval is what leaves out
 * (1 − level)/2 of its distribution at each end.
 *
 * The draws are Philox numbers over the sorted values: the same values and seed give the same bits on every host and in
 * whatever order the values come. The statistic is given sorted values, and must not depend on their order. Of few values
 * the interval is too narrow: of 10 it covers the true median in about 93% of cases at a level of 95%, and of one it is
 * that value.
 *
 * @throws TypeError, RangeError when the values are none or not finite, an option is out of range, or the statistic of a
 * resample is not finite.
 * @example
 * const { low, high } = bootstrapInterval(errors, interquartileMean, { seed: 1 });
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  statistic: (values: ArrayLike<number>) => number,
  options: BootstrapOptions = {},
): Interval {
  const owner = "bootstrapInterval";
  const { seed, resamples, level } = checkOptions(owner, options, RULES);
  if (typeof statistic !== "function")
    throw new TypeError(`${owner}: the statistic is ${shown(statistic)}, and must be a function of values`);
  const sorted = sortedValues(owner, values);
  const random = new Random(seed);
  const statistics = new Float64Array(resamples);
  for (let i = 0; i < resamples; ++i) {
    const value = statistic(resample(sorted, random));
    if (!Number.isFinite(value))
      throw new RangeError(`${owner}: the statistic of a resample is ${shown(value)}, and must be a finite number`);
    statistics[i] = value;
  }
  const outside = (1 - level) / 2;
  return { low: quantile(statistics, outside), high: quantile(statistics, 1 - outside) };
}

/** As many values, drawn with replacement, in ascending order: counted instead of sorted. */
function resample(sorted: Float64Array, random: Random): Float64Array {
  const { length } = sorted;
  const counts = new Uint32Array(length);
  for (let i = 0; i < length; ++i) ++counts[random.integer(0, length - 1)]!;
  const drawn = new Float64Array(length);
  for (let i = 0, at = 0; i < length; ++i) {
    drawn.fill(sorted[i]!, at, at + counts[i]!);
    at += counts[i]!;
  }
  return drawn;
}
