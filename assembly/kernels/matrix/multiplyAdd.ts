/**
 * The product of two matrices, added to a third: what the products of this folder share.
 *
 *   C[i,j] = ((C[i,j] + A[i,0] · B[0,j]) + A[i,1] · B[1,j]) + …      one product at a time, p from 0 to k − 1
 *
 * Shapes  C: f32 (rows, n), B: f32 (k, n), row-major, contiguous, k ≥ 1, n ≥ 1. A[i,p] is the f32 at
 *         a + i · aRow + p · aStep, in bytes, so A may be transposed. Any alignment.
 * Scratch panel: PANEL floats, or 0 to do without.
 * Order   is that of the equation in every tile and tail, so neither the number of rows nor the place of a row or a
 *         column changes a bit.
 * Alias   none: C must be its own buffer.
 * Error   absolute, against f64: ≤ (k + 1) · 2⁻²⁴ · (|C| + Σ_p |A[i,p]| · |B[p,j]|).
 *
 * Two rows of 16 columns stay in registers: eight sums, and no more values than the 15 vector registers that V8 hands
 * out. With many rows, each 16 columns of B are first copied to be contiguous. A single wide row streams through B four
 * rows at a time instead, which reads B from front to back.
 */
import { loadPart, loadTail, madd4, storePart, storeTail } from "../../simd/lanes";

/** Most of k that a tile walks at once; then its part of B and its columns of a transposed A stay in the first cache. */
const MOST_DEPTH = 160;
/** Floats of scratch: 16 columns of so many rows. */
export const PANEL = 16 * MOST_DEPTH;
/** Rows from which copying B is repaid. */
const PACKED_ROWS = 32;
/** Columns from which a single row is better streamed. */
const STREAMED_COLUMNS = 256;

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
  const pairs = rows & ~1;
  const pack = panel != 0 && rows >= PACKED_ROWS;
  // A tile is not worth its loads and stores for one product.
  const tiled = k == 1 ? 0 : n < STREAMED_COLUMNS ? rows : pairs;

  const blocks = (k + MOST_DEPTH - 1) / MOST_DEPTH;
  const most = (k + blocks - 1) / blocks;
  for (let p = 0; tiled && p < k; p += most) {
    const depth = min(most, k - p);
    const pa = a + <usize>p * aStep;
    for (let j = 0; j < n; j += 16) {
      const width = min(n - j, 16);
      const pc = c + ((<usize>j) << 2);
      const first = <usize>p * stride + ((<usize>j) << 2);
      if (pack) {
        copyPanel(panel, b + first, stride, depth, width);
        columns(pc, stride, pa, aRow, aStep, panel, 0, 64, depth, depth, width, tiled);
      } else {
        // The last 16 columns may reach into the next rows of B, but not beyond B.
        const whole = k - (j + 15) / n;
        columns(pc, stride, pa, aRow, aStep, b, first, stride, depth, min(max(whole - p, 0), depth), width, tiled);
      }
    }
  }
  for (let i = tiled; i < rows; ++i) stream(c + <usize>i * stride, a + <usize>i * aRow, aStep, b, stride, k, n);
}

/** 16 columns of B or the last of them, one row behind the other. */
function copyPanel(panel: usize, b: usize, stride: usize, depth: i32, width: i32): void {
  const end = panel + ((<usize>depth) << 6);
  for (let p = panel; p < end; p += 64) {
    if (width == 16) {
      v128.store(p, v128.load(b));
      v128.store(p, v128.load(b, 16), 16);
      v128.store(p, v128.load(b, 32), 32);
      v128.store(p, v128.load(b, 48), 48);
    } else {
      v128.store(p, loadFew(b, width, 0));
      v128.store(p, loadFew(b, width, 4), 16);
      v128.store(p, loadFew(b, width, 8), 32);
      v128.store(p, loadFew(b, width, 12), 48);
    }
    b += stride;
  }
}

/**
 * 16 columns of C or the last `width` of them. Their part of B begins `first` bytes behind b; 16 columns may be read of
 * `whole` of its rows.
 *
 * The inner loops are what V8 compiles best: their addresses are sums made here, so they need no widening; and they
 * take one step of k in a turn, since V8 loads everything of a turn first.
 */
function columns(
  c: usize,
  stride: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  first: usize,
  bRow: usize,
  depth: i32,
  whole: i32,
  width: i32,
  rows: i32,
): void {
  let i = 0;
  for (; i + 2 <= rows; i += 2) {
    pair(c + <usize>i * stride, stride, a + <usize>i * aRow, aRow, aStep, b + first, bRow, depth, whole, width);
  }
  if (i < rows) single(c + <usize>i * stride, a + <usize>i * aRow, aStep, b + first, bRow, depth, whole, width);
}

// @ts-ignore: decorator
@inline
function pair(
  c: usize,
  stride: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  depth: i32,
  whole: i32,
  width: i32,
): void {
  const d = c + stride;
  let c0 = loadFew(c, width, 0);
  let c1 = loadFew(c, width, 4);
  let c2 = loadFew(c, width, 8);
  let c3 = loadFew(c, width, 12);
  let d0 = loadFew(d, width, 0);
  let d1 = loadFew(d, width, 4);
  let d2 = loadFew(d, width, 8);
  let d3 = loadFew(d, width, 12);

  let a1 = a + aRow;
  const end = a + <usize>depth * aStep;
  const bend = a + <usize>whole * aStep;
  while (a != bend) {
    const x = v128.load32_splat(a);
    const y = v128.load32_splat(a1);
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    c0 = madd4(x, b0, c0);
    c1 = madd4(x, b1, c1);
    c2 = madd4(x, b2, c2);
    c3 = madd4(x, b3, c3);
    d0 = madd4(y, b0, d0);
    d1 = madd4(y, b1, d1);
    d2 = madd4(y, b2, d2);
    d3 = madd4(y, b3, d3);
    b += bRow;
    a += aStep;
    a1 += aStep;
  }
  while (a != end) {
    const x = v128.load32_splat(a);
    const y = v128.load32_splat(a1);
    const b0 = loadFew(b, width, 0);
    const b1 = loadFew(b, width, 4);
    const b2 = loadFew(b, width, 8);
    const b3 = loadFew(b, width, 12);
    c0 = madd4(x, b0, c0);
    c1 = madd4(x, b1, c1);
    c2 = madd4(x, b2, c2);
    c3 = madd4(x, b3, c3);
    d0 = madd4(y, b0, d0);
    d1 = madd4(y, b1, d1);
    d2 = madd4(y, b2, d2);
    d3 = madd4(y, b3, d3);
    b += bRow;
    a += aStep;
    a1 += aStep;
  }

  storeFew(c, c0, width, 0);
  storeFew(c, c1, width, 4);
  storeFew(c, c2, width, 8);
  storeFew(c, c3, width, 12);
  storeFew(d, d0, width, 0);
  storeFew(d, d1, width, 4);
  storeFew(d, d2, width, 8);
  storeFew(d, d3, width, 12);
}

// @ts-ignore: decorator
@inline
function single(
  c: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  depth: i32,
  whole: i32,
  width: i32,
): void {
  let c0 = loadFew(c, width, 0);
  let c1 = loadFew(c, width, 4);
  let c2 = loadFew(c, width, 8);
  let c3 = loadFew(c, width, 12);

  const end = a + <usize>depth * aStep;
  const bend = a + <usize>whole * aStep;
  while (a != bend) {
    const x = v128.load32_splat(a);
    c0 = madd4(x, v128.load(b), c0);
    c1 = madd4(x, v128.load(b, 16), c1);
    c2 = madd4(x, v128.load(b, 32), c2);
    c3 = madd4(x, v128.load(b, 48), c3);
    b += bRow;
    a += aStep;
  }
  while (a != end) {
    const x = v128.load32_splat(a);
    c0 = madd4(x, loadFew(b, width, 0), c0);
    c1 = madd4(x, loadFew(b, width, 4), c1);
    c2 = madd4(x, loadFew(b, width, 8), c2);
    c3 = madd4(x, loadFew(b, width, 12), c3);
    b += bRow;
    a += aStep;
  }

  storeFew(c, c0, width, 0);
  storeFew(c, c1, width, 4);
  storeFew(c, c2, width, 8);
  storeFew(c, c3, width, 12);
}

/** Columns at .. at + 3 of `width`; 0 where there are none. */
// @ts-ignore: decorator
@inline
function loadFew(p: usize, width: i32, at: i32): v128 {
  const zero = f32x4.splat(0);
  return at < width ? loadPart(p + ((<usize>at) << 2), min(width - at, 4), zero) : zero;
}

// @ts-ignore: decorator
@inline
function storeFew(p: usize, v: v128, width: i32, at: i32): void {
  if (at < width) storePart(p + ((<usize>at) << 2), v, min(width - at, 4));
}

/** One row of C: adds the rows of B to it, each times its element of A, four at a time. */
function stream(c: usize, a: usize, aStep: usize, b: usize, stride: usize, k: i32, n: i32): void {
  const body = stride & ~15;
  const tail = n & 3;
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
    for (let i: usize = 0; i < body; i += 16) {
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
