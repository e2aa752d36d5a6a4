/**
 * A copy.
 *
 *   forward   y[i]   = x[i]
 *   backward  dx[i] += dy[i]
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   none forward, half an ulp of the new dx backward.
 */
import { addTail, addTo, loadTail } from "../../simd/lanes";

export function identityForward(y: usize, x: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  memory.copy(y + ((<usize>begin) << 2), x + ((<usize>begin) << 2), (<usize>(end - begin)) << 2);
}

export function identityBackward(dx: usize, dy: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) addTo(dx + i, v128.load(dy + i));
  if (tail) addTail(dx + i, loadTail(dy + i, tail, f32x4.splat(0)), tail);
}
