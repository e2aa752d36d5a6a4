/**
 * The product of two matrices, added to a third: what the products of this folder share.
 *
 *   C[i,j] = ((C[i,j] + A[i,0] · B[0,j]) + A[i,1] · B[1,j]) + …      one product at a time, p from 0 to k − 1
 *
 * Shapes  C: f32 (rows, n), B: f32 (k, n), row-major, contiguous, k ≥ 1, n ≥ 1. A[i,p] is the f32 at
 *         a + i · aRow + p · aStep, in bytes, so A may be transposed. Any alignment.
 * Scratch panel: 2560 floats, or address 0 to do without.
 * Alias   none: C must be its own buffer.
 * Order   is that of the equation in every tile and tail, so neither the number of rows nor the place of a row or a
 *         column changes a bit.
 * Error   absolute, against f64: ≤ (k + 1) · 2⁻²⁴ · (|C| + Σ_p |A[i,p]| · |B[p,j]|).
 */
import { loadFew } from "./few";
import { addToPairs, addToPairsFew } from "./pairs";
import { addToRow, streamToRow } from "./row";

/** Most of k that a tile walks at once: its part of B and its columns of a transposed A then stay in the first cache. */
const MOST_DEPTH = 160;
/** Rows from which it pays to copy 16 columns of B so that they are contiguous. */
const PACKED_ROWS = 32;
/** Columns from which a single row is better streamed. */
const STREAMED_COLUMNS = 512;

export function multiplyAdd(
  c: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  panel: usize,
  k: i32,
  n: i32,
  rows: i32,
): void {
  assert(k > 0 && n > 0 && rows >= 0);
  const stride = (<usize>n) << 2; // bytes in a row of B and C
  const pairs = k == 1 ? 0 : rows & ~1; // a tile is not worth its loads and stores for one product
  const pack = panel != 0 && pairs >= PACKED_ROWS;

  const blocks = (k + MOST_DEPTH - 1) / MOST_DEPTH;
  const most = (k + blocks - 1) / blocks;
  for (let p = 0; pairs && p < k; p += most) {
    const depth = min(most, k - p);
    const pa = a + <usize>p * aStep;
    for (let j = 0; j < n; j += 16) {
      const width = min(n - j, 16);
      const pc = c + ((<usize>j) << 2);
      const first = <usize>p * stride + ((<usize>j) << 2);
      if (pack) {
        copyPanel(panel, b + first, stride, depth, width);
        if (width == 16) addToPairs(pc, stride, pa, aRow, aStep, panel, 0, 64, depth, pairs);
        else addToPairsFew(pc, stride, pa, aRow, aStep, panel, 64, depth, depth, width, pairs);
      } else if (width == 16) {
        addToPairs(pc, stride, pa, aRow, aStep, b, first, stride, depth, pairs);
      } else {
        const whole = min(max(wholeRows(k, n) - p, 0), depth);
        addToPairsFew(pc, stride, pa, aRow, aStep, b + first, stride, depth, whole, width, pairs);
      }
    }
  }
  for (let i = pairs; i < rows; ++i) {
    const pc = c + <usize>i * stride;
    const pa = a + <usize>i * aRow;
    if (k == 1 || n >= STREAMED_COLUMNS) streamToRow(pc, pa, aStep, b, stride, k, n);
    else addToRow(pc, pa, aStep, b, stride, k, n, wholeRows(k, n));
  }
}

/** Rows of B, from the first on, of which a tile may read 16 columns though fewer are left: it ends in rows below. */
function wholeRows(k: i32, n: i32): i32 {
  return max(k - ((n & ~15) + 15) / n, 0);
}

/** 16 columns of B or the last `width` of them, one row behind the other. */
function copyPanel(panel: usize, b: usize, stride: usize, depth: i32, width: i32): void {
  const end = panel + ((<usize>depth) << 6);
  for (let p = panel; p < end; p += 64) {
    v128.store(p, loadFew(b, width, 0));
    v128.store(p, loadFew(b, width, 4), 16);
    v128.store(p, loadFew(b, width, 8), 32);
    v128.store(p, loadFew(b, width, 12), 48);
    b += stride;
  }
}
