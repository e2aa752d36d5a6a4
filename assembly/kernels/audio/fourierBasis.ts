/**
 * What a short-time spectrum is a product with: the waves of a discrete Fourier transform, each under a Hann window.
 *
 *   y[n,k]        = h[n] · cos 2πkn/N,   0 ≤ k < bins, N the size
 *   y[n,bins + k] = h[n] · sin 2πkn/N
 *   h[n]          = ½ − ½ cos 2πn/window      periodic, as spectra have it
 *
 * So x · y of a window x of samples is its spectrum: real parts, then imaginary ones with their sign turned. N above the
 * window's length is a window with zeros behind it.
 *
 * Shapes  y: f32 (rows, 2 · bins), contiguous, any alignment; rows are the window's samples.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Error   3 · 2⁻²⁴: turns are whole numbers below N, divided once.
 */
import { storePart } from "../../simd/lanes";
import { sinTurns4 } from "../../simd/sin";

export function fourierBasis(y: usize, window: i32, bins: i32, size: i32, begin: i32, end: i32): void {
  assert(begin <= end && window > 0 && window <= size && bins > 0 && bins <= size && size <= 0x8000);
  const whole = f32x4.splat(<f32>size);
  const quarter = f32x4.splat(0.25);
  for (let n = begin; n < end; ++n) {
    const turned = f32x4.splat(<f32>n / <f32>window + 0.25);
    const taper = f32x4.sub(f32x4.splat(0.5), f32x4.mul(f32x4.splat(0.5), sinTurns4(turned)));
    const cosines = y + ((<usize>n * <usize>(2 * bins)) << 2);
    const sines = cosines + ((<usize>bins) << 2);
    for (let k = 0; k < bins; k += 4) {
      // k · n mod N, which a float holds exactly
      const turns = f32x4.div(f32x4.convert_i32x4_s(turnsOf(k, n, size)), whole);
      const lanes = min(4, bins - k);
      const at = (<usize>k) << 2;
      storePart(cosines + at, f32x4.mul(taper, sinTurns4(f32x4.add(turns, quarter))), lanes);
      storePart(sines + at, f32x4.mul(taper, sinTurns4(turns)), lanes);
    }
  }
}

// @ts-ignore: decorator
@inline
function turnsOf(k: i32, n: i32, size: i32): v128 {
  let turns = i32x4.splat((k * n) % size);
  turns = i32x4.replace_lane(turns, 1, ((k + 1) * n) % size);
  turns = i32x4.replace_lane(turns, 2, ((k + 2) * n) % size);
  return i32x4.replace_lane(turns, 3, ((k + 3) * n) % size);
}
