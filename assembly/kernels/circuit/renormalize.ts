/**
 * Rows divided by their sums, where rounding is to go and the gradient is to pass as it is: identityBackward.
 * Kurach et al. 2016, arXiv:1511.06392, section 4.1.
 *
 *   forward   y[r,c] = x[r,c] / Σ_k x[r,k]
 *
 * Shapes  x, y: f32 (rows, cols), row-major, contiguous, cols ≥ 1. Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be x.
 * Error   of rows ≥ 0: relative, against f64, ≤ (3 + cols / 8) · 2⁻²⁴.
 *         NaN makes its row NaN, and so do zeros alone.
 */
import { loadTail, storeTail } from "../../simd/lanes";
import { sumOf } from "./vectors";

export function renormalizeForward(y: usize, x: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2;
  const body = stride & ~15;
  const tail = cols & 3;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const px = x + r * stride;
    const py = y + r * stride;
    const scale = f32x4.splat(1 / sumOf(px, cols));
    for (let i: usize = 0; i < body; i += 16) v128.store(py + i, f32x4.mul(v128.load(px + i), scale));
    if (tail) storeTail(py + body, f32x4.mul(loadTail(px + body, tail, scale), scale), tail);
  }
}
