/**
 * Products of matrices, one by one or in a batch; either factor may be transposed.
 *
 *   matmul, matmulPacked  C[i,j] = Σ_p A[i,p] · B[p,j]       (+= when accumulate is not 0)
 *   matmulTransposedA     C[i,j] = Σ_p A[p,i] · B[p,j]
 *   matmulTransposedB     C[i,j] = Σ_p A[i,p] · B[j,p]
 *
 * They are each other's backward: for C = A · B, dA += dC · Bᵀ and dB += Aᵀ · dC.
 *
 * Shapes  C: f32 (batch, m, n), A: f32 (batch, m, k) or (batch, k, m), B: f32 (batch, k, n) or (batch, n, k),
 *         row-major, contiguous, m, n, k ≥ 1. Any alignment.
 * Scratch panel: 2560 floats.
 * Range   rows [begin, end) of the batch · m rows of C. Every split gives the same bits.
 * Alias   none: C must be its own buffer.
 * Order   of the sum: as in multiplyAdd.ts and multiplyAddTransposed.ts, starting from C or from 0.
 * Error   absolute, against f64: ≤ (k + 1) · 2⁻²⁴ · (|C| + Σ_p |A[i,p]| · |B[p,j]|); transposed B: k / 4 + 5 instead of k + 1.
 */
import { fill } from "../elementwise/fill";
import { multiplyAdd } from "./multiplyAdd";
import { multiplyAddTransposed } from "./multiplyAddTransposed";

export function matmul(
  c: usize,
  a: usize,
  b: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: i32,
  begin: i32,
  end: i32,
): void {
  multiplyBatch(c, a, b, m, k, n, (<usize>k) << 2, 4, 0, accumulate, begin, end);
}

/** matmul for 32 rows and more, with a panel of 2560 floats as scratch. */
export function matmulPacked(
  panel: usize,
  c: usize,
  a: usize,
  b: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: i32,
  begin: i32,
  end: i32,
): void {
  multiplyBatch(c, a, b, m, k, n, (<usize>k) << 2, 4, panel, accumulate, begin, end);
}

export function matmulTransposedA(
  c: usize,
  a: usize,
  b: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: i32,
  begin: i32,
  end: i32,
): void {
  multiplyBatch(c, a, b, m, k, n, 4, (<usize>m) << 2, 0, accumulate, begin, end);
}

export function matmulTransposedB(
  c: usize,
  a: usize,
  b: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: i32,
  begin: i32,
  end: i32,
): void {
  assert(m > 0 && begin <= end);
  if (!accumulate) fill(c, begin * n, end * n, 0);
  for (let r = begin; r < end;) {
    const batch = r / m;
    const rows = min((batch + 1) * m, end) - r; // those of this matrix
    const pc = c + ((<usize>(r * n)) << 2);
    multiplyAddTransposed(pc, a + ((<usize>(r * k)) << 2), b + ((<usize>(batch * n * k)) << 2), k, n, rows);
    r += rows;
  }
}

/** aRow and aStep: bytes from A[i,p] to the element that C's next row needs, and to the one that B's next row does. */
function multiplyBatch(
  c: usize,
  a: usize,
  b: usize,
  m: i32,
  k: i32,
  n: i32,
  aRow: usize,
  aStep: usize,
  panel: usize,
  accumulate: i32,
  begin: i32,
  end: i32,
): void {
  assert(m > 0 && begin <= end);
  if (!accumulate) fill(c, begin * n, end * n, 0);
  for (let r = begin; r < end;) {
    const batch = r / m;
    const rows = min((batch + 1) * m, end) - r; // those of this matrix
    const pc = c + ((<usize>(r * n)) << 2);
    const pa = a + ((<usize>(batch * m * k)) << 2) + <usize>(r - batch * m) * aRow;
    multiplyAdd(pc, pa, aRow, aStep, b + ((<usize>(batch * k * n)) << 2), panel, k, n, rows);
    r += rows;
  }
}
