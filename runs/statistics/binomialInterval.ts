import { expectValue, whole } from "../../bindings/common/options.js";
import { confidenceLevel, normalQuantile, type Interval, type Level } from "./interval.js";

/**
 * Wilson's score interval of a share: the shares p that a test of the normal approximation *under p* does not reject when
 * k of n succeed. Wilson 1927; recommended by Brown, Cai & DasGupta 2001, "Interval estimation for a binomial
 * proportion". With z the normal quantile of the level,
 *
 *   (k + z²/2 ± z·√(k·(n − k)/n + z²/4)) / (n + z²)
 *
 * Not the usual p̂ ± z·√(p̂(1 − p̂)/n): of 10 seeds that all succeed that one says 100% to 100%, it leaves [0, 1] beside
 * it, and it covers the true share far less often than it says. Wilson's says 72% to 100%. Not Clopper & Pearson's, which
 * covers more often than it says and is wider for that.
 *
 * @throws RangeError unless the count is a whole number from 1, the successes are one from 0 to the count, and the level
 * is 0.9, 0.95 or 0.99.
 */
export function binomialInterval(successes: number, count: number, level: Level = 0.95): Interval {
  const owner = "binomialInterval";
  expectValue(`${owner}: the count`, count, whole(1));
  expectValue(`${owner}: the number of successes`, successes, whole(0, { most: count }));
  expectValue(`${owner}: the level`, level, confidenceLevel());
  const z = normalQuantile(level);
  const center = successes + (z * z) / 2;
  const reach = z * Math.sqrt((successes * (count - successes)) / count + (z * z) / 4);
  // Where none or all succeed, an end is exactly 0 or 1, and rounding must not move it.
  return {
    low: successes === 0 ? 0 : (center - reach) / (count + z * z),
    high: successes === count ? 1 : (center + reach) / (count + z * z),
  };
}
