/**
 * Sums over parts of distributions: what convolutions, comparisons and writes of a circuit are made of.
 */
import { addTail, addTo, loadTail, madd4, storeTail, sumLanes } from "../../simd/lanes";

/** y[i] += scale · x[i] for `count` numbers. */
export function addScaled(y: usize, x: usize, count: i32, scale: f32): void {
  const scale4 = f32x4.splat(scale);
  const tail = count & 3;
  const body = ((<usize>count) << 2) & ~15;
  for (let i: usize = 0; i < body; i += 16) addTo(y + i, f32x4.mul(scale4, v128.load(x + i)));
  if (tail) addTail(y + body, f32x4.mul(scale4, loadTail(x + body, tail, scale4)), tail);
}

/** Σ_i x[i] · y[i]. */
export function dotOf(x: usize, y: usize, count: i32): f32 {
  const zero = f32x4.splat(0);
  const tail = count & 3;
  const body = ((<usize>count) << 2) & ~15;
  let sum4 = zero;
  for (let i: usize = 0; i < body; i += 16) sum4 = madd4(v128.load(x + i), v128.load(y + i), sum4);
  if (tail) sum4 = madd4(loadTail(x + body, tail, zero), loadTail(y + body, tail, zero), sum4);
  return sumLanes(sum4);
}

/** Σ_i x[i], in the order of dotOf. */
export function sumOf(x: usize, count: i32): f32 {
  const zero = f32x4.splat(0);
  const tail = count & 3;
  const body = ((<usize>count) << 2) & ~15;
  let sum4 = zero;
  for (let i: usize = 0; i < body; i += 16) sum4 = f32x4.add(sum4, v128.load(x + i));
  if (tail) sum4 = f32x4.add(sum4, loadTail(x + body, tail, zero));
  return sumLanes(sum4);
}

/** x[i] := min(max(x[i], −limit), limit). */
export function clampAll(x: usize, count: i32, limit: f32): void {
  const low = f32x4.splat(-limit);
  const high = f32x4.splat(limit);
  const tail = count & 3;
  const body = ((<usize>count) << 2) & ~15;
  for (let i: usize = 0; i < body; i += 16) {
    v128.store(x + i, f32x4.pmin(f32x4.pmax(v128.load(x + i), low), high));
  }
  if (tail) storeTail(x + body, f32x4.pmin(f32x4.pmax(loadTail(x + body, tail, low), low), high), tail);
}

/** Element i of a row. */
// @ts-ignore: decorator
@inline
export function valueAt(x: usize, i: i32): f32 {
  return load<f32>(x + ((<usize>i) << 2));
}

// @ts-ignore: decorator
@inline
export function put(x: usize, i: i32, value: f32): void {
  store<f32>(x + ((<usize>i) << 2), value);
}

/** x[i] += value. */
// @ts-ignore: decorator
@inline
export function gain(x: usize, i: i32, value: f32): void {
  put(x, i, valueAt(x, i) + value);
}
