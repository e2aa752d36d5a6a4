/**
 * Softmax over those entries of the last axis that a mask keeps.
 *
 *   forward   y[r,c] = exp(x[r,c] − m[r]) / Σ_kept exp(x[r,k] − m[r]),   m[r] = max_kept x[r,k]
 *             y[r,c] = 0 where dropped
 *   backward  that of softmax: a dropped y is 0, and so is its gradient
 *
 * Shapes  x, y, mask: f32 (rows, cols), row-major, contiguous, cols ≥ 1. mask drops where it is 0, else keeps.
 *         Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be x or mask.
 * Error   as softmax. NaN that is kept makes its row NaN; what is dropped may hold anything.
 *         A row of which nothing (or only −∞) is kept is all 0.
 */
import { expNegative4 } from "../../simd/exp";
import { loadTail, maxLanes, storeTail, sumLanes } from "../../simd/lanes";

/** x where the mask keeps it, else −∞. */
// @ts-ignore: decorator
@inline
export function keep4(x: v128, mask: v128): v128 {
  return v128.bitselect(x, f32x4.splat(-Infinity), f32x4.ne(mask, f32x4.splat(0)));
}

export function maskedSoftmaxForward(y: usize, x: usize, mask: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const zero = f32x4.splat(0);
  const lowest = f32x4.splat(-Infinity);

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const py = y + <usize>r * stride;
    const pm = mask + <usize>r * stride;

    let max4 = lowest; // pmax drops a NaN; it comes back through x − m
    for (let i: usize = 0; i < body; i += 16) max4 = f32x4.pmax(max4, keep4(v128.load(px + i), v128.load(pm + i)));
    if (tail) max4 = f32x4.pmax(max4, keep4(loadTail(px + body, tail, zero), loadTail(pm + body, tail, zero)));
    const highest = maxLanes(max4);
    const m = f32x4.splat(highest == -Infinity ? 0 : highest);

    let sum4 = zero;
    let i: usize = 0;
    if (body) {
      // Tested at the bottom, the constants of exp stay outside the loop.
      do {
        const e = expNegative4(f32x4.sub(keep4(v128.load(px + i), v128.load(pm + i)), m));
        v128.store(py + i, e);
        sum4 = f32x4.add(sum4, e);
        i += 16;
      } while (i < body);
    }
    if (tail) {
      const x4 = keep4(loadTail(px + body, tail, zero), loadTail(pm + body, tail, zero));
      const e = expNegative4(f32x4.sub(x4, m));
      storeTail(py + body, e, tail);
      sum4 = f32x4.add(sum4, e);
    }

    const sum = sumLanes(sum4);
    const inv = f32x4.splat(sum == 0 ? 0 : 1 / sum);
    for (let i: usize = 0; i < body; i += 16) v128.store(py + i, f32x4.mul(v128.load(py + i), inv));
    if (tail) storeTail(py + body, f32x4.mul(loadTail(py + body, tail, inv), inv), tail);
  }
}
