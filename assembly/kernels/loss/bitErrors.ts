/**
 * Wrong bits, counted over the rows that a mask keeps.
 *
 *   forward   count[0] = Σ_r mask[r] · #{c: (x[r,c] > 0) ≠ (t[r,c] > ½)}
 *
 * Shapes  x, t: f32 (rows, cols), row-major, contiguous; mask: f32 (rows); count: f32 (1). Any alignment.
 * Range   rows [begin, end): the count of those.
 * Error   none below 2²⁴ with a mask of 0 and 1. A row whose mask is 0 is skipped. NaN counts as 0.
 */
import { loadTail, sumLanes } from "../../simd/lanes";

/** 1 where the bits differ. */
// @ts-ignore: decorator
@inline
function wrong(x: v128, t: v128): v128 {
  const differ = v128.xor(f32x4.gt(x, f32x4.splat(0)), f32x4.gt(t, f32x4.splat(0.5)));
  return v128.and(differ, f32x4.splat(1));
}

export function bitErrors(count: usize, x: usize, t: usize, mask: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const zero = f32x4.splat(0);
  let sum4 = zero;

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const pt = t + <usize>r * stride;
    const pm = mask + ((<usize>r) << 2);
    if (load<f32>(pm) == 0) continue;

    let row4 = zero;
    for (let i: usize = 0; i < body; i += 16) row4 = f32x4.add(row4, wrong(v128.load(px + i), v128.load(pt + i)));
    if (tail) row4 = f32x4.add(row4, wrong(loadTail(px + body, tail, zero), loadTail(pt + body, tail, zero)));
    sum4 = f32x4.add(sum4, f32x4.mul(row4, v128.load32_splat(pm)));
  }
  store<f32>(count, sumLanes(sum4));
}
