/**
 * One more term of a weighted sum, for the rows whose weight is not 0.
 *
 *   forward   y[r,c]       = total[r,c] + p[r] · x[r,c];   y[r,c] = total[r,c] where p[r] = 0
 *   backward  dtotal[r,c] += dy[r,c]
 *             dx[r,c]     += p[r] · dy[r,c]                where p[r] ≠ 0
 *             dp[r]       += Σ_c dy[r,c] · x[r,c]          where p[r] ≠ 0
 *
 * A row with weight 0 is a row that has halted: what its x holds reaches nothing, be it NaN, and neither does its p.
 *
 * Shapes  y, total, x and their gradients: f32 (rows, cols), row-major, contiguous, cols ≥ 1; p, dp: (rows). Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be total.
 * Error   forward half an ulp of the product and of the sum; dp: ≤ (cols / 4 + 4) · 2⁻²⁴ · Σ_c |dy[r,c] · x[r,c]|.
 */
import { addPart, loadPart, madd4, storePart, sumLanes } from "../../simd/lanes";

export function accumulateForward(y: usize, total: usize, x: usize, p: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  for (let r = begin; r < end; ++r) {
    const row = <usize>r * stride;
    const weight = load<f32>(p + ((<usize>r) << 2));
    if (weight == 0) {
      if (y != total) memory.copy(y + row, total + row, stride);
      continue;
    }
    const weight4 = f32x4.splat(weight);
    for (let i: usize = 0; i < body; i += 16) forward4(y + row + i, total + row + i, x + row + i, weight4, 4);
    if (tail) forward4(y + row + body, total + row + body, x + row + body, weight4, tail);
  }
}

// @ts-ignore: decorator
@inline
function forward4(y: usize, total: usize, x: usize, weight4: v128, count: i32): void {
  const zero = f32x4.splat(0);
  storePart(y, madd4(weight4, loadPart(x, count, zero), loadPart(total, count, zero)), count);
}

export function accumulateBackward(
  dtotal: usize,
  dx: usize,
  dp: usize,
  dy: usize,
  x: usize,
  p: usize,
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
    const row = <usize>r * stride;
    const pdy = dy + row;
    const pdtotal = dtotal + row;
    for (let i: usize = 0; i < body; i += 16) addPart(pdtotal + i, v128.load(pdy + i), 4);
    if (tail) addPart(pdtotal + body, loadPart(pdy + body, tail, zero), tail);

    const at = (<usize>r) << 2;
    const weight = load<f32>(p + at);
    if (weight == 0) continue;
    const weight4 = f32x4.splat(weight);
    let dot4 = zero;
    for (let i: usize = 0; i < body; i += 16) dot4 = backward4(dx + row + i, pdy + i, x + row + i, weight4, dot4, 4);
    if (tail) dot4 = backward4(dx + row + body, pdy + body, x + row + body, weight4, dot4, tail);
    store<f32>(dp + at, load<f32>(dp + at) + sumLanes(dot4));
  }
}

// @ts-ignore: decorator
@inline
function backward4(dx: usize, dy: usize, x: usize, weight4: v128, dot4: v128, count: i32): v128 {
  const zero = f32x4.splat(0);
  const dy4 = loadPart(dy, count, zero);
  addPart(dx, f32x4.mul(weight4, dy4), count);
  return madd4(dy4, loadPart(x, count, zero), dot4);
}
