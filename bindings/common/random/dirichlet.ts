import { naturalExponential } from "../naturalExponential.js";
import { logGamma } from "./gamma.js";
import type { Random } from "./philox.js";

/**
 * So many shares of 1 from the symmetric Dirichlet distribution: gamma numbers of one shape, divided by their sum. A
 * concentration below 1 gives most to a few, one above 1 about as much to each.
 */
export function dirichlet(random: Random, length: number, concentration: number): Float64Array<ArrayBuffer> {
  const shares = new Float64Array(length);
  for (let i = 0; i < length; ++i) shares[i] = logGamma(random, concentration);
  return normalizeLogarithms(shares);
}

/** Turns logarithms of weights into shares of 1, in place. Some must be above −∞. */
export function normalizeLogarithms(weights: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const most = weights.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let i = 0; i < weights.length; ++i) sum += weights[i] = naturalExponential(weights[i]! - most);
  for (let i = 0; i < weights.length; ++i) weights[i]! /= sum;
  return weights;
}
