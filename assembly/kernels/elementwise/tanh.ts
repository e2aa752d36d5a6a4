/**
 * Hyperbolic tangent.
 *
 *   forward   y[i]   = tanh(x[i])
 *   backward  dx[i] += dy[i] · (1 − y[i]²)
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   ≤ 2.5 ulp forward, against f64; see simd/tanh. NaN stays NaN.
 */
import { addTail, addTo, loadPart, loadTail, storePart } from "../../simd/lanes";
import { tanh4 } from "../../simd/tanh";

export function tanhForward(y: usize, x: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const count = end - begin;
  x += (<usize>begin) << 2;
  y += (<usize>begin) << 2;
  let pairs = count >> 3;
  if (pairs) {
    // Two vectors a turn hide each other's latency; tested at the bottom, the loop's constants stay outside it.
    do {
      const y0 = tanh4(v128.load(x));
      const y1 = tanh4(v128.load(x, 16));
      v128.store(y, y0);
      v128.store(y, y1, 16);
      x += 32;
      y += 32;
    } while (--pairs);
  }
  // What is left is one vector and a part of one, at most; one copy of the polynomial serves both.
  for (let left = count & 7; left > 0; left -= 4) {
    const lanes = min(left, 4);
    storePart(y, tanh4(loadPart(x, lanes, f32x4.splat(0))), lanes);
    x += 16;
    y += 16;
  }
}

/** What is added to dx. */
// @ts-ignore: decorator
@inline
function term(dy: v128, y: v128): v128 {
  return f32x4.mul(dy, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)));
}

/** Needs only the saved output y. */
export function tanhBackward(dx: usize, dy: usize, y: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const zero = f32x4.splat(0);
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) addTo(dx + i, term(v128.load(dy + i), v128.load(y + i)));
  if (tail) addTail(dx + i, term(loadTail(dy + i, tail, zero), loadTail(y + i, tail, zero)), tail);
}
