/** ln 2, rounded to a double. */
const LN2 = 0.6931471805599453;
/** Terms of the series: with |z| ≤ 1/5 the first that is left out is below 1e-17 of the first. */
const TERMS = 12;

/**
 * Natural logarithm of a number above 0, −∞ of 0: by arithmetic alone, which rounds alike in every host, as Math.log need
 * not. ln x = 2 artanh((x − 1) / (x + 1)), of x between 2/3 and 3/2 after halving or doubling. Its error is below 5e-16 of
 * the logarithm's size, or of 1 near x = 1.
 */
export function naturalLogarithm(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  let [rest, halvings] = [x, 0];
  for (; rest > 1.5; rest /= 2) ++halvings;
  for (; rest < 0.75; rest *= 2) --halvings;
  const z = (rest - 1) / (rest + 1);
  let [sum, power] = [0, z];
  for (let i = 0; i < TERMS; ++i, power *= z * z) sum += power / (2 * i + 1);
  return 2 * sum + halvings * LN2;
}
