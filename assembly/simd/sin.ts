import { madd4 } from "./lanes";

/**
 * sin 2πt of four lanes, t in turns; cos 2πt = sin 2π(t + ¼).
 *
 *   4t = q + f,  q the nearest integer,  x = f · π/2 in [−π/4, π/4]
 *   sin 2πt = sin x, cos x, −sin x, −cos x  for q mod 4 = 0, 1, 2, 3
 *
 * sin x / f: own minimax fit of degree 3 in f², max relative error 2⁻²⁵·⁰; (cos x − 1) / f²: degree 3, of cos x 2⁻³¹·⁰.
 * Coefficients rounded to f32 one after another. 4t − q is exact, so nothing is lost where sin 2πt is small.
 *
 * Error   ≤ 1.6 ulp for |t| ≤ 2¹⁹. sin 0 = 0, sin −0 = −0, NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function sinTurns4(t: v128): v128 {
  const magic = f32x4.splat(12582912); // 1.5 · 2²³: adding it rounds to an integer, whose low bits hold q
  const quarters = f32x4.mul(t, f32x4.splat(4));
  const rounded = f32x4.add(quarters, magic);
  const f = f32x4.sub(quarters, f32x4.sub(rounded, magic));
  const z = f32x4.mul(f, f);
  const s23 = madd4(z, f32x4.splat(-0.00468597142), f32x4.splat(0.079712525));
  const s = f32x4.mul(f, madd4(z, madd4(z, s23, f32x4.splat(-0.645966649)), f32x4.splat(1.57079637)));
  const c34 = madd4(z, f32x4.splat(0.00089448638), f32x4.splat(-0.0208555963));
  const c = madd4(z, madd4(z, madd4(z, c34, f32x4.splat(0.253668547)), f32x4.splat(-1.23370051)), f32x4.splat(1));
  const odd = i32x4.shl(rounded, 31);
  const sign = v128.and(i32x4.shl(rounded, 30), i32x4.splat(0x80000000)); // of q = 2 and 3
  return v128.xor(v128.bitselect(c, s, i32x4.shr_s(odd, 31)), sign);
}
