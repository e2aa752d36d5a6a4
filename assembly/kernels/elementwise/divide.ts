/**
 * Quotient.
 *
 *   forward   y[i]   = a[i] / b[i]
 *   backward  da[i] += dy[i] / b[i]
 *             db[i] −= dy[i] / b[i] · y[i]
 *
 * Shapes  any, all the same; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be a or b. da may be db, as for a / a.
 * Error   half an ulp forward; the terms of backward 0.5 and 1.5 ulp, and half an ulp of the new da, db.
 */
import { addTail, addTo, loadTail, storeTail } from "../../simd/lanes";

export function divideForward(y: usize, a: usize, b: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) v128.store(y + i, f32x4.div(v128.load(a + i), v128.load(b + i)));
  if (tail) {
    const one = f32x4.splat(1);
    storeTail(y + i, f32x4.div(loadTail(a + i, tail, one), loadTail(b + i, tail, one)), tail);
  }
}

/** Reads b and the output y; a is not needed. */
export function divideBackward(da: usize, db: usize, dy: usize, b: usize, y: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) {
    const g = f32x4.div(v128.load(dy + i), v128.load(b + i));
    addTo(da + i, g);
    addTo(db + i, f32x4.neg(f32x4.mul(g, v128.load(y + i))));
  }
  if (tail) {
    const one = f32x4.splat(1);
    const g = f32x4.div(loadTail(dy + i, tail, one), loadTail(b + i, tail, one));
    addTail(da + i, g, tail);
    addTail(db + i, f32x4.neg(f32x4.mul(g, loadTail(y + i, tail, one))), tail);
  }
}
