/**
 * An affine map of every row.
 *
 *   forward   y[r,j]  = b[j] + Σ_i x[r,i] · W[i,j]
 *   backward  db[j]  += Σ_r dy[r,j]
 *             dx and dW are products: dx += dy · Wᵀ and dW += xᵀ · dy, see matmul.ts.
 *
 * Shapes  y, dy: f32 (rows, outputs), x: f32 (rows, inputs), W: f32 (inputs, outputs), b, db: f32 (outputs), row-major,
 *         contiguous, inputs, outputs ≥ 1. Any alignment.
 * Range   forward: rows [begin, end), every split gives the same bits. backward: a sum over all the rows, not split.
 * Alias   none: y and db must be their own buffers.
 * Order   of the sum: b first, then i from 0 on, one product at a time.
 * Error   absolute, against f64: forward ≤ (inputs + 1) · 2⁻²⁴ · (|b| + Σ_i |x[r,i]| · |W[i,j]|),
 *         backward ≤ rows · 2⁻²⁴ · (|db| + Σ_r |dy[r,j]|).
 */
import { spreadMiddle, sumMiddle } from "../reduce/middle";
import { multiplyAdd } from "./multiplyAdd";

export function linearForward(
  y: usize,
  x: usize,
  weights: usize,
  bias: usize,
  inputs: i32,
  outputs: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end);
  const xRow = (<usize>inputs) << 2; // bytes
  const py = y + ((<usize>(begin * outputs)) << 2);
  spreadMiddle(py, bias, end - begin, outputs, 0, 1, false);
  multiplyAdd(py, x + <usize>begin * xRow, xRow, 4, weights, 0, inputs, outputs, end - begin);
}

export function linearBackward(dbias: usize, dy: usize, outputs: i32, rows: i32): void {
  sumMiddle(dbias, dy, rows, outputs, 0, 1, true);
}
