import { naturalLogarithm } from "../naturalLogarithm.js";
import { normal } from "./normal.js";
import type { Random } from "./philox.js";

/**
 * Logarithm of a number from the gamma distribution of a shape above 0 and scale 1. A logarithm, because shapes near 0
 * have numbers that no double can hold.
 *
 * Marsaglia & Tsang 2000, "A simple method for generating gamma variables", doi:10.1145/358407.358414: the method of
 * section 2, which needs a shape of 1 or more, and for smaller ones its remark that Gamma(α) = Gamma(α + 1) · U^(1/α).
 */
export function logGamma(random: Random, shape: number): number {
  if (shape < 1) return logGamma(random, shape + 1) + naturalLogarithm(fraction(random)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  while (true) {
    const x = normal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (naturalLogarithm(fraction(random)) < (x * x) / 2 + d - d * v + d * naturalLogarithm(v)) {
      return naturalLogarithm(d * v);
    }
  }
}

/** Uniform in (0, 1). */
const fraction = (random: Random): number => (random.word() + 0.5) / 0x1_0000_0000;
