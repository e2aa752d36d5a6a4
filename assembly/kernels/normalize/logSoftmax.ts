/**
 * Logarithm of softmax over the last axis.
 *
 *   forward   y[r,c]   = (x[r,c] − m[r]) − log Σ_k exp(x[r,k] − m[r]),   m[r] = max_k x[r,k]
 *   backward  dx[r,c] += dy[r,c] − exp(y[r,c]) · Σ_k dy[r,k]
 *
 * Shapes  x, y, dx, dy: f32 (rows, cols), row-major, contiguous, cols ≥ 1. Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   absolute, against f64: ≤ (6 + cols / 128 + |x − m| + |y|) · 2⁻²⁴.
 *         NaN makes its row NaN. A row of only −∞ is NaN.
 */
import { expNegative4 } from "../../simd/exp";
import { addTail, addTo, loadTail, maxLanes, storeTail, sumLanes } from "../../simd/lanes";
import { log4 } from "../../simd/log";

export function logSoftmaxForward(y: usize, x: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const lowest = f32x4.splat(-Infinity);

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const py = y + <usize>r * stride;

    let max4 = lowest; // pmax drops a NaN; it comes back through x − m
    for (let i: usize = 0; i < body; i += 16) max4 = f32x4.pmax(max4, v128.load(px + i));
    if (tail) max4 = f32x4.pmax(max4, loadTail(px + body, tail, lowest));
    const m = f32x4.splat(maxLanes(max4));

    let sum4 = f32x4.splat(0);
    let i: usize = 0;
    if (body) {
      // Tested at the bottom, the constants of exp stay outside the loop.
      do {
        sum4 = f32x4.add(sum4, expNegative4(f32x4.sub(v128.load(px + i), m)));
        i += 16;
      } while (i < body);
    }
    if (tail) sum4 = f32x4.add(sum4, expNegative4(f32x4.sub(loadTail(px + body, tail, lowest), m)));
    const logSum = log4(f32x4.splat(sumLanes(sum4)));

    for (let i: usize = 0; i < body; i += 16) {
      v128.store(py + i, f32x4.sub(f32x4.sub(v128.load(px + i), m), logSum));
    }
    if (tail) storeTail(py + body, f32x4.sub(f32x4.sub(loadTail(px + body, tail, m), m), logSum), tail);
  }
}

/** Needs only the saved output y: softmax is exp(y). */
export function logSoftmaxBackward(dx: usize, dy: usize, y: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2;
  const body = stride & ~15;
  const tail = cols & 3;
  const zero = f32x4.splat(0);

  for (let r = begin; r < end; ++r) {
    const pdx = dx + <usize>r * stride;
    const pdy = dy + <usize>r * stride;
    const py = y + <usize>r * stride;

    let sum4 = zero;
    for (let i: usize = 0; i < body; i += 16) sum4 = f32x4.add(sum4, v128.load(pdy + i));
    if (tail) sum4 = f32x4.add(sum4, loadTail(pdy + body, tail, zero));
    const sum = f32x4.splat(sumLanes(sum4));

    let i: usize = 0;
    if (body) {
      do {
        addTo(pdx + i, f32x4.sub(v128.load(pdy + i), f32x4.mul(expNegative4(v128.load(py + i)), sum)));
        i += 16;
      } while (i < body);
    }
    if (tail) {
      const p4 = expNegative4(loadTail(py + body, tail, zero));
      addTail(pdx + body, f32x4.sub(loadTail(pdy + body, tail, zero), f32x4.mul(p4, sum)), tail);
    }
  }
}
