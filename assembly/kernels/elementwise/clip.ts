/**
 * Clipping to an interval.
 *
 *   forward   y[i]   = min(max(x[i], low), high)
 *   backward  dx[i] += dy[i] if low ≤ x[i] ≤ high
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   none forward, half an ulp of the new dx backward. NaN stays NaN, and passes no gradient.
 */
import { addTail, addTo, loadTail, storeTail } from "../../simd/lanes";

export function clipForward(y: usize, x: usize, begin: i32, end: i32, low: f32, high: f32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const zero = f32x4.splat(0);
  const low4 = f32x4.splat(low);
  const high4 = f32x4.splat(high);
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) v128.store(y + i, f32x4.pmin(f32x4.pmax(v128.load(x + i), low4), high4));
  if (tail) storeTail(y + i, f32x4.pmin(f32x4.pmax(loadTail(x + i, tail, zero), low4), high4), tail);
}

/** What is added to dx. */
// @ts-ignore: decorator
@inline
function term(dy: v128, x: v128, low: v128, high: v128): v128 {
  return v128.and(dy, v128.and(f32x4.ge(x, low), f32x4.le(x, high)));
}

/** Needs the saved input x. */
export function clipBackward(dx: usize, dy: usize, x: usize, begin: i32, end: i32, low: f32, high: f32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const zero = f32x4.splat(0);
  const low4 = f32x4.splat(low);
  const high4 = f32x4.splat(high);
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) addTo(dx + i, term(v128.load(dy + i), v128.load(x + i), low4, high4));
  if (tail) addTail(dx + i, term(loadTail(dy + i, tail, zero), loadTail(x + i, tail, zero), low4, high4), tail);
}
