/**
 * Natural logarithm.
 *
 *   forward   y[i]   = log(x[i])
 *   backward  dx[i] += dy[i] / x[i]
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   ≤ 0.9 ulp forward, against f64. log(0) = −∞, NaN for x < 0. NaN stays NaN.
 */
import { addTail, addTo, loadPart, loadTail, storePart } from "../../simd/lanes";
import { log4 } from "../../simd/log";

export function logForward(y: usize, x: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const count = end - begin;
  x += (<usize>begin) << 2;
  y += (<usize>begin) << 2;
  let pairs = count >> 3;
  if (pairs) {
    // Two vectors a turn hide each other's latency; tested at the bottom, the loop's constants stay outside it.
    do {
      const y0 = log4(v128.load(x));
      const y1 = log4(v128.load(x, 16));
      v128.store(y, y0);
      v128.store(y, y1, 16);
      x += 32;
      y += 32;
    } while (--pairs);
  }
  // What is left is one vector and a part of one, at most; one copy of the polynomial serves both.
  for (let left = count & 7; left > 0; left -= 4) {
    const lanes = min(left, 4);
    storePart(y, log4(loadPart(x, lanes, f32x4.splat(1))), lanes);
    x += 16;
    y += 16;
  }
}

/** Needs the saved input x. */
export function logBackward(dx: usize, dy: usize, x: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const one = f32x4.splat(1);
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) addTo(dx + i, f32x4.div(v128.load(dy + i), v128.load(x + i)));
  if (tail) addTail(dx + i, f32x4.div(loadTail(dy + i, tail, one), loadTail(x + i, tail, one)), tail);
}
