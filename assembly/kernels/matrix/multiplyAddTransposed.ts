/**
 * The product of a matrix and a transposed one, added to a third: rows of A times rows of B.
 *
 *   C[i,j] += (s[0] + s[2]) + (s[1] + s[3]),   s[l] = Σ_q A[i,4q+l] · B[j,4q+l]      one product at a time
 *
 * Shapes  C: f32 (rows, n), A: f32 (rows, k), B: f32 (n, k), row-major, contiguous, k ≥ 1, n ≥ 1. Any alignment.
 * Order   is that of the equation in every tile and tail, so neither the number of rows nor the place of a row or a
 *         column changes a bit.
 * Alias   none: C must be its own buffer.
 * Error   absolute, against f64: ≤ (k / 4 + 5) · 2⁻²⁴ · (|C| + Σ_p |A[i,p]| · |B[j,p]|).
 *
 * Two rows of A and four of B stay together for the whole of k: everything is read along its rows, B is never
 * transposed and nothing is packed.
 */
import { addPart, addTo, loadTail, madd4, sumLanes, sumLanesOf4 } from "../../simd/lanes";

export function multiplyAddTransposed(c: usize, a: usize, b: usize, k: i32, n: i32, rows: i32): void {
  assert(k > 0 && n > 0 && rows >= 0);
  const stride = (<usize>k) << 2; // bytes in a row of A and B
  const cRow = (<usize>n) << 2;
  const quads = n & ~3;
  const pairs = rows & ~1;

  for (let j = 0; j < quads; j += 4) {
    const pb = b + <usize>j * stride;
    const pc = c + ((<usize>j) << 2);
    for (let i = 0; i < pairs; i += 2) {
      tile(pc + <usize>i * cRow, cRow, a + <usize>i * stride, pb, stride, k);
    }
    if (pairs < rows) strip(pc + <usize>pairs * cRow, a + <usize>pairs * stride, pb, stride, k);
  }
  for (let j = quads; j < n; ++j) {
    for (let i = 0; i < rows; ++i) {
      const p = c + <usize>i * cRow + ((<usize>j) << 2);
      store<f32>(p, load<f32>(p) + dot(a + <usize>i * stride, b + <usize>j * stride, stride, k));
    }
  }
}

/** Two rows by four columns. Two steps in a turn, apart, so that V8 keeps every sum in a register. */
// @ts-ignore: decorator
@inline
function tile(c: usize, cRow: usize, a: usize, b: usize, stride: usize, k: i32): void {
  const body = stride & ~15;
  const zero = f32x4.splat(0);
  let c0 = zero;
  let c1 = zero;
  let c2 = zero;
  let c3 = zero;
  let d0 = zero;
  let d1 = zero;
  let d2 = zero;
  let d3 = zero;

  let a1 = a + stride;
  let b1 = b + stride;
  let b2 = b1 + stride;
  let b3 = b2 + stride;
  const end = a + body;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(a1);
    const v0 = v128.load(b);
    const v1 = v128.load(b1);
    const v2 = v128.load(b2);
    const v3 = v128.load(b3);
    c0 = madd4(x, v0, c0);
    c1 = madd4(x, v1, c1);
    c2 = madd4(x, v2, c2);
    c3 = madd4(x, v3, c3);
    d0 = madd4(y, v0, d0);
    d1 = madd4(y, v1, d1);
    d2 = madd4(y, v2, d2);
    d3 = madd4(y, v3, d3);
    a += 16;
    a1 += 16;
    b += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }

  const tail = k & 3;
  if (tail) {
    const x = loadTail(a, tail, zero);
    const y = loadTail(a1, tail, zero);
    const v0 = loadTail(b, tail, zero);
    const v1 = loadTail(b1, tail, zero);
    const v2 = loadTail(b2, tail, zero);
    const v3 = loadTail(b3, tail, zero);
    c0 = madd4(x, v0, c0);
    c1 = madd4(x, v1, c1);
    c2 = madd4(x, v2, c2);
    c3 = madd4(x, v3, c3);
    d0 = madd4(y, v0, d0);
    d1 = madd4(y, v1, d1);
    d2 = madd4(y, v2, d2);
    d3 = madd4(y, v3, d3);
  }
  addTo(c, sumLanesOf4(c0, c1, c2, c3));
  addTo(c + cRow, sumLanesOf4(d0, d1, d2, d3));
}

/** One row by four columns. */
// @ts-ignore: decorator
@inline
function strip(c: usize, a: usize, b: usize, stride: usize, k: i32): void {
  const body = stride & ~15;
  const zero = f32x4.splat(0);
  let c0 = zero;
  let c1 = zero;
  let c2 = zero;
  let c3 = zero;

  const b1 = b + stride;
  const b2 = b1 + stride;
  const b3 = b2 + stride;
  for (let i: usize = 0; i < body; i += 16) {
    const x = v128.load(a + i);
    c0 = madd4(x, v128.load(b + i), c0);
    c1 = madd4(x, v128.load(b1 + i), c1);
    c2 = madd4(x, v128.load(b2 + i), c2);
    c3 = madd4(x, v128.load(b3 + i), c3);
  }
  const tail = k & 3;
  if (tail) {
    const x = loadTail(a + body, tail, zero);
    c0 = madd4(x, loadTail(b + body, tail, zero), c0);
    c1 = madd4(x, loadTail(b1 + body, tail, zero), c1);
    c2 = madd4(x, loadTail(b2 + body, tail, zero), c2);
    c3 = madd4(x, loadTail(b3 + body, tail, zero), c3);
  }
  addTo(c, sumLanesOf4(c0, c1, c2, c3));
}

/** One row by one column. */
// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, stride: usize, k: i32): f32 {
  const body = stride & ~15;
  const tail = k & 3;
  const zero = f32x4.splat(0);
  let s = zero;
  for (let i: usize = 0; i < body; i += 16) s = madd4(v128.load(a + i), v128.load(b + i), s);
  if (tail) s = madd4(loadTail(a + body, tail, zero), loadTail(b + body, tail, zero), s);
  return sumLanes(s);
}
