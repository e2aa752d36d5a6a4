/**
 * Softmax of a row too long for one thread, in parts whose length depends on nothing but the row's.
 *
 *   part   y[c] = exp(x[c] − m),  m = max_c x[c],  s = Σ_c y[c]
 *   join   y[c] = y[c] · exp(m − M) / S,  M = max_p m[p],  S = Σ_p s[p] · exp(m[p] − M)
 *
 * Shapes  y, x: f32 (cols) of this part; sum: (2), its m and s; sums: (parts, 2), those of every part. Any alignment.
 *         cols, parts ≥ 1.
 * Range   a part a call. Every part must have run before any is joined.
 * Alias   y may be x.
 * Error   that of softmax, and 2 · 2⁻²⁴ more.
 *         NaN makes the whole row NaN, and so does a row of only −∞; a part of only −∞ is 0 like any other exp.
 */
import { expNegative4 } from "../../simd/exp";
import { loadTail, maxLanes, storeTail, sumLanes } from "../../simd/lanes";

export function softmaxPart(y: usize, sum: usize, x: usize, cols: i32): void {
  assert(cols > 0);
  const body = ((<usize>cols) << 2) & ~15;
  const tail = cols & 3;
  const lowest = f32x4.splat(-Infinity);

  let max4 = lowest;
  for (let i: usize = 0; i < body; i += 16) max4 = f32x4.pmax(max4, v128.load(x + i));
  if (tail) max4 = f32x4.pmax(max4, loadTail(x + body, tail, lowest));
  const max = maxLanes(max4);
  const m = f32x4.splat(max == -Infinity ? 0 : max); // −∞ − 0 stays −∞, whose exp is 0

  let sum4 = f32x4.splat(0);
  for (let i: usize = 0; i < body; i += 16) {
    const e = expNegative4(f32x4.sub(v128.load(x + i), m));
    v128.store(y + i, e);
    sum4 = f32x4.add(sum4, e);
  }
  if (tail) {
    const e = expNegative4(f32x4.sub(loadTail(x + body, tail, lowest), m));
    storeTail(y + body, e, tail);
    sum4 = f32x4.add(sum4, e);
  }
  store<f32>(sum, max);
  store<f32>(sum, sumLanes(sum4), 4);
}

export function softmaxJoin(y: usize, sum: usize, sums: usize, parts: i32, cols: i32): void {
  assert(cols > 0 && parts > 0);
  let max: f32 = -Infinity;
  for (let p: usize = 0; p < <usize>parts; ++p) max = f32.max(max, load<f32>(sums + (p << 3)));
  let total: f32 = 0;
  for (let p: usize = 0; p < <usize>parts; ++p) total += load<f32>(sums + (p << 3), 4) * scaleOf(sums + (p << 3), max);
  const factor = f32x4.splat(scaleOf(sum, max) / total);

  const body = ((<usize>cols) << 2) & ~15;
  const tail = cols & 3;
  for (let i: usize = 0; i < body; i += 16) v128.store(y + i, f32x4.mul(v128.load(y + i), factor));
  if (tail) storeTail(y + body, f32x4.mul(loadTail(y + body, tail, factor), factor), tail);
}

/** exp(m − M) of a part. */
function scaleOf(part: usize, max: f32): f32 {
  return f32x4.extract_lane(expNegative4(f32x4.splat(load<f32>(part) - max)), 0);
}
