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
import { dot, dot4 } from "../../simd/rows";
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

/** What of rows [from, to) is nearer than what was found. */
function search(
  indices: usize,
  similarities: usize,
  q: usize,
  m: usize,
  n: usize,
  count: i32,
  row: usize,
  from: i32,
  to: i32,
  epsilon: f32,
): void {
  const size = sqrt(dot(q, q, row));
  const size4 = f32x4.splat(size);
  const epsilon4 = f32x4.splat(epsilon);
  const last = similarities + ((<usize>count - 1) << 2);
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const d = f32x4.add(f32x4.mul(size4, v128.load(n + ((<usize>i) << 2))), epsilon4);
    const k = f32x4.div(dot4(m + <usize>i * row, q, row, 4), d);
    const isNear = v128.or(f32x4.gt(k, v128.load32_splat(last)), f32x4.ne(k, k));
    if (!v128.any_true(isNear)) continue;
    keep(indices, similarities, count, i, f32x4.extract_lane(k, 0));
    keep(indices, similarities, count, i + 1, f32x4.extract_lane(k, 1));
    keep(indices, similarities, count, i + 2, f32x4.extract_lane(k, 2));
    keep(indices, similarities, count, i + 3, f32x4.extract_lane(k, 3));
  }
  for (; i < to; ++i) {
    const d = size * load<f32>(n + ((<usize>i) << 2)) + epsilon;
    keep(indices, similarities, count, i, dot(m + <usize>i * row, q, row) / d);
  }
}

/** Puts a row into its place among those found, if it has one. */
function keep(indices: usize, similarities: usize, count: i32, row: i32, similarity: f32): void {
  let at = (<usize>count - 1) << 2;
  if (!isNearer(similarity, load<f32>(similarities + at))) return;
  while (at && isNearer(similarity, load<f32>(similarities + at - 4))) {
    store<f32>(indices + at, load<f32>(indices + at - 4));
    store<f32>(similarities + at, load<f32>(similarities + at - 4));
    at -= 4;
  }
  store<f32>(indices + at, <f32>row);
  store<f32>(similarities + at, similarity);
}

// @ts-ignore: decorator
@inline
function isNearer(similarity: f32, than: f32): bool {
  return similarity > than || similarity != similarity;
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
