import { exp4 } from "./exp";

/**
 * Logistic function of four lanes, 1 / (1 + exp(−x)).
 *
 * Error   ≤ 2.4 ulp over all floats whose result is normal; below, ≤ 2.9e-39, and 0 from x = −88.73 down.
 *         sigmoid(±0) = ½, sigmoid(−∞) = 0, sigmoid(∞) = 1, NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}
