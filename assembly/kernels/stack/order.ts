/**
 * The order of a stack's, queue's or deque's rows. Each end has its rows with the newest first, (ends, slots); in order
 * they are those of the first end from the newest to the oldest, then those of the second from the oldest to the newest:
 * the rows of a deque from its bottom to its top.
 */

/** Row at a position counted from the first end, or from the other where `from` is 1. */
// @ts-ignore: decorator
@inline
export function rowOf(position: i32, slots: i32, ends: i32, from: i32): i32 {
  const p = from ? ends * slots - 1 - position : position;
  return p < slots ? p : 3 * slots - 1 - p;
}

/** Address of its number. */
// @ts-ignore: decorator
@inline
export function at(numbers: usize, position: i32, slots: i32, ends: i32, from: i32): usize {
  return numbers + ((<usize>rowOf(position, slots, ends, from)) << 2);
}
