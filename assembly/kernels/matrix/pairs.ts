/**
 * Tiles of multiplyAdd.ts, two rows by 16 columns: eight sums, and with a vector of B and two elements of A no more
 * than the 15 vector registers that V8 hands out.
 *
 * The loops over k are what V8 compiles best. They take one step in a turn, because V8 loads everything of a turn
 * first; and the addresses that start them are sums made on the spot, so that it need not widen them in every turn.
 */
import { madd4 } from "../../simd/lanes";
import { loadFew, storeFew } from "./few";

/** 16 columns of C, two rows at a time. Their part of B begins `first` bytes behind b. */
export function addToPairs(
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
    const pc = c + <usize>i * cRow;
    const pd = pc + cRow;
    let c0 = v128.load(pc);
    let c1 = v128.load(pc, 16);
    let c2 = v128.load(pc, 32);
    let c3 = v128.load(pc, 48);
    let d0 = v128.load(pd);
    let d1 = v128.load(pd, 16);
    let d2 = v128.load(pd, 32);
    let d3 = v128.load(pd, 48);

    let p = a + <usize>i * aRow;
    let q = p + aRow;
    let r = b + first;
    const end = p + <usize>depth * aStep;
    do {
      const x = v128.load32_splat(p);
      const y = v128.load32_splat(q);
      const b0 = v128.load(r);
      c0 = madd4(x, b0, c0);
      d0 = madd4(y, b0, d0);
      const b1 = v128.load(r, 16);
      c1 = madd4(x, b1, c1);
      d1 = madd4(y, b1, d1);
      const b2 = v128.load(r, 32);
      c2 = madd4(x, b2, c2);
      d2 = madd4(y, b2, d2);
      const b3 = v128.load(r, 48);
      c3 = madd4(x, b3, c3);
      d3 = madd4(y, b3, d3);
      p += aStep;
      q += aStep;
      r += bRow;
    } while (p != end);

    v128.store(pc, c0);
    v128.store(pc, c1, 16);
    v128.store(pc, c2, 32);
    v128.store(pc, c3, 48);
    v128.store(pd, d0);
    v128.store(pd, d1, 16);
    v128.store(pd, d2, 32);
    v128.store(pd, d3, 48);
  }
}

/** The same for the last columns, `width` of them. Of the first `whole` rows of B, 16 columns may be read. */
export function addToPairsFew(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  depth: i32,
  whole: i32,
  width: i32,
  rows: i32,
): void {
  for (let i = 0; i < rows; i += 2) {
    const pc = c + <usize>i * cRow;
    const pd = pc + cRow;
    let c0 = loadFew(pc, width, 0);
    let c1 = loadFew(pc, width, 4);
    let c2 = loadFew(pc, width, 8);
    let c3 = loadFew(pc, width, 12);
    let d0 = loadFew(pd, width, 0);
    let d1 = loadFew(pd, width, 4);
    let d2 = loadFew(pd, width, 8);
    let d3 = loadFew(pd, width, 12);

    let p = a + <usize>i * aRow;
    let q = p + aRow;
    let r = b;
    const end = p + <usize>depth * aStep;
    const last = p + <usize>whole * aStep;
    while (p != last) {
      const x = v128.load32_splat(p);
      const y = v128.load32_splat(q);
      const b0 = v128.load(r);
      c0 = madd4(x, b0, c0);
      d0 = madd4(y, b0, d0);
      const b1 = v128.load(r, 16);
      c1 = madd4(x, b1, c1);
      d1 = madd4(y, b1, d1);
      const b2 = v128.load(r, 32);
      c2 = madd4(x, b2, c2);
      d2 = madd4(y, b2, d2);
      const b3 = v128.load(r, 48);
      c3 = madd4(x, b3, c3);
      d3 = madd4(y, b3, d3);
      p += aStep;
      q += aStep;
      r += bRow;
    }
    while (p != end) {
      const x = v128.load32_splat(p);
      const y = v128.load32_splat(q);
      const b0 = loadFew(r, width, 0);
      c0 = madd4(x, b0, c0);
      d0 = madd4(y, b0, d0);
      const b1 = loadFew(r, width, 4);
      c1 = madd4(x, b1, c1);
      d1 = madd4(y, b1, d1);
      const b2 = loadFew(r, width, 8);
      c2 = madd4(x, b2, c2);
      d2 = madd4(y, b2, d2);
      const b3 = loadFew(r, width, 12);
      c3 = madd4(x, b3, c3);
      d3 = madd4(y, b3, d3);
      p += aStep;
      q += aStep;
      r += bRow;
    }

    storeFew(pc, c0, width, 0);
    storeFew(pc, c1, width, 4);
    storeFew(pc, c2, width, 8);
    storeFew(pc, c3, width, 12);
    storeFew(pd, d0, width, 0);
    storeFew(pd, d1, width, 4);
    storeFew(pd, d2, width, 8);
    storeFew(pd, d3, width, 12);
  }
}
