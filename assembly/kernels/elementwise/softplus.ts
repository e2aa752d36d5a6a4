/**
 * Softplus.
 *
 *   forward   y[i]   = log(1 + exp(x[i]))
 *   backward  dx[i] += dy[i] · sigmoid(x[i])
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   ≤ 2.8 ulp forward, against f64; under 2⁻¹²⁵·⁵ (x < −86.99) flushed to 0. NaN stays NaN.
 */
import { addTail, addTo, loadPart, loadTail, storePart } from "../../simd/lanes";
import { sigmoid4 } from "../../simd/sigmoid";
import { softplus4 } from "../../simd/softplus";

export function softplusForward(y: usize, x: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const count = end - begin;
  x += (<usize>begin) << 2;
  y += (<usize>begin) << 2;
  let pairs = count >> 3;
  if (pairs) {
    // Two vectors a turn hide each other's latency; tested at the bottom, the loop's constants stay outside it.
    do {
      const y0 = softplus4(v128.load(x));
      const y1 = softplus4(v128.load(x, 16));
      v128.store(y, y0);
      v128.store(y, y1, 16);
      x += 32;
      y += 32;
    } while (--pairs);
  }
  // What is left is one vector and a part of one, at most; one copy of the polynomial serves both.
  for (let left = count & 7; left > 0; left -= 4) {
    const lanes = min(left, 4);
    storePart(y, softplus4(loadPart(x, lanes, f32x4.splat(0))), lanes);
    x += 16;
    y += 16;
  }
}

/** Needs the saved input x: 1 − exp(−y) would cancel where y is small. */
export function softplusBackward(dx: usize, dy: usize, x: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const zero = f32x4.splat(0);
  let i = (<usize>begin) << 2;
  if (i < last) {
    do {
      addTo(dx + i, f32x4.mul(v128.load(dy + i), sigmoid4(v128.load(x + i))));
      i += 16;
    } while (i < last);
  }
  if (tail) addTail(dx + i, f32x4.mul(loadTail(dy + i, tail, zero), sigmoid4(loadTail(x + i, tail, zero))), tail);
}
