import { quantile } from "./quantile.js";

/**
 * Median: the middle value, or the mean of the two in the middle.
 *
 * @throws TypeError, RangeError when the values are none, or not finite.
 */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);
