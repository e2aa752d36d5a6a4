/**
 * What a table says of each row, its columns weighted: the sums over columns of Neelakantan et al. 2015,
 * arXiv:1511.04834, section 2.3.
 *
 *   forward   y[r,b]     = Σ_c x[r,b,c]·w[b,c]
 *   backward  dx[r,b,c] += dy[r,b]·w[b,c],   dw[b,c] += Σ_r dy[r,b]·x[r,b,c]
 *
 * Shapes  x, dx: f32 (rows, batch, columns); w, dw: (batch, columns); y, dy: (rows, batch); row-major, contiguous. Any
 *         alignment.
 * Alias   none: every argument its own buffer.
 * Error   ≤ columns · 2⁻²⁴ Σ_c |x·w| forward; see columns.ts.
 */
import { select, spread, sums } from "./columns";

export function selectColumnForward(y: usize, x: usize, w: usize, columns: i32, rows: i32, batch: i32): void {
  select(y, x, w, columns, batch, rows, false);
}

export function selectColumnBackward(
  dx: usize,
  dw: usize,
  dy: usize,
  x: usize,
  w: usize,
  columns: i32,
  rows: i32,
  batch: i32,
): void {
  spread(dx, dy, w, columns, batch, rows);
  sums(dw, dy, x, columns, batch, rows, true);
}
