import type { Check } from "../../bindings/common/options.js";

/** Confidence interval, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Quantiles z of the standard normal distribution that leave (1 − level)/2 above them. A table, since the inverse of the
 * distribution takes logarithms, whose last bits differ between hosts.
 */
const NORMAL_QUANTILES = { 0.9: 1.6448536269514722, 0.95: 1.959963984540054, 0.99: 2.5758293035489004 } as const;

/** Probability with which the procedure's intervals cover the true value. */
export type Level = keyof typeof NORMAL_QUANTILES;

/** Check of a level's option. */
export const confidenceLevel = (): Check<Level> => (value) =>
  typeof value === "number" && Object.hasOwn(NORMAL_QUANTILES, value) ? undefined : "0.9, 0.95 or 0.99";

/** Normal quantile z of a level. */
export const normalQuantile = (level: Level): number => NORMAL_QUANTILES[level];
