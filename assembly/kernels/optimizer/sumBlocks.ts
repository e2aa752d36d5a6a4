/**
 * Sum of equally long blocks, such as the gradients of a batch's shards, in the first of them.
 *
 *   g[0,i] ← ((g[0,i] + g[1,i]) + g[2,i]) + …,   in the order of the blocks
 *
 * Shapes  g: f32 (blocks, stride), of which the first end elements of each block are summed, blocks ≥ 1. Any alignment.
 * Range   elements [begin, end) of the blocks. Elements are independent: every split gives the same bits.
 * Error   half an ulp for each addition.
 */
import { loadPart, storePart } from "../../simd/lanes";

export function sumBlocks(g: usize, stride: i32, blocks: i32, begin: i32, end: i32): void {
  assert(begin <= end && end <= stride && blocks > 0);
  const step = (<usize>stride) << 2;
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i + 48 < last; i += 64) {
    let p = g + i;
    let a0 = v128.load(p);
    let a1 = v128.load(p, 16);
    let a2 = v128.load(p, 32);
    let a3 = v128.load(p, 48);
    for (let b = 1; b < blocks; ++b) {
      p += step;
      a0 = f32x4.add(a0, v128.load(p));
      a1 = f32x4.add(a1, v128.load(p, 16));
      a2 = f32x4.add(a2, v128.load(p, 32));
      a3 = f32x4.add(a3, v128.load(p, 48));
    }
    v128.store(g + i, a0);
    v128.store(g + i, a1, 16);
    v128.store(g + i, a2, 32);
    v128.store(g + i, a3, 48);
  }
  for (; i < last; i += 16) sum(g + i, step, blocks, 4);
  if (tail) sum(g + i, step, blocks, tail);
}

// @ts-ignore: decorator
@inline
function sum(g: usize, step: usize, blocks: i32, lanes: i32): void {
  const zero = f32x4.splat(0);
  let p = g;
  let a = loadPart(p, lanes, zero);
  for (let b = 1; b < blocks; ++b) {
    p += step;
    a = f32x4.add(a, loadPart(p, lanes, zero));
  }
  storePart(g, a, lanes);
}
