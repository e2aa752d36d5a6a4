/**
 * The two walks over a middle axis that broadcast and sum share: each is the other's backward.
 *
 * `add` is a literal at every call, so that both forms compile to straight loops.
 */
import { addTail, addTo, loadTail, storeTail, sumLanes } from "../../simd/lanes";

/** y[o,i] = Σ_r x[o,r,i], or added into y. Rows are added in order; of a single column see sumRow. */
// @ts-ignore: decorator
@inline
export function sumMiddle(y: usize, x: usize, repeat: i32, inner: i32, begin: i32, end: i32, add: bool): void {
  assert(repeat >= 0 && inner > 0 && begin <= end);
  const stride = (<usize>inner) << 2; // bytes in a row
  const body = stride & ~15;
  const tail = inner & 3;
  const block = <usize>repeat * stride;
  const zero = f32x4.splat(0);

  for (let o = begin; o < end; ++o) {
    const px = x + <usize>o * block;
    const py = y + <usize>o * stride;
    if (inner == 1) {
      const sum = sumRow(px, repeat);
      store<f32>(py, add ? load<f32>(py) + sum : sum);
      continue;
    }
    const last = px + block;
    let i: usize = 0;
    for (; i + 64 <= body; i += 64) {
      let s0 = zero;
      let s1 = zero;
      let s2 = zero;
      let s3 = zero;
      for (let p = px + i; p < last; p += stride) {
        s0 = f32x4.add(s0, v128.load(p));
        s1 = f32x4.add(s1, v128.load(p, 16));
        s2 = f32x4.add(s2, v128.load(p, 32));
        s3 = f32x4.add(s3, v128.load(p, 48));
      }
      put(py + i, s0, add);
      put(py + i + 16, s1, add);
      put(py + i + 32, s2, add);
      put(py + i + 48, s3, add);
    }
    for (; i < body; i += 16) {
      let sum = zero;
      for (let p = px + i; p < last; p += stride) sum = f32x4.add(sum, v128.load(p));
      put(py + i, sum, add);
    }
    if (tail) {
      let sum = zero;
      for (let p = px + i; p < last; p += stride) sum = f32x4.add(sum, loadTail(p, tail, zero));
      putTail(py + i, sum, tail, add);
    }
  }
}

/** y[o,r,i] = x[o,i], or added into y. */
// @ts-ignore: decorator
@inline
export function spreadMiddle(y: usize, x: usize, repeat: i32, inner: i32, begin: i32, end: i32, add: bool): void {
  assert(repeat >= 0 && inner > 0 && begin <= end);
  const flat = inner == 1; // then a block is one row of equal elements
  const stride = (<usize>inner) << 2;
  const row = flat ? (<usize>repeat) << 2 : stride;
  const body = row & ~15;
  const tail = (flat ? repeat : inner) & 3;
  const block = <usize>repeat * stride;
  const zero = f32x4.splat(0);

  for (let o = begin; o < end; ++o) {
    const px = x + <usize>o * stride;
    const first = y + <usize>o * block;
    if (flat) {
      const v = v128.load32_splat(px);
      for (let i: usize = 0; i < body; i += 16) put(first + i, v, add);
      if (tail) putTail(first + body, v, tail, add);
      continue;
    }
    for (let py = first; py < first + block; py += stride) {
      for (let i: usize = 0; i < body; i += 16) put(py + i, v128.load(px + i), add);
      if (tail) putTail(py + body, loadTail(px + body, tail, zero), tail, add);
    }
  }
}

/**
 * Sum of count floats: vector k goes to accumulator k mod 4 while four remain, the rest to the first;
 * (s₀ + s₁) + (s₂ + s₃), then the lanes.
 */
function sumRow(p: usize, count: i32): f32 {
  const bytes = (<usize>count) << 2;
  const body = bytes & ~15;
  const tail = count & 3;
  const zero = f32x4.splat(0);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let i: usize = 0;
  for (; i + 64 <= body; i += 64) {
    s0 = f32x4.add(s0, v128.load(p + i));
    s1 = f32x4.add(s1, v128.load(p + i, 16));
    s2 = f32x4.add(s2, v128.load(p + i, 32));
    s3 = f32x4.add(s3, v128.load(p + i, 48));
  }
  for (; i < body; i += 16) s0 = f32x4.add(s0, v128.load(p + i));
  if (tail) s0 = f32x4.add(s0, loadTail(p + body, tail, zero));
  return sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
}

// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, add: bool): void {
  if (add) addTo(p, v);
  else v128.store(p, v);
}

// @ts-ignore: decorator
@inline
function putTail(p: usize, v: v128, count: i32, add: bool): void {
  if (add) addTail(p, v, count);
  else storeTail(p, v, count);
}
