import { madd4 } from "./lanes";

/**
 * Exponential of four lanes.
 *
 *   x = n · ln 2 + r,  n the nearest integer,  exp(x) = 2ⁿ⁻¹ · 2 (1 + r + r² q(r))
 *
 * q: own minimax fit of degree 4 over |r| ≤ ln 2 / 2, weighted for the relative error of exp, its coefficients
 * rounded to f32 one after another; max error 2⁻²⁸·². ln 2 is split in two so that n · high is exact.
 *
 * Error   ≤ 1 ulp over all floats whose exponential is above 2⁻¹²⁵·⁵; smaller ones (x < −86.99) flush to 0, so no
 *         subnormal slows what follows. exp(±0) = 1, exp(−∞) = 0, ∞ from x = 88.722839 on, NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  return expNegative4(f32x4.pmin(x, f32x4.splat(89))); // in this order NaN passes through
}

/** The same, one instruction shorter, for x ≤ 0 (in truth up to 89). */
// @ts-ignore: decorator
@inline
export function expNegative4(x: v128): v128 {
  const magic = f32x4.splat(12583038); // 1.5 · 2²³ + 126: adding it rounds to an integer, whose low bits hold n + 126
  const clamped = f32x4.pmax(x, f32x4.splat(-87.3));
  const biased = madd4(clamped, f32x4.splat(1.4426950408889634), magic);
  const scale = i32x4.shl(biased, 23); // 2ⁿ⁻¹, and 0 for n = −126
  const n = f32x4.sub(biased, magic);
  const high = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = madd4(n, f32x4.splat(2.1219444e-4), high);
  const r2 = f32x4.mul(r, r);
  const q01 = madd4(r, f32x4.splat(2 * 0.166665211), f32x4.splat(2 * 0.49999994));
  const q23 = madd4(r, f32x4.splat(2 * 0.00836866256), f32x4.splat(2 * 0.0416682549));
  const q = madd4(r2, madd4(r2, f32x4.splat(2 * 0.00138214685), q23), q01);
  const p = f32x4.add(madd4(r2, q, f32x4.add(r, r)), f32x4.splat(2));
  return f32x4.mul(p, scale);
}
