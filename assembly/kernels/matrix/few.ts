/** The last columns of a matrix, fewer than a tile has: four of them at a time, from the one called `at`. */
import { loadTail, storeTail } from "../../simd/lanes";

/** Columns at … at + 3 of the `width` from p on; 0 where there are none. */
// @ts-ignore: decorator
@inline
export function loadFew(p: usize, width: i32, at: i32): v128 {
  const zero = f32x4.splat(0);
  if (width >= at + 4) return v128.load(p + ((<usize>at) << 2));
  return width > at ? loadTail(p + ((<usize>at) << 2), width - at, zero) : zero;
}

/** Those of v that are among the `width` columns from p on. */
// @ts-ignore: decorator
@inline
export function storeFew(p: usize, v: v128, width: i32, at: i32): void {
  if (width >= at + 4) v128.store(p + ((<usize>at) << 2), v);
  else if (width > at) storeTail(p + ((<usize>at) << 2), v, width - at);
}
