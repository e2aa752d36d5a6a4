/**
 * Difference.
 *
 *   forward   y[i]   = a[i] − b[i]
 *   backward  da[i] += dy[i]
 *             db[i] −= dy[i]
 *
 * Shapes  any, all the same; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be a or b. da may be db, as for a − a.
 * Error   half an ulp forward, half an ulp of the new da, db backward.
 */
import { addTail, addTo, loadTail, storeTail } from "../../simd/lanes";

export function subtractForward(y: usize, a: usize, b: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) v128.store(y + i, f32x4.sub(v128.load(a + i), v128.load(b + i)));
  if (tail) {
    const zero = f32x4.splat(0);
    storeTail(y + i, f32x4.sub(loadTail(a + i, tail, zero), loadTail(b + i, tail, zero)), tail);
  }
}

export function subtractBackward(da: usize, db: usize, dy: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) {
    const g = v128.load(dy + i);
    addTo(da + i, g);
    addTo(db + i, f32x4.neg(g));
  }
  if (tail) {
    const zero = f32x4.splat(0);
    const g = loadTail(dy + i, tail, zero);
    addTail(da + i, g, tail);
    addTail(db + i, f32x4.neg(g), tail);
  }
}
