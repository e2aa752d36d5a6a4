/**
 * The product of two matrices, added to a third: what the products of this folder share.
 *
 *   C[i,j] = ((C[i,j] + A[i,0] · B[0,j]) + A[i,1] · B[1,j]) + …      one product at a time, p from 0 to k − 1
 *
 * Shapes  C: f32 (rows, n), B: f32 (k, n), row-major, contiguous, k ≥ 1, n ≥ 1. A[i,p] is the f32 at
 *         a + i · aRow + p · aStep, in bytes, so A may be transposed. Any alignment.
 * Order   is that of the equation in every tile and tail, so neither the number of rows nor the place of a row or a
 *         column changes a bit.
 * Alias   none: C must be its own buffer.
 * Error   absolute, against f64: ≤ (k + 1) · 2⁻²⁴ · (|C| + Σ_p |A[i,p]| · |B[p,j]|).
 *
 * Two rows of 16 columns stay in registers for the whole of k: eight sums, and no more values than the 15 vector
 * registers that V8 hands out. What is left over - fewer than 16 columns, a single row - streams through B four rows at
 * a time. A matrix times one vector is all that: it reads B once, from front to back, as fast as the cache delivers.
 */
import { loadTail, madd4, storeTail } from "../../simd/lanes";

/** Most of k that a tile walks at once; then its part of B and its columns of a transposed A stay in the first cache. */
const MOST_DEPTH = 160;
/** Rows from which copying B, 16 columns at a time, is repaid. */
const PACKED_ROWS = 32;

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
  const tiled = stride & ~63; // bytes in the tiles of a row
  const pack = panel != 0 && pairs >= PACKED_ROWS;

  const blocks = (k + MOST_DEPTH - 1) / MOST_DEPTH;
  const most = (k + blocks - 1) / blocks;
  for (let p = 0; p < k; p += most) {
    const depth = min(most, k - p);
    const pa = a + <usize>p * aStep;
    for (let j: usize = 0; j < tiled; j += 64) {
      const first = <usize>p * stride + j;
      if (pack) {
        copyPanel(panel, b + first, stride, depth);
        columns(c + j, stride, pa, aRow, aStep, panel, 0, 64, depth, pairs);
      } else {
        columns(c + j, stride, pa, aRow, aStep, b, first, stride, depth, pairs);
      }
    }
  }
  if (tiled < stride) {
    for (let i = 0; i < pairs; ++i) {
      addRows(c + <usize>i * stride + tiled, a + <usize>i * aRow, aStep, b + tiled, stride, stride - tiled, k);
    }
  }
  for (let i = pairs; i < rows; ++i) {
    addRows(c + <usize>i * stride, a + <usize>i * aRow, aStep, b, stride, stride, k);
  }
}

/** 16 columns of B, one row behind the other. */
// @ts-ignore: decorator
@inline
function copyPanel(panel: usize, b: usize, stride: usize, depth: i32): void {
  const end = panel + ((<usize>depth) << 6);
  for (let p = panel; p < end; p += 64) {
    v128.store(p, v128.load(b));
    v128.store(p, v128.load(b, 16), 16);
    v128.store(p, v128.load(b, 32), 32);
    v128.store(p, v128.load(b, 48), 48);
    b += stride;
  }
}

/**
 * 16 columns of C, two rows at a time; their part of B begins `first` bytes behind b.
 *
 * The inner loop is what V8 compiles best: all addresses are sums made here, so they need no widening; one step of k in
 * a turn, since V8 loads everything of a turn first and has 15 registers; few enough values to keep those too.
 */
function columns(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  first: usize,
  bRow: usize,
  depth: i32,
  rows: i32,
): void {
  for (let i = 0; i < rows; i += 2) {
    tile(c + <usize>i * cRow, cRow, a + <usize>i * aRow, aRow, aStep, b + first, bRow, depth);
  }
}

// @ts-ignore: decorator
@inline
function tile(c: usize, cRow: usize, a: usize, aRow: usize, aStep: usize, b: usize, bRow: usize, depth: i32): void {
  const d = c + cRow;
  let c0 = v128.load(c);
  let c1 = v128.load(c, 16);
  let c2 = v128.load(c, 32);
  let c3 = v128.load(c, 48);
  let d0 = v128.load(d);
  let d1 = v128.load(d, 16);
  let d2 = v128.load(d, 32);
  let d3 = v128.load(d, 48);

  let a1 = a + aRow;
  const end = a + <usize>depth * aStep;
  do {
    const x = v128.load32_splat(a);
    const y = v128.load32_splat(a1);
    const b0 = v128.load(b);
    c0 = madd4(x, b0, c0);
    d0 = madd4(y, b0, d0);
    const b1 = v128.load(b, 16);
    c1 = madd4(x, b1, c1);
    d1 = madd4(y, b1, d1);
    const b2 = v128.load(b, 32);
    c2 = madd4(x, b2, c2);
    d2 = madd4(y, b2, d2);
    const b3 = v128.load(b, 48);
    c3 = madd4(x, b3, c3);
    d3 = madd4(y, b3, d3);
    b += bRow;
    a += aStep;
    a1 += aStep;
  } while (a != end);

  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(d, d0);
  v128.store(d, d1, 16);
  v128.store(d, d2, 32);
  v128.store(d, d3, 48);
}

/** One row of C, `bytes` of it: adds the rows of B to it, each times its element of A. */
function addRows(c: usize, a: usize, aStep: usize, b: usize, stride: usize, bytes: usize, k: i32): void {
  const body = bytes & ~15;
  const tail = (<i32>(bytes >> 2)) & 3;
  const zero = f32x4.splat(0);

  let p = 0;
  for (; p + 4 <= k; p += 4) {
    const x0 = v128.load32_splat(a);
    const x1 = v128.load32_splat(a + aStep);
    const x2 = v128.load32_splat(a + 2 * aStep);
    const x3 = v128.load32_splat(a + 3 * aStep);
    const b1 = b + stride;
    const b2 = b1 + stride;
    const b3 = b2 + stride;
    let i: usize = 0;
    for (; i + 32 <= body; i += 32) {
      let s = madd4(x0, v128.load(b + i), v128.load(c + i));
      s = madd4(x1, v128.load(b1 + i), s);
      s = madd4(x2, v128.load(b2 + i), s);
      s = madd4(x3, v128.load(b3 + i), s);
      v128.store(c + i, s);
      let t = madd4(x0, v128.load(b + i, 16), v128.load(c + i, 16));
      t = madd4(x1, v128.load(b1 + i, 16), t);
      t = madd4(x2, v128.load(b2 + i, 16), t);
      t = madd4(x3, v128.load(b3 + i, 16), t);
      v128.store(c + i, t, 16);
    }
    if (i < body) {
      let s = madd4(x0, v128.load(b + i), v128.load(c + i));
      s = madd4(x1, v128.load(b1 + i), s);
      s = madd4(x2, v128.load(b2 + i), s);
      s = madd4(x3, v128.load(b3 + i), s);
      v128.store(c + i, s);
    }
    if (tail) {
      let s = madd4(x0, loadTail(b + body, tail, zero), loadTail(c + body, tail, zero));
      s = madd4(x1, loadTail(b1 + body, tail, zero), s);
      s = madd4(x2, loadTail(b2 + body, tail, zero), s);
      s = madd4(x3, loadTail(b3 + body, tail, zero), s);
      storeTail(c + body, s, tail);
    }
    a += aStep << 2;
    b = b3 + stride;
  }
  for (; p < k; ++p) {
    const x = v128.load32_splat(a);
    for (let i: usize = 0; i < body; i += 16) v128.store(c + i, madd4(x, v128.load(b + i), v128.load(c + i)));
    if (tail) storeTail(c + body, madd4(x, loadTail(b + body, tail, zero), loadTail(c + body, tail, zero)), tail);
    a += aStep;
    b += stride;
  }
}
