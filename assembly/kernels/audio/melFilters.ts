/**
 * Triangular filters whose centres are evenly spaced in pitch as ears hear it, which turn the powers of a spectrum into
 * those of bands.
 *
 *   mel(f) = 1127.01048 · ln(1 + f / 700)                  O'Shaughnessy 1987; HTK's form
 *   c[i]   = mel⁻¹(mel(low) + i · (mel(high) − mel(low)) / (bands + 1)),   0 ≤ i ≤ bands + 1
 *   y[k,m] = max(0, min((f − c[m]) / (c[m+1] − c[m]), (c[m+2] − f) / (c[m+2] − c[m+1]))),   f = k · rate / size
 *
 * Shapes  y: f32 (bins, bands), contiguous, any alignment. rate, low, high: Hz.
 * Range   rows [begin, end) of bins. Rows are independent: every split gives the same bits.
 * Error   centres to 2⁻²¹ of their frequency, so y to 2⁻²¹ · f / (distance of two centres).
 */
import { exp4 } from "../../simd/exp";
import { log4 } from "../../simd/log";

export function melFilters(
  y: usize,
  size: i32,
  bands: i32,
  begin: i32,
  end: i32,
  rate: f32,
  low: f32,
  high: f32,
): void {
  assert(begin <= end && bands > 0 && size > 0);
  const from = mel(low);
  const step = (mel(high) - from) / <f32>(bands + 1);
  for (let k = begin; k < end; ++k) {
    const f = (<f32>k * rate) / <f32>size;
    const row = y + ((<usize>k * <usize>bands) << 2);
    let left = hertz(from);
    let centre = hertz(from + step);
    for (let m = 0; m < bands; ++m) {
      const right = hertz(from + <f32>(m + 2) * step);
      const rising = (f - left) / (centre - left);
      const falling = (right - f) / (right - centre);
      store<f32>(row + ((<usize>m) << 2), max<f32>(0, min<f32>(rising, falling)));
      left = centre;
      centre = right;
    }
  }
}

const SCALE: f32 = 1127.01048;
const CORNER: f32 = 700;

function mel(f: f32): f32 {
  return SCALE * f32x4.extract_lane(log4(f32x4.splat(1 + f / CORNER)), 0);
}

function hertz(mel: f32): f32 {
  return CORNER * (f32x4.extract_lane(exp4(f32x4.splat(mel / SCALE)), 0) - 1);
}
