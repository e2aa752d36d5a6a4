import type { Random } from "./philox.js";

/**
 * A number from the normal distribution of mean 0 and variance 1, by comparisons of uniform numbers alone: no
 * logarithm, whose last bits would depend on the host. Takes a varying number of words of the stream, 17 on average.
 *
 * Algorithm N of Karney 2016, "Sampling exactly from the normal distribution", doi:10.1145/2710016, with the fraction
 * in 32 bits instead of as many as are asked for. Not the numbers of the kernel `normal`, which fills
 * blocks and has a logarithm of its own. It is a function, not a method of Random, so that who draws none
 * carries none.
 */
export function normal(random: Random): number {
  while (true) {
    // The whole part: k with a probability in proportion to exp(−k/2) · exp(−k(k − 1)/2) = exp(−k²/2) …
    let k = 0;
    while (happens(random, 0.5)) ++k;
    if (!repeats(k * (k - 1), () => happens(random, 0.5))) continue;
    // … and the fraction x with exp(−x(2k + x)/2), so that their product is exp(−(k + x)²/2).
    const x = fraction(random);
    if (!repeats(k + 1, () => happens(random, x, (2 * k + x) / (2 * k + 2)))) continue;
    return random.word() & 1 ? k + x : -(k + x);
  }
}

/** Whether something happens so many times in a row. */
function repeats(times: number, event: () => boolean): boolean {
  for (let i = 0; i < times; ++i) if (!event()) return false;
  return true;
}

/**
 * True with probability exp(−x · p), for x and p in [0, 1]; von Neumann's way. A run x > u₁ > u₂ > … of which each
 * member is kept with p has n members or more with probability (x p)ⁿ / n!, and ends at an even one with
 * Σ (−x p)ⁿ / n!.
 */
function happens(random: Random, x: number, p = 1): boolean {
  let isEven = true;
  for (let last = x; ; isEven = !isEven) {
    const u = fraction(random);
    if (u >= last || (p < 1 && fraction(random) >= p)) return isEven;
    last = u;
  }
}

/** Uniform in (0, 1): halfway between multiples of 2⁻³², so that a number and its negative are never both 0. */
const fraction = (random: Random): number => (random.word() + 0.5) / 0x1_0000_0000;
