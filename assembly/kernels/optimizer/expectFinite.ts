/**
 * Ends the program unless every element is finite.
 *
 *   x − x is 0 for every finite x and NaN, some bit set, for NaN and ±∞
 *
 * Shapes  x: f32 (count). Any alignment.
 * Range   elements [begin, end).
 * Error   none.
 */
import { Status } from "../../machine";
import { loadTail } from "../../simd/lanes";

export function expectFinite(x: usize, begin: i32, end: i32): Status {
  assert(begin <= end);
  let bits = f32x4.splat(0);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) {
    const x4 = v128.load(x + i);
    bits = v128.or(bits, f32x4.sub(x4, x4));
  }
  if (tail) {
    const x4 = loadTail(x + i, tail, f32x4.splat(0));
    bits = v128.or(bits, f32x4.sub(x4, x4));
  }
  return v128.any_true(bits) ? Status.notFinite : Status.done;
}
