import { shown } from "../../bindings/common/shown.js";
import { sortedValues } from "./sortedValues.js";

/**
 * Quantile by linear interpolation between order statistics: definition 7 of Hyndman & Fan 1996, "Sample quantiles in
 * statistical packages", which is the default of NumPy and R. With the values x₀ ≤ … ≤ xₙ₋₁ and h = (n − 1)·p,
 *
 *   q = x⌊h⌋ + (h − ⌊h⌋)·(x⌊h⌋₊₁ − x⌊h⌋)
 *
 * From the nearer of the two, as NumPy computes it, so that q never leaves the interval between them.
 *
 * @throws TypeError, RangeError when the values are none, or not finite; RangeError unless p is from 0 to 1.
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(typeof p === "number" && p >= 0 && p <= 1))
    throw new RangeError(`quantile: p is ${shown(p)}, and must be a number from 0 to 1`);
  const sorted = sortedValues("quantile", values);
  const h = (sorted.length - 1) * p;
  const below = Math.floor(h);
  const t = h - below;
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
}
