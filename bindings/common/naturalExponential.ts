/** ln 2 as a double with 21 zero bits at its end, so that small multiples are exact, and what it lacks. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Terms of the series: with |r| ≤ ln 2 / 2 the first that is left out is below 5e-18. */
const TERMS = 14;

/**
 * eˣ by arithmetic alone, which rounds alike in every host, as Math.exp need not. eˣ = 2ᵏ eʳ, of r = x − k ln 2 and a
 * Taylor series. Its relative error is below 1e-15 where the result is a normal number.
 */
export function naturalExponential(x: number): number {
  if (!(x < 710)) return x >= 710 ? Infinity : NaN;
  if (x < -746) return 0;
  const k = Math.round(x / (LN2_HIGH + LN2_LOW));
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let i = TERMS; i > 0; --i) sum = 1 + (r * sum) / i;
  for (let i = 0; i < k; ++i) sum *= 2;
  for (let i = 0; i > k; --i) sum /= 2;
  return sum;
}
