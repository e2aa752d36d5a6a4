/**
 * Words on four neighbouring rows of a matrix, `row` bytes each. There may be fewer (count 1..3): then the first stands
 * in for the missing ones, whose lane of a result means nothing and whose coefficient must be 0.
 */
import { addTail, addTo, loadTail, madd4, sumLanes, sumLanesOf4 } from "./lanes";

/** Address of row i. */
// @ts-ignore: decorator
@inline
export function rowAt(m: usize, row: usize, i: i32, count: i32): usize {
  return i < count ? m + <usize>i * row : m;
}

/** Lane 0 in all four lanes; and so on. */
// @ts-ignore: decorator
@inline
export function splat0(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 0, 0, 0, 0);
}

// @ts-ignore: decorator
@inline
export function splat1(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 1, 1, 1, 1);
}

// @ts-ignore: decorator
@inline
export function splat2(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 2, 2, 2, 2);
}

// @ts-ignore: decorator
@inline
export function splat3(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 3, 3, 3, 3);
}

/** x · y of two rows. */
// @ts-ignore: decorator
@inline
export function dot(x: usize, y: usize, row: usize): f32 {
  const body = row & ~15;
  const tail = (<i32>(row >> 2)) & 3;
  const zero = f32x4.splat(0);
  let sum4 = zero;
  for (let j: usize = 0; j < body; j += 16) sum4 = madd4(v128.load(x + j), v128.load(y + j), sum4);
  if (tail) sum4 = madd4(loadTail(x + body, tail, zero), loadTail(y + body, tail, zero), sum4);
  return sumLanes(sum4);
}

/** m[i] · x of four rows m, each with the bits of `dot`. */
// @ts-ignore: decorator
@inline
export function dot4(m: usize, x: usize, row: usize, count: i32): v128 {
  const m1 = rowAt(m, row, 1, count);
  const m2 = rowAt(m, row, 2, count);
  const m3 = rowAt(m, row, 3, count);
  const body = row & ~15;
  const tail = (<i32>(row >> 2)) & 3;
  const zero = f32x4.splat(0);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let j: usize = 0;
  if (body) {
    do {
      const x4 = v128.load(x + j);
      s0 = madd4(v128.load(m + j), x4, s0);
      s1 = madd4(v128.load(m1 + j), x4, s1);
      s2 = madd4(v128.load(m2 + j), x4, s2);
      s3 = madd4(v128.load(m3 + j), x4, s3);
      j += 16;
    } while (j < body);
  }
  if (tail) {
    const x4 = loadTail(x + body, tail, zero);
    s0 = madd4(loadTail(m + body, tail, zero), x4, s0);
    s1 = madd4(loadTail(m1 + body, tail, zero), x4, s1);
    s2 = madd4(loadTail(m2 + body, tail, zero), x4, s2);
    s3 = madd4(loadTail(m3 + body, tail, zero), x4, s3);
  }
  return sumLanesOf4(s0, s1, s2, s3);
}

/** y += Σ_i w[i] · m[i] over four rows m. */
// @ts-ignore: decorator
@inline
export function addRows4(y: usize, m: usize, w: v128, row: usize, count: i32): void {
  const m1 = rowAt(m, row, 1, count);
  const m2 = rowAt(m, row, 2, count);
  const m3 = rowAt(m, row, 3, count);
  const w0 = splat0(w);
  const w1 = splat1(w);
  const w2 = splat2(w);
  const w3 = splat3(w);
  const body = row & ~15;
  const tail = (<i32>(row >> 2)) & 3;
  let j: usize = 0;
  if (body) {
    do {
      const low = madd4(w0, v128.load(m + j), f32x4.mul(w1, v128.load(m1 + j)));
      const high = madd4(w2, v128.load(m2 + j), f32x4.mul(w3, v128.load(m3 + j)));
      addTo(y + j, f32x4.add(low, high));
      j += 16;
    } while (j < body);
  }
  if (tail) {
    const zero = f32x4.splat(0);
    const m01 = f32x4.mul(w1, loadTail(m1 + body, tail, zero));
    const m23 = f32x4.mul(w3, loadTail(m3 + body, tail, zero));
    const low = madd4(w0, loadTail(m + body, tail, zero), m01);
    const high = madd4(w2, loadTail(m2 + body, tail, zero), m23);
    addTail(y + body, f32x4.add(low, high), tail);
  }
}

/** m[i] += w[i] · x for four rows m. */
// @ts-ignore: decorator
@inline
export function addOuter4(m: usize, w: v128, x: usize, row: usize, count: i32): void {
  const m1 = rowAt(m, row, 1, count);
  const m2 = rowAt(m, row, 2, count);
  const m3 = rowAt(m, row, 3, count);
  const w0 = splat0(w);
  const w1 = splat1(w);
  const w2 = splat2(w);
  const w3 = splat3(w);
  const body = row & ~15;
  const tail = (<i32>(row >> 2)) & 3;
  let j: usize = 0;
  if (body) {
    do {
      const x4 = v128.load(x + j);
      addTo(m + j, f32x4.mul(w0, x4));
      addTo(m1 + j, f32x4.mul(w1, x4));
      addTo(m2 + j, f32x4.mul(w2, x4));
      addTo(m3 + j, f32x4.mul(w3, x4));
      j += 16;
    } while (j < body);
  }
  if (tail) {
    const x4 = loadTail(x + body, tail, f32x4.splat(0));
    addTail(m + body, f32x4.mul(w0, x4), tail);
    addTail(m1 + body, f32x4.mul(w1, x4), tail);
    addTail(m2 + body, f32x4.mul(w2, x4), tail);
    addTail(m3 + body, f32x4.mul(w3, x4), tail);
  }
}
