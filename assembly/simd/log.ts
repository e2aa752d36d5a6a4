import { madd4 } from "./lanes";

/**
 * Natural logarithm of four lanes.
 *
 *   x = 2ᵏ (1 + f),  √½ ≤ 1 + f < √2,  s = f / (2 + f),  z = s²
 *   log(1 + f) = 2 atanh(s) = f − (f²/2 − s (f²/2 + z R(z))),  log x = k · ln 2 + log(1 + f)
 *
 * R: own minimax fit of degree 2 over z ≤ (3 − √8)², weighted for the relative error of atanh, its coefficients
 * rounded to f32 one after another; max error 2⁻³⁰·².
 *
 * Error   ≤ 0.9 ulp over all floats, subnormals included. log(1) = 0, log(±0) = −∞, log(∞) = ∞,
 *         NaN for x < 0, NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const zero = f32x4.splat(0);
  const small = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38)); // subnormal: take 2²³ out first
  const bits = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, small);
  const exponent = exponent4(bits);
  const mantissa = i32x4.sub(bits, i32x4.shl(exponent, 23));
  const k = i32x4.sub(exponent, v128.and(small, i32x4.splat(23)));
  const y = logOfParts4(mantissa, k);

  const infinite = v128.bitselect(x, y, f32x4.ge(x, f32x4.splat(Infinity)));
  const negative = v128.or(f32x4.lt(x, zero), f32x4.ne(x, x)); // all bits set is a NaN
  return v128.or(v128.bitselect(f32x4.splat(-Infinity), infinite, f32x4.eq(x, zero)), negative);
}

/** The same for finite x ≥ 2⁻¹²⁶: no zero, nothing negative, no NaN. */
// @ts-ignore: decorator
@inline
export function logNormal4(x: v128): v128 {
  const exponent = exponent4(x);
  return logOfParts4(i32x4.sub(x, i32x4.shl(exponent, 23)), exponent);
}

/** The integer k with √½ ≤ x / 2ᵏ < √2. */
// @ts-ignore: decorator
@inline
function exponent4(x: v128): v128 {
  return i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
}

/** log(mantissa · 2ᵏ) for √½ ≤ mantissa < √2. */
// @ts-ignore: decorator
@inline
function logOfParts4(mantissa: v128, exponent: v128): v128 {
  const k = f32x4.convert_i32x4_s(exponent);
  const f = f32x4.sub(mantissa, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  const r = f32x4.mul(
    z,
    madd4(z, madd4(z, f32x4.splat(0.298706949), f32x4.splat(0.399775863)), f32x4.splat(0.666667759)),
  );
  const half = f32x4.mul(f32x4.mul(f, f), f32x4.splat(0.5));
  const low = f32x4.sub(half, madd4(s, f32x4.add(half, r), f32x4.mul(k, f32x4.splat(-2.1219444e-4))));
  return madd4(k, f32x4.splat(0.693359375), f32x4.sub(f, low));
}
