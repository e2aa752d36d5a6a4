/**
 * Words on the lanes of one vector: partial loads and stores, sums and maxima, multiply-add.
 */

/** count (1..3) floats from p on, the other lanes from fill. Reads nothing past them. */
// @ts-ignore: decorator
@inline
export function loadTail(p: usize, count: i32, fill: v128): v128 {
  if (count == 1) return v128.load_lane<f32>(p, fill, 0);
  const low = v128.load_lane<u64>(p, fill, 0);
  return count == 2 ? low : v128.load_lane<f32>(p, low, 2, 8);
}

/** The first count (1..3) lanes of v to p. Writes nothing past them. */
// @ts-ignore: decorator
@inline
export function storeTail(p: usize, v: v128, count: i32): void {
  if (count == 1) {
    v128.store_lane<f32>(p, v, 0);
  } else {
    v128.store_lane<u64>(p, v, 0);
    if (count == 3) v128.store_lane<f32>(p, v, 2, 8);
  }
}

/** (v₀ + v₂) + (v₁ + v₃), always in this order. */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  const pair = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 2, 3));
  return f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
}

/** The largest lane; NaN if any lane is NaN. */
// @ts-ignore: decorator
@inline
export function maxLanes(v: v128): f32 {
  const pair = f32x4.max(v, v128.shuffle<f32>(v, v, 2, 3, 2, 3));
  return max<f32>(f32x4.extract_lane(pair, 0), f32x4.extract_lane(pair, 1));
}

/** a · b + c in two roundings, the same on every CPU. */
// @ts-ignore: decorator
@inline
export function madd4(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}
