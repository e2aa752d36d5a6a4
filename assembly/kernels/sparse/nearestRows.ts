/**
 * The rows of a memory that are most like a query, by the cosine, and how alike they are. Rae et al. 2016,
 * arXiv:1610.09027, (2), (4): only these are read, and only these have a gradient.
 *
 *   forward   K[i] = (q · M[i]) / (|q||M[i]| + ε);   indices: the `count` largest, largest first, of equal ones the
 *             first row first; similarities: their K. Rows that are not in use are 0, and so is their K.
 *   backward  with a = dK / (|q||M[i]| + ε):  dq += a·M[i] − (a·K·|M[i]| / |q|)·q,   dM[i] += a·q − (a·K·|q| / |M[i]|)·M[i]
 *             A second term is left out where the norm that divides it is 0.
 *
 * Shapes  indices, similarities: f32 (batch, heads, count); query: (batch, heads, width); memory: (batch, slots, width);
 *         norms |M|: (batch, slots); used: (batch), the rows that are in use, see ring.ts; dtouched: (batch, places, 1 + width), the gradients of rows, see touched.ts.
 *         Contiguous, any alignment; count ≤ slots < 2²⁴.
 * Range   batch [begin, end). Heads do not mix.
 * Alias   none: every argument its own buffer.
 * Error   K: 5 · 2⁻²⁴ for widths up to 64, against f64. Rows nearer to each other than that may change places.
 *         A similarity that is not a number counts as the largest, so that it is not lost.
 */
import { dot } from "../../simd/rows";
import { keep, search } from "./found";
import { inUse } from "./ring";
import { gradientOf } from "./touched";
import { addMultiple, rowNumber } from "./vectors";

/** Rows that are gone through for all heads, one after the other, while they are in the cache. */
const BLOCK: i32 = 128;

export function nearestRowsForward(
  indices: usize,
  similarities: usize,
  query: usize,
  rows: usize,
  norms: usize,
  used: usize,
  heads: i32,
  count: i32,
  slots: i32,
  width: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  assert(count <= slots);
  const row = (<usize>width) << 2;
  const found = (<usize>count) << 2;
  for (let b = begin; b < end; ++b) {
    const m = rows + <usize>(b * slots) * row;
    const n = norms + ((<usize>(b * slots)) << 2);
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      for (let k = 0; k < count; ++k) {
        const at = <usize>h * found + ((<usize>k) << 2);
        store<f32>(indices + at, <f32>k);
        store<f32>(similarities + at, -Infinity);
      }
    }
    const taken = inUse(used + ((<usize>b) << 2), slots);
    for (let from = 0; from < taken; from += BLOCK) {
      const to = min(from + BLOCK, taken);
      for (let h = b * heads; h < (b + 1) * heads; ++h) {
        const q = query + <usize>h * row;
        const at = <usize>h * found;
        search(indices + at, similarities + at, q, m, n, count, row, from, to, epsilon);
      }
    }
    for (let i = taken; i < min(taken + count, slots); ++i) {
      for (let h = b * heads; h < (b + 1) * heads; ++h) {
        const at = <usize>h * found;
        keep(indices + at, similarities + at, count, i, 0);
      }
    }
  }
}

export function nearestRowsBackward(
  dquery: usize,
  dtouched: usize,
  dsimilarities: usize,
  query: usize,
  rows: usize,
  norms: usize,
  used: usize,
  indices: usize,
  similarities: usize,
  heads: i32,
  count: i32,
  slots: i32,
  width: i32,
  places: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  const row = (<usize>width) << 2;
  const stride = row + 4;
  for (let b = begin; b < end; ++b) {
    const touched = dtouched + <usize>(b * places) * stride;
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const q = query + <usize>h * row;
      const dq = dquery + <usize>h * row;
      const size = sqrt(dot(q, q, row));
      let radial: f32 = 0; // Σ a·K·|M[i]|
      for (let k = 0; k < count; ++k) {
        const at = (<usize>(h * count + k)) << 2;
        const i = rowNumber(load<f32>(indices + at), inUse(used + ((<usize>b) << 2), slots));
        if (i < 0) continue;
        const m = rows + <usize>(b * slots + i) * row;
        const norm = load<f32>(norms + ((<usize>(b * slots + i)) << 2));
        const a = load<f32>(dsimilarities + at) / (size * norm + epsilon);
        const ak = a * load<f32>(similarities + at);
        addMultiple(dq, a, m, row);
        radial += ak * norm;
        const dm = gradientOf(touched, places, stride, i, true);
        if (!dm) continue;
        addMultiple(dm, a, q, row);
        if (norm != 0) addMultiple(dm, (-ak * size) / norm, m, row);
      }
      if (size != 0) addMultiple(dq, -radial / size, q, row);
    }
  }
}
