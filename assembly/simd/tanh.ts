import { madd4 } from "./lanes";

/**
 * Hyperbolic tangent of four lanes.
 *
 *   w = 1 − exp(−2|x|),  tanh|x| = w / (2 − w),  the sign of x put back
 *   −2|x| = n · ln 2 + r,  w = (1 − 2ⁿ) − 2ⁿ (r + r² q(r)),  which cancels nothing as x → 0
 *
 * q: own minimax fit of degree 4 over |r| ≤ ln 2 / 2, weighted for the relative error of expm1, its coefficients
 * rounded to f32 one after another; max error 2⁻²⁶·¹.
 *
 * Error   ≤ 2.5 ulp over all floats, subnormals included. tanh(−x) = −tanh(x) bit for bit, tanh(±0) = ±0,
 *         ±1 from |x| = 8.5 on, NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const magic = f32x4.splat(12583039); // 1.5 · 2²³ + 127: adding it rounds to an integer, whose low bits hold n + 127
  const one = f32x4.splat(1);
  const sign = v128.and(x, i32x4.splat(0x80000000));
  const size = f32x4.pmin(f32x4.abs(x), f32x4.splat(10)); // in this order NaN passes through
  const u = f32x4.mul(size, f32x4.splat(-2));
  const biased = madd4(u, f32x4.splat(1.4426950408889634), magic);
  const scale = i32x4.shl(biased, 23); // 2ⁿ
  const n = f32x4.sub(biased, magic);
  const high = f32x4.sub(u, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = madd4(n, f32x4.splat(2.1219444e-4), high);
  const r2 = f32x4.mul(r, r);
  const q01 = madd4(r, f32x4.splat(0.166665465), f32x4.splat(0.49999997));
  const q23 = madd4(r, f32x4.splat(0.00836625323), f32x4.splat(0.0416674428));
  const q = madd4(r2, madd4(r2, f32x4.splat(0.00138699473), q23), q01);
  const expm1 = madd4(r2, q, r);
  const w = f32x4.sub(f32x4.sub(one, scale), f32x4.mul(scale, expm1));
  return v128.or(f32x4.div(w, f32x4.sub(f32x4.splat(2), w)), sign);
}
