/**
 * Writes into few rows of a memory, in place. Rae et al. 2016, arXiv:1610.09027, (3), (5), (6), (8).
 *
 *   forward   u[h]: as many rows as there are heads that are not in use yet, or else that were not used for longest
 *             M[u[h]] = 0 for all heads; then M[i[h,k]] += w[h,k]·a[h] and M[u[h]] += w[h,count]·a[h], in the order of h
 *             and k; then rows that were not in use and those with w > δ go to the end of the order of use
 *             next = version + 1
 *   backward  dw[h,k] += a[h] · dM[i],   da[h] += Σ_k w[h,k]·dM[i],   then dM[u[h]] = 0; and memory and norms are
 *             again what they were before the call, to the bit, so that what was recorded before finds what it read
 *
 * Shapes  version, next: f32 (batch); oldest u: (batch, heads); undo: (batch, heads·(count + 1), width); memory:
 *         (batch, slots, width); norms: (batch, slots); ring, used: see ring.ts; w: (batch, heads, count + 1); a: (batch, heads,
 *         width); indices i: (batch, heads, count); dtouched: (batch, places, 1 + width), see touched.ts. Contiguous, any
 *         alignment. heads ≤ slots. An index that is no row's writes nothing.
 * Range   batch [begin, end).
 * Alias   none: every argument its own buffer.
 * Error   a row: 2⁻²³ Σ|w||a| + 2⁻²⁴ |M|, against f64; norms 5 · 2⁻²⁴ |M| for widths up to 64.
 * Note    The order of use is not undone: backward has no need of it.
 */
import { dot } from "../../simd/rows";
import { inUse, rowBehind, takeUpTo, useRow } from "./ring";
import { gradientOf } from "./touched";
import { addMultiple, addNumber, rowNumber } from "./vectors";
import { written } from "./written";

export function writeRowsForward(
  next: usize,
  oldest: usize,
  undo: usize,
  rows: usize,
  norms: usize,
  ring: usize,
  used: usize,
  version: usize,
  weights: usize,
  add: usize,
  indices: usize,
  heads: i32,
  count: i32,
  slots: i32,
  width: i32,
  begin: i32,
  end: i32,
  delta: f32,
): void {
  assert(heads <= slots);
  const row = (<usize>width) << 2;
  for (let b = begin; b < end; ++b) {
    store<f32>(next + ((<usize>b) << 2), load<f32>(version + ((<usize>b) << 2)) + 1);
    const m = rows + <usize>(b * slots) * row;
    const n = norms + ((<usize>(b * slots)) << 2);
    const order = ring + (((<usize>b * (<usize>slots + 1)) << 1) << 2);
    let kept = undo + <usize>(b * heads * (count + 1)) * row;
    const taken = used + ((<usize>b) << 2);
    let last = slots;
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      let i = inUse(taken, slots);
      if (i < slots) takeUpTo(i, taken, order, m, n, slots, row);
      else i = last = rowBehind(order, slots, last);
      store<f32>(oldest + ((<usize>h) << 2), <f32>i);
      if (i == slots) memory.fill(kept, 0, row);
      else {
        memory.copy(kept, m + <usize>i * row, row);
        memory.fill(m + <usize>i * row, 0, row);
      }
      kept += row;
    }
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const a = add + <usize>h * row;
      const w = weights + ((<usize>(h * (count + 1))) << 2);
      for (let k = 0; k < count; ++k, kept += row) {
        const i = rowNumber(load<f32>(indices + ((<usize>(h * count + k)) << 2)), slots);
        if (i < 0) {
          memory.fill(kept, 0, row);
          continue;
        }
        takeUpTo(i, taken, order, m, n, slots, row);
        memory.copy(kept, m + <usize>i * row, row);
        addMultiple(m + <usize>i * row, load<f32>(w + ((<usize>k) << 2)), a, row);
      }
      const i = rowNumber(load<f32>(oldest + ((<usize>h) << 2)), slots);
      if (i >= 0) addMultiple(m + <usize>i * row, load<f32>(w + ((<usize>count) << 2)), a, row);
    }
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      for (let k = 0; k <= count; ++k) {
        const i = written(oldest, indices, h, k, count, slots);
        if (i < 0) continue;
        measure(n, m, i, row);
        if (load<f32>(weights + ((<usize>(h * (count + 1) + k)) << 2)) > delta) useRow(order, slots, i);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function measure(norms: usize, m: usize, i: i32, row: usize): void {
  const at = m + <usize>i * row;
  store<f32>(norms + ((<usize>i) << 2), sqrt(dot(at, at, row)));
}

export function writeRowsBackward(
  dweights: usize,
  dadd: usize,
  rows: usize,
  norms: usize,
  dtouched: usize,
  weights: usize,
  add: usize,
  indices: usize,
  oldest: usize,
  undo: usize,
  heads: i32,
  count: i32,
  slots: i32,
  width: i32,
  places: i32,
  begin: i32,
  end: i32,
): void {
  const row = (<usize>width) << 2;
  const stride = row + 4;
  for (let b = begin; b < end; ++b) {
    const touched = dtouched + <usize>(b * places) * stride;
    const m = rows + <usize>(b * slots) * row;
    const n = norms + ((<usize>(b * slots)) << 2);
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const a = add + <usize>h * row;
      for (let k = 0; k <= count; ++k) {
        const i = written(oldest, indices, h, k, count, slots);
        const dm = i < 0 ? 0 : gradientOf(touched, places, stride, i, false);
        if (!dm) continue;
        const at = <usize>(h * (count + 1) + k);
        addNumber(dweights, at, dot(a, dm, row));
        addMultiple(dadd + <usize>h * row, load<f32>(weights + (at << 2)), dm, row);
      }
    }
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const i = written(oldest, indices, h, count, count, slots);
      const dm = i < 0 ? 0 : gradientOf(touched, places, stride, i, false);
      if (dm) memory.fill(dm, 0, row);
    }
    let kept = undo + <usize>((b + 1) * heads * (count + 1)) * row;
    for (let h = (b + 1) * heads - 1; h >= b * heads; --h) {
      for (let k = count - 1; k >= 0; --k) {
        kept -= row;
        restore(n, m, written(oldest, indices, h, k, count, slots), kept, row);
      }
    }
    for (let h = (b + 1) * heads - 1; h >= b * heads; --h) {
      kept -= row;
      restore(n, m, written(oldest, indices, h, count, count, slots), kept, row);
    }
  }
}

function restore(norms: usize, m: usize, i: i32, kept: usize, row: usize): void {
  if (i < 0) return;
  memory.copy(m + <usize>i * row, kept, row);
  measure(norms, m, i, row);
}
