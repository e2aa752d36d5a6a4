/**
 * Random bits.
 *
 *   y[i] = bit (i mod 32), lowest first, of word ⌊i / 32⌋ of the stream, counted from its position
 *
 * Shapes  y: f32 (count), each 0 or 1, any alignment. stream: four words, see philox.ts.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Error   none.
 */
import { storeWithin, wordAt } from "./philox";

export function bits(y: usize, stream: usize, begin: i32, end: i32): void {
  assert(begin <= end);
  const one = f32x4.splat(1);
  for (let i = begin & ~31; i < end;) {
    const word = i32x4.splat(wordAt(stream, i >> 5));
    let mask = i32x4(1, 2, 4, 8);
    for (const next = i + 32; i < next; i += 4) {
      storeWithin(y, i, v128.and(i32x4.ne(v128.and(word, mask), i32x4.splat(0)), one), begin, end);
      mask = i32x4.shl(mask, 4);
    }
  }
}
