import { sortedValues } from "./sortedValues.js";

/**
 * Interquartile mean: the mean of the middle half. Agarwal, Schwarzer, Castro, Courville & Bellemare 2021, "Deep
 * reinforcement learning at the edge of the statistical precipice", arXiv:2108.13264: as robust to outliers as the
 * median, and of smaller variance.
 *
 * Where a quarter of the count n is no whole number, the two values on the edges count in part, so that exactly n/2
 * values are averaged: value i of the sorted ones has as weight the overlap of [i, i + 1] with [n/4, 3n/4]. (The paper's
 * own code drops ⌊n/4⌋ values at each end instead. Where n is a multiple of 4, both are the same.)
 *
 * @throws TypeError, RangeError when the values are none, or not finite.
 */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = sortedValues("interquartileMean", values);
  const { length } = sorted;
  const [begin, end] = [length / 4, (3 * length) / 4];
  // Differences from the first of them: values that are equal then have exactly their own mean.
  const base = sorted[Math.floor(begin)]!;
  let sum = 0;
  for (let i = Math.floor(begin); i < end; ++i) {
    const weight = Math.min(i + 1, end) - Math.max(i, begin);
    sum += weight * (sorted[i]! - base);
  }
  return base + sum / (length / 2);
}
