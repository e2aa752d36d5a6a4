import { expNegative4 } from "./exp";
import { madd4 } from "./lanes";

/**
 * Softplus of four lanes, log(1 + exp(x)).
 *
 *   softplus(x) = max(x, 0) + log1p(e),  e = exp(−|x|)
 *   log1p(e) = 2 atanh(s) = 2s + s z R(z),  s = e / (2 + e),  z = s² ≤ 1/9
 *
 * R: own minimax fit of degree 3 over z ≤ 1/9, weighted for the relative error of atanh, its coefficients rounded to
 * f32 one after another; max error 2⁻²⁷·⁷.
 *
 * Error   ≤ 2.8 ulp over all floats whose result is above 2⁻¹²⁵·⁵; smaller ones (x < −86.99) flush to 0.
 *         softplus(−∞) = 0, softplus(∞) = ∞, NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), log1pExp4(x));
}

/** log(1 + exp(−|x|)), the part of softplus that both signs share. */
// @ts-ignore: decorator
@inline
export function log1pExp4(x: v128): v128 {
  const e = expNegative4(v128.or(x, i32x4.splat(0x80000000)));
  const s = f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  const r23 = madd4(z, f32x4.splat(0.280067801), f32x4.splat(0.280030251));
  const r = madd4(z, madd4(z, r23, f32x4.splat(0.400214374)), f32x4.splat(0.666664183));
  return madd4(f32x4.mul(s, z), r, f32x4.add(s, s));
}
