/**
 * Rectifier.
 *
 *   forward   y[i]   = max(x[i], 0)
 *   backward  dx[i] += dy[i] if y[i] > 0
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   none forward, half an ulp of the new dx backward. NaN stays NaN, and passes no gradient.
 */
import { addTail, addTo, loadTail, storeTail } from "../../simd/lanes";

export function reluForward(y: usize, x: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const zero = f32x4.splat(0);
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) v128.store(y + i, f32x4.pmax(v128.load(x + i), zero));
  if (tail) storeTail(y + i, f32x4.pmax(loadTail(x + i, tail, zero), zero), tail);
}

/** Needs only the saved output y. */
export function reluBackward(dx: usize, dy: usize, y: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const zero = f32x4.splat(0);
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) addTo(dx + i, v128.and(v128.load(dy + i), f32x4.gt(v128.load(y + i), zero)));
  if (tail) addTail(dx + i, v128.and(loadTail(dy + i, tail, zero), f32x4.gt(loadTail(y + i, tail, zero), zero)), tail);
}
