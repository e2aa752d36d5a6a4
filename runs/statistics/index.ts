/** What a setting's runs say together: order statistics, intervals, shares. The same bits on every host. */
export { binomialInterval } from "./binomialInterval.js";
export { bootstrapInterval, type BootstrapOptions } from "./bootstrapInterval.js";
export { fiveNumbers, type FiveNumbers } from "./fiveNumbers.js";
export { interquartileMean } from "./interquartileMean.js";
export type { Interval, Level } from "./interval.js";
export { median } from "./median.js";
export { quantile } from "./quantile.js";
export { shareOf, summarize, type Share, type Summary, type SummaryOptions } from "./summarize.js";
