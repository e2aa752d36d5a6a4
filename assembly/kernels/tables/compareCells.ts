/**
 * Cells against numbers of a question, weighted by how much each number is meant. Neelakantan et al. 2015,
 * arXiv:1511.04834, table 1, "greater" and "lesser", and its text match: the mean over pivots of the comparison, so that
 * it has a gradient for the choice among them; of a pivot that is certain it is the paper's.
 *
 *   forward   y[r,b,c] = p[r,b,c] · Σ_n w[b,n]·[x[r,b,c] ∘ q[b,n]],   ∘ one of >, <, ≥, ≤, = (relation 0, 1, 2, 3, 4)
 *   backward  dw[b,n] += Σ_{r,c} dy[r,b,c]·p[r,b,c]·[x[r,b,c] ∘ q[b,n]]
 *
 * Shapes  x, p, y, dy: f32 (rows, batch, columns), row-major, contiguous; q, w, dw: (batch, numbers). Any alignment.
 * Alias   y may be x or p.
 * Error   forward: a sum of `numbers` weights in order, ≤ numbers · 2⁻²⁴ of it. NaN compares as false.
 */
import { loadPart, madd4, storePart, sumLanes } from "../../simd/lanes";

/** All bits of the lanes in which x ∘ q. */
// @ts-ignore: decorator
@inline
function compare4(x: v128, q: v128, relation: i32): v128 {
  if (relation == 0) return f32x4.gt(x, q);
  if (relation == 1) return f32x4.lt(x, q);
  if (relation == 2) return f32x4.ge(x, q);
  return relation == 3 ? f32x4.le(x, q) : f32x4.eq(x, q);
}

export function compareCellsForward(
  y: usize,
  x: usize,
  p: usize,
  q: usize,
  w: usize,
  columns: i32,
  numbers: i32,
  batch: i32,
  rows: i32,
  relation: i32,
): void {
  assert(columns > 0 && numbers > 0);
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; ++r) {
    for (let b = 0; b < batch; ++b) {
      const line = <usize>(r * batch + b) * <usize>columns;
      for (let c = 0; c < columns; c += 4) {
        const at = (line + <usize>c) << 2;
        const left = min(columns - c, 4);
        const cells = loadPart(x + at, left, zero);
        let sum = zero;
        for (let n = b * numbers; n < (b + 1) * numbers; ++n) {
          const here = compare4(cells, v128.load32_splat(q + ((<usize>n) << 2)), relation);
          sum = f32x4.add(sum, v128.and(here, v128.load32_splat(w + ((<usize>n) << 2))));
        }
        storePart(y + at, f32x4.mul(loadPart(p + at, left, zero), sum), left);
      }
    }
  }
}

export function compareCellsBackward(
  dw: usize,
  dy: usize,
  x: usize,
  p: usize,
  q: usize,
  columns: i32,
  numbers: i32,
  batch: i32,
  rows: i32,
  relation: i32,
): void {
  assert(columns > 0 && numbers > 0);
  const zero = f32x4.splat(0);
  for (let b = 0; b < batch; ++b) {
    for (let n = b * numbers; n < (b + 1) * numbers; ++n) {
      const pivot = v128.load32_splat(q + ((<usize>n) << 2));
      let sum = zero;
      for (let r = 0; r < rows; ++r) {
        const line = <usize>(r * batch + b) * <usize>columns;
        for (let c = 0; c < columns; c += 4) {
          const at = (line + <usize>c) << 2;
          const left = min(columns - c, 4);
          const here = compare4(loadPart(x + at, left, zero), pivot, relation);
          // Where a lane is not there, dy is 0.
          sum = madd4(loadPart(dy + at, left, zero), v128.and(here, loadPart(p + at, left, zero)), sum);
        }
      }
      const to = dw + ((<usize>n) << 2);
      store<f32>(to, load<f32>(to) + sumLanes(sum));
    }
  }
}
