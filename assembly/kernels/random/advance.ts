/**
 * The stream behind so many words of another.
 *
 *   next = stream with its position + words
 *
 * Shapes  next, stream: four words, see philox.ts. Any alignment.
 * Alias   next may be stream.
 * Error   none.
 */
import { positionOf } from "./philox";

export function advance(next: usize, stream: usize, words: i32): void {
  skip(next, stream, <u64>words);
}

/** The same, for kernels. */
// @ts-ignore: decorator
@inline
export function skip(next: usize, stream: usize, words: u64): void {
  store<u64>(next, load<u64>(stream));
  store<u64>(next, positionOf(stream) + words, 8);
}
