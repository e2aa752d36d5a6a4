/**
 * The rows whose largest element is not that of the true class.
 *
 *   forward   y[r] = [mask[r] ≠ 0 and t[r] ≠ argmax_c x[r,c]],   argmax: the first of equals
 *
 * Shapes  x: f32 (rows, classes), row-major, contiguous, classes ≥ 1; mask, y: f32 (rows). Any alignment. t: f32 (rows),
 *         whole numbers in [0, classes), a fraction is dropped.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be t or mask.
 * Error   none: y is 0 or 1. A row with a NaN is a miss, and so is a t that is no class. A row whose mask is 0 is
 *         skipped, whatever it holds.
 */
import { loadTail } from "../../simd/lanes";

/** All ones where the target's value stays the largest: those in front must be below, those behind may be equal. */
// @ts-ignore: decorator
@inline
function beaten(v: v128, value: v128, index: v128, target: v128): v128 {
  return v128.bitselect(f32x4.lt(v, value), f32x4.le(v, value), i32x4.lt_s(index, target));
}

/** Whether no class beats the target's. */
function isLargest(x: usize, target: i32, classes: i32): bool {
  const body = classes & ~3; // classes in whole vectors
  const tail = classes & 3; // lanes left over
  const value = v128.load32_splat(x + ((<usize>target) << 2));
  const at = i32x4.splat(target);
  const step = i32x4.splat(4);
  let index = i32x4(0, 1, 2, 3);
  let right = i32x4.splat(-1);
  for (let c = 0; c < body; c += 4) {
    right = v128.and(right, beaten(v128.load(x + ((<usize>c) << 2)), value, index, at));
    index = i32x4.add(index, step);
  }
  if (tail) {
    // What fills the row up is equal to the target, and behind it.
    right = v128.and(right, beaten(loadTail(x + ((<usize>body) << 2), tail, value), value, index, at));
  }
  return i32x4.all_true(right);
}

export function classMisses(y: usize, x: usize, t: usize, mask: usize, classes: i32, begin: i32, end: i32): void {
  assert(classes > 0 && begin <= end);
  const stride = (<usize>classes) << 2; // bytes in a row

  for (let r = begin; r < end; ++r) {
    const at = (<usize>r) << 2;
    const target = load<f32>(t + at);
    let missed: f32 = 0;
    if (load<f32>(mask + at) != 0) {
      const isClass = target >= 0 && target < <f32>classes; // not for NaN
      if (!isClass || !isLargest(x + <usize>r * stride, <i32>target, classes)) missed = 1;
    }
    store<f32>(y + at, missed);
  }
}
