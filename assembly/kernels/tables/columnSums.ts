/**
 * Sums of a table's columns over selected rows. Neelakantan et al. 2015, arXiv:1511.04834, table 1, "sum".
 *
 *   forward   y[b,c]     = Σ_r s[r,b]·x[r,b,c]
 *   backward  dx[r,b,c] += s[r,b]·dy[b,c],   ds[r,b] += Σ_c x[r,b,c]·dy[b,c]
 *
 * Shapes  x, dx: f32 (rows, batch, columns); s, ds: (rows, batch); y, dy: (batch, columns); row-major, contiguous. Any
 *         alignment.
 * Alias   none: every argument its own buffer.
 * Error   ≤ rows · 2⁻²⁴ Σ_r |s·x| forward; see columns.ts.
 */
import { select, spread, sums } from "./columns";

export function columnSumsForward(y: usize, s: usize, x: usize, columns: i32, rows: i32, batch: i32): void {
  sums(y, s, x, columns, batch, rows, false);
}

export function columnSumsBackward(
  ds: usize,
  dx: usize,
  dy: usize,
  s: usize,
  x: usize,
  columns: i32,
  rows: i32,
  batch: i32,
): void {
  select(ds, x, dy, columns, batch, rows, true);
  spread(dx, s, dy, columns, batch, rows);
}
