/**
 * The rows of which any bit is wrong.
 *
 *   forward   y[r] = [mask[r] ≠ 0 and some c has (x[r,c] > 0) ≠ (t[r,c] > ½)]
 *
 * Shapes  x, t: f32 (rows, cols), row-major, contiguous; mask, y: f32 (rows). Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be mask.
 * Error   none: y is 0 or 1. A NaN in x is wrong. A row whose mask is 0 is skipped, whatever it holds.
 */
import { loadTail } from "../../simd/lanes";

/** All ones where the bits differ, or x is no number. */
// @ts-ignore: decorator
@inline
function wrong(x: v128, t: v128): v128 {
  const differ = v128.xor(f32x4.gt(x, f32x4.splat(0)), f32x4.gt(t, f32x4.splat(0.5)));
  return v128.or(differ, f32x4.ne(x, x));
}

export function bitMisses(y: usize, x: usize, t: usize, mask: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const zero = f32x4.splat(0); // as a logit and as a bit: nothing wrong

  for (let r = begin; r < end; ++r) {
    const at = (<usize>r) << 2;
    const px = x + <usize>r * stride;
    const pt = t + <usize>r * stride;
    let missed: f32 = 0;
    if (load<f32>(mask + at) != 0) {
      let any = zero;
      for (let i: usize = 0; i < body; i += 16) any = v128.or(any, wrong(v128.load(px + i), v128.load(pt + i)));
      if (tail) any = v128.or(any, wrong(loadTail(px + body, tail, zero), loadTail(pt + body, tail, zero)));
      if (v128.any_true(any)) missed = 1;
    }
    store<f32>(y + at, missed);
  }
}
