/**
 * The numbers 0 to count − 1 in random order: Fisher & Yates, from the end.
 *
 *   for i = count − 1, …, 1:  exchange y[i] and y[j],  j = w mod (i + 1)
 *
 * w is the stream's next word below the greatest multiple of i + 1 that 32 bits can hold; others are passed over, so
 * that no j is likelier. As Random.permutation does it, word for word.
 *
 * Shapes  y: f32 (count), whole numbers, count ≤ 2²⁴. stream, next: four words, see philox.ts; next is the stream
 *         behind the last word taken.
 * Range   whole: each exchange needs those before it.
 * Alias   next may be stream.
 * Error   none.
 */
import { skip } from "./advance";
import { wordAt } from "./philox";

export function permutation(y: usize, next: usize, stream: usize, count: i32): void {
  assert(count <= 1 << 24);
  for (let i = 0; i < count; ++i) store<f32>(y + ((<usize>i) << 2), <f32>i);
  let taken: u64 = 0;
  for (let i = count - 1; i > 0; --i) {
    const range = <u64>i + 1;
    const limit = (((<u64>1) << 32) / range) * range;
    let word: u64;
    do {
      word = wordAt(stream, taken++);
    } while (word >= limit);
    const here = y + ((<usize>i) << 2);
    const there = y + ((<usize>(word % range)) << 2);
    const value = load<f32>(here);
    store<f32>(here, load<f32>(there));
    store<f32>(there, value);
  }
  skip(next, stream, taken);
}
