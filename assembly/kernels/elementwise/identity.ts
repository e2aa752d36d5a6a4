/**
 * A copy.
 *
 *   forward   y[i]   = x[i]
 *   backward  dx[i] += dy[i]
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end).
 * Alias   y may be x. dx must be its own buffer.
 * Error   none.
 */
import { loadTail, storeTail } from "../../simd/lanes";

export function identityForward(y: usize, x: usize, begin: i32, end: i32): void {
  memory.copy(y + (<usize>begin << 2), x + (<usize>begin << 2), <usize>(end - begin) << 2);
}

export function identityBackward(dx: usize, dy: usize, begin: i32, end: i32): void {
  const last = <usize>end << 2;
  const tail = (end - begin) & 3;
  let i = <usize>begin << 2;
  for (const body = last - (<usize>tail << 2); i < body; i += 16) {
    v128.store(dx + i, f32x4.add(v128.load(dx + i), v128.load(dy + i)));
  }
  if (tail) {
    const zero = f32x4.splat(0);
    storeTail(dx + i, f32x4.add(loadTail(dx + i, tail, zero), loadTail(dy + i, tail, zero)), tail);
  }
}
