/**
 * The smaller of two: "and" of two selections of rows. Neelakantan et al. 2015, arXiv:1511.04834, table 1.
 *
 *   forward   y[i]   = min(a[i], b[i])
 *   backward  da[i] += dy[i]·h(a[i], b[i]),   db[i] += dy[i]·h(b[i], a[i]),   h(u, v) = 1 if u < v, ½ if u = v, else 0
 *
 * Shapes  any, all the same; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be a or b. da may be db.
 * Error   none forward, half an ulp of the new da, db backward. NaN on either side makes y NaN, and passes no gradient.
 */
import { addPart, loadPart, storePart } from "../../simd/lanes";

export function minimumForward(y: usize, a: usize, b: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const zero = f32x4.splat(0);
  for (let i = begin; i < end; i += 4) {
    const at = (<usize>i) << 2;
    const left = min(end - i, 4);
    storePart(y + at, f32x4.min(loadPart(a + at, left, zero), loadPart(b + at, left, zero)), left);
  }
}

export function minimumBackward(da: usize, db: usize, dy: usize, a: usize, b: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const zero = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1);
  for (let i = begin; i < end; i += 4) {
    const at = (<usize>i) << 2;
    const left = min(end - i, 4);
    const a4 = loadPart(a + at, left, zero);
    const b4 = loadPart(b + at, left, zero);
    const dy4 = loadPart(dy + at, left, zero);
    const equal = v128.and(f32x4.eq(a4, b4), half);
    addPart(da + at, f32x4.mul(dy4, v128.or(equal, v128.and(f32x4.lt(a4, b4), one))), left);
    addPart(db + at, f32x4.mul(dy4, v128.or(equal, v128.and(f32x4.lt(b4, a4), one))), left);
  }
}
