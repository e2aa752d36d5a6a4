/**
 * Length of a block as one vector.
 *
 *   norm = √ Σ_i g[i]²
 *
 * Shapes  norm: f32 (1), g: f32 (count). Any alignment.
 * Range   elements [begin, end), of which norm is the length.
 * Error   squares are exact and sums rounded in f64, so no f32 overflows on the way; then half an ulp. NaN gives NaN.
 *         Order: lane l of accumulator k sums the elements 2k + l, 2k + l + 8, … of the whole vectors, and a tail goes
 *         to k = 2, 3; then (a₀ + a₁) + (a₂ + a₃), then lane 0 + lane 1.
 */
import { loadTail } from "../../simd/lanes";

export function globalNorm(norm: usize, g: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  let a0 = f64x2.splat(0);
  let a1 = f64x2.splat(0);
  let a2 = f64x2.splat(0);
  let a3 = f64x2.splat(0);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i + 16 < last; i += 32) {
    const x = v128.load(g + i);
    const y = v128.load(g + i, 16);
    a0 = f64x2.add(a0, squares(x));
    a1 = f64x2.add(a1, squares(upper(x)));
    a2 = f64x2.add(a2, squares(y));
    a3 = f64x2.add(a3, squares(upper(y)));
  }
  if (i < last) {
    const x = v128.load(g + i);
    a0 = f64x2.add(a0, squares(x));
    a1 = f64x2.add(a1, squares(upper(x)));
    i += 16;
  }
  if (tail) {
    const x = loadTail(g + i, tail, f32x4.splat(0));
    a2 = f64x2.add(a2, squares(x));
    a3 = f64x2.add(a3, squares(upper(x)));
  }
  const sum = f64x2.add(f64x2.add(a0, a1), f64x2.add(a2, a3));
  store<f32>(norm, <f32>sqrt<f64>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
}

/** Squares of lanes 0 and 1, in f64. */
// @ts-ignore: decorator
@inline
function squares(x: v128): v128 {
  const wide = f64x2.promote_low_f32x4(x);
  return f64x2.mul(wide, wide);
}

// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 2, 3, 2, 3);
}
