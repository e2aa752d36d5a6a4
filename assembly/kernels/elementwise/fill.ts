/**
 * One value everywhere.
 *
 *   forward   y[i] = value
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end).
 * Error   none.
 */
import { storeTail } from "../../simd/lanes";

export function fill(y: usize, begin: i32, end: i32, value: f32): void {
  assert(begin <= end);
  const p = y + ((<usize>begin) << 2);
  const bytes = (<usize>(end - begin)) << 2;
  if (value == 0) {
    memory.fill(p, 0, bytes);
    return;
  }
  const value4 = f32x4.splat(value);
  const body = bytes & ~15;
  const tail = (end - begin) & 3;
  for (let i: usize = 0; i < body; i += 16) v128.store(p + i, value4);
  if (tail) storeTail(p + body, value4, tail);
}
