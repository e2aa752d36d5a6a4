/**
 * One row of multiplyAdd.ts, two ways.
 */
import { loadTail, madd4, storeTail } from "../../simd/lanes";
import { loadFew, storeFew } from "./few";

/** 16 columns of C at a time, for the whole of k. Of the first `whole` rows of B, 16 columns may be read. */
export function addToRow(c: usize, a: usize, aStep: usize, b: usize, stride: usize, k: i32, n: i32, whole: i32): void {
  const tiled = stride & ~63; // bytes in the tiles of 16
  for (let j: usize = 0; j < tiled; j += 64) {
    const pc = c + j;
    let c0 = v128.load(pc);
    let c1 = v128.load(pc, 16);
    let c2 = v128.load(pc, 32);
    let c3 = v128.load(pc, 48);

    let p = a;
    let r = b + j;
    const end = p + <usize>k * aStep;
    do {
      const x = v128.load32_splat(p);
      c0 = madd4(x, v128.load(r), c0);
      c1 = madd4(x, v128.load(r, 16), c1);
      c2 = madd4(x, v128.load(r, 32), c2);
      c3 = madd4(x, v128.load(r, 48), c3);
      p += aStep;
      r += stride;
    } while (p != end);

    v128.store(pc, c0);
    v128.store(pc, c1, 16);
    v128.store(pc, c2, 32);
    v128.store(pc, c3, 48);
  }

  const width = n & 15;
  if (!width) return;
  const pc = c + tiled;
  let c0 = loadFew(pc, width, 0);
  let c1 = loadFew(pc, width, 4);
  let c2 = loadFew(pc, width, 8);
  let c3 = loadFew(pc, width, 12);

  let p = a;
  let r = b + tiled;
  const end = p + <usize>k * aStep;
  const last = p + <usize>whole * aStep;
  while (p != last) {
    const x = v128.load32_splat(p);
    c0 = madd4(x, v128.load(r), c0);
    c1 = madd4(x, v128.load(r, 16), c1);
    c2 = madd4(x, v128.load(r, 32), c2);
    c3 = madd4(x, v128.load(r, 48), c3);
    p += aStep;
    r += stride;
  }
  while (p != end) {
    const x = v128.load32_splat(p);
    c0 = madd4(x, loadFew(r, width, 0), c0);
    c1 = madd4(x, loadFew(r, width, 4), c1);
    c2 = madd4(x, loadFew(r, width, 8), c2);
    c3 = madd4(x, loadFew(r, width, 12), c3);
    p += aStep;
    r += stride;
  }

  storeFew(pc, c0, width, 0);
  storeFew(pc, c1, width, 4);
  storeFew(pc, c2, width, 8);
  storeFew(pc, c3, width, 12);
}

/** The whole row of C once for every four rows of B, which are read from front to back: best when they are long. */
export function streamToRow(c: usize, a: usize, aStep: usize, b: usize, stride: usize, k: i32, n: i32): void {
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
    let i: usize = 0;
    for (; i + 64 <= body; i += 64) {
      v128.store(c + i, madd4(x, v128.load(b + i), v128.load(c + i)));
      v128.store(c + i, madd4(x, v128.load(b + i, 16), v128.load(c + i, 16)), 16);
      v128.store(c + i, madd4(x, v128.load(b + i, 32), v128.load(c + i, 32)), 32);
      v128.store(c + i, madd4(x, v128.load(b + i, 48), v128.load(c + i, 48)), 48);
    }
    for (; i < body; i += 16) v128.store(c + i, madd4(x, v128.load(b + i), v128.load(c + i)));
    if (tail) storeTail(c + body, madd4(x, loadTail(b + body, tail, zero), loadTail(c + body, tail, zero)), tail);
    a += aStep;
    b += stride;
  }
}
