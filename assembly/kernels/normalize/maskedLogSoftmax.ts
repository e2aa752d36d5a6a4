/**
 * Logarithm of softmax over those entries of the last axis that a mask keeps.
 *
 *   forward   y[r,c]   = (x[r,c] − m[r]) − log Σ_kept exp(x[r,k] − m[r]),   m[r] = max_kept x[r,k]
 *             y[r,c]   = −10⁴ where dropped: its exp is 0 and so is 0 · y, where −∞ would make a NaN
 *   backward  dx[r,c] += dy[r,c] − exp(y[r,c]) · Σ_kept dy[r,k],   0 where dropped
 *
 * Shapes  x, y, mask, dx, dy: f32 (rows, cols), row-major, contiguous, cols ≥ 1. mask drops where it is 0, else
 *         keeps. Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   as logSoftmax. NaN that is kept makes the kept entries of its row NaN; what is dropped may hold anything,
 *         in dy too. A row of which only −∞ is kept is NaN there.
 */
import { expNegative4 } from "../../simd/exp";
import { addTail, addTo, loadTail, maxLanes, storeTail, sumLanes } from "../../simd/lanes";
import { log4 } from "../../simd/log";
import { keep4 } from "./maskedSoftmax";

export function maskedLogSoftmaxForward(y: usize, x: usize, mask: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const zero = f32x4.splat(0);
  const lowest = f32x4.splat(-Infinity);
  const dropped = f32x4.splat(-1e4);

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const py = y + <usize>r * stride;
    const pm = mask + <usize>r * stride;

    let max4 = lowest; // pmax drops a NaN; it comes back through x − m
    for (let i: usize = 0; i < body; i += 16) max4 = f32x4.pmax(max4, keep4(v128.load(px + i), v128.load(pm + i)));
    if (tail) max4 = f32x4.pmax(max4, keep4(loadTail(px + body, tail, zero), loadTail(pm + body, tail, zero)));
    const m = f32x4.splat(maxLanes(max4));

    let sum4 = zero;
    let i: usize = 0;
    if (body) {
      // Tested at the bottom, the constants of exp stay outside the loop.
      do {
        sum4 = f32x4.add(sum4, expNegative4(f32x4.sub(keep4(v128.load(px + i), v128.load(pm + i)), m)));
        i += 16;
      } while (i < body);
    }
    if (tail) {
      const x4 = keep4(loadTail(px + body, tail, zero), loadTail(pm + body, tail, zero));
      sum4 = f32x4.add(sum4, expNegative4(f32x4.sub(x4, m)));
    }
    const logSum = log4(f32x4.splat(sumLanes(sum4)));

    for (let i: usize = 0; i < body; i += 16) {
      const y4 = f32x4.sub(f32x4.sub(v128.load(px + i), m), logSum);
      v128.store(py + i, v128.bitselect(y4, dropped, f32x4.ne(v128.load(pm + i), zero)));
    }
    if (tail) {
      const y4 = f32x4.sub(f32x4.sub(loadTail(px + body, tail, zero), m), logSum);
      storeTail(py + body, v128.bitselect(y4, dropped, f32x4.ne(loadTail(pm + body, tail, zero), zero)), tail);
    }
  }
}

/** Needs the saved output y and the mask. */
export function maskedLogSoftmaxBackward(
  dx: usize,
  dy: usize,
  y: usize,
  mask: usize,
  cols: i32,
  begin: i32,
  end: i32,
): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2;
  const body = stride & ~15;
  const tail = cols & 3;
  const zero = f32x4.splat(0);

  for (let r = begin; r < end; ++r) {
    const pdx = dx + <usize>r * stride;
    const pdy = dy + <usize>r * stride;
    const py = y + <usize>r * stride;
    const pm = mask + <usize>r * stride;

    let sum4 = zero;
    for (let i: usize = 0; i < body; i += 16) {
      sum4 = f32x4.add(sum4, v128.and(v128.load(pdy + i), f32x4.ne(v128.load(pm + i), zero)));
    }
    if (tail) {
      const kept = f32x4.ne(loadTail(pm + body, tail, zero), zero);
      sum4 = f32x4.add(sum4, v128.and(loadTail(pdy + body, tail, zero), kept));
    }
    const sum = f32x4.splat(sumLanes(sum4));

    let i: usize = 0;
    if (body) {
      do {
        const g = f32x4.sub(v128.load(pdy + i), f32x4.mul(expNegative4(v128.load(py + i)), sum));
        addTo(pdx + i, v128.and(g, f32x4.ne(v128.load(pm + i), zero)));
        i += 16;
      } while (i < body);
    }
    if (tail) {
      const p4 = expNegative4(loadTail(py + body, tail, zero));
      const g = f32x4.sub(loadTail(pdy + body, tail, zero), f32x4.mul(p4, sum));
      addTail(pdx + body, v128.and(g, f32x4.ne(loadTail(pm + body, tail, zero), zero)), tail);
    }
  }
}
