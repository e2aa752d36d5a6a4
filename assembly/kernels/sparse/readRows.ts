/**
 * A weighted sum of the few rows that were found, which are used by it. Rae et al. 2016, arXiv:1610.09027, (4), (6).
 *
 *   forward   r[h] = Σ_k w[h,k]·M[i[h,k]];   every row that was not in use, or that has w > δ, goes to the end of the
 *             order of use, in the order of h and k
 *   backward  dw[h,k] += dr[h] · M[i],   dM[i] += w[h,k]·dr[h]
 *
 * Shapes  r: f32 (batch, heads, width); w, indices: (batch, heads, count); memory: (batch, slots, width); norms:
 *         (batch, slots); ring, used: see ring.ts; dtouched: (batch, places, 1 + width), see touched.ts. Contiguous, any alignment. An index that is
 *         no row's reads nothing.
 * Range   batch [begin, end).
 * Alias   none: every argument its own buffer.
 * Error   (count + 1) · 2⁻²⁴ Σ|w||M|, against f64.
 */
import { dot } from "../../simd/rows";
import { takeUpTo, useRow } from "./ring";
import { gradientOf } from "./touched";
import { addMultiple, addNumber, rowNumber } from "./vectors";

export function readRowsForward(
  read: usize,
  rows: usize,
  norms: usize,
  ring: usize,
  used: usize,
  weights: usize,
  indices: usize,
  heads: i32,
  count: i32,
  slots: i32,
  width: i32,
  begin: i32,
  end: i32,
  delta: f32,
): void {
  const row = (<usize>width) << 2;
  memory.fill(read + <usize>(begin * heads) * row, 0, <usize>((end - begin) * heads) * row);
  for (let b = begin; b < end; ++b) {
    const order = ring + (((<usize>b * (<usize>slots + 1)) << 1) << 2);
    const m = rows + <usize>(b * slots) * row;
    const n = norms + ((<usize>(b * slots)) << 2);
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      for (let k = h * count; k < (h + 1) * count; ++k) {
        const i = rowNumber(load<f32>(indices + ((<usize>k) << 2)), slots);
        if (i < 0) continue;
        const weight = load<f32>(weights + ((<usize>k) << 2));
        takeUpTo(i, used + ((<usize>b) << 2), order, m, n, slots, row);
        addMultiple(read + <usize>h * row, weight, m + <usize>i * row, row);
        if (weight > delta) useRow(order, slots, i);
      }
    }
  }
}

export function readRowsBackward(
  dweights: usize,
  dtouched: usize,
  dread: usize,
  weights: usize,
  indices: usize,
  rows: usize,
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
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const dr = dread + <usize>h * row;
      for (let k = h * count; k < (h + 1) * count; ++k) {
        const i = rowNumber(load<f32>(indices + ((<usize>k) << 2)), slots);
        if (i < 0) continue;
        addNumber(dweights, k, dot(dr, rows + <usize>(b * slots + i) * row, row));
        const dm = gradientOf(touched, places, stride, i, true);
        if (dm) addMultiple(dm, load<f32>(weights + ((<usize>k) << 2)), dr, row);
      }
    }
  }
}
