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

/** Adds v into the four floats from p on. */
// @ts-ignore: decorator
@inline
export function addTo(p: usize, v: v128): void {
  v128.store(p, f32x4.add(v128.load(p), v));
}

/** Adds the first count (1..3) lanes of v into the floats from p on. */
// @ts-ignore: decorator
@inline
export function addTail(p: usize, v: v128, count: i32): void {
  storeTail(p, f32x4.add(loadTail(p, count, v), v), count);
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

/** count (1..4) floats from p on, the other lanes from fill. */
// @ts-ignore: decorator
@inline
export function loadPart(p: usize, count: i32, fill: v128): v128 {
  return count == 4 ? v128.load(p) : loadTail(p, count, fill);
}

/** The first count (1..4) lanes of v to p. */
// @ts-ignore: decorator
@inline
export function storePart(p: usize, v: v128, count: i32): void {
  if (count == 4) v128.store(p, v);
  else storeTail(p, v, count);
}

/** Adds the first count (1..4) lanes of v to what is at p. */
// @ts-ignore: decorator
@inline
export function addPart(p: usize, v: v128, count: i32): void {
  storePart(p, f32x4.add(loadPart(p, count, f32x4.splat(0)), v), count);
}

/** The sums of four vectors, each in the order of sumLanes. */
// @ts-ignore: decorator
@inline
export function sumLanesOf4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
