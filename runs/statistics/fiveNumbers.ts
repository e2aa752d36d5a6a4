import { quantile } from "./quantile.js";
import { sortedValues } from "./sortedValues.js";

/** Five-number summary of values. Tukey 1977. */
export interface FiveNumbers {
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly most: number;
}

/**
 * Range, quartiles and median.
 *
 * @throws TypeError, RangeError when the values are none, or not finite.
 */
export function fiveNumbers(values: ArrayLike<number>): FiveNumbers {
  const sorted = sortedValues("fiveNumbers", values);
  return {
    least: sorted[0]!,
    lowerQuartile: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upperQuartile: quantile(sorted, 0.75),
    most: sorted[sorted.length - 1]!,
  };
}
