/**
 * The rows of a memory that are in use, and the order in which they were last used: a ring of links, so that using a row
 * and finding the one that was not used for longest take the same time in a memory of any size. Rae et al. 2016,
 * arXiv:1610.09027, section 3.2.
 *
 * Rows are taken into use in their order; behind them nothing has been written yet, neither rows nor norms nor links, and
 * all that is known of a row is that it is 0. So a memory costs what is in use of it.
 *
 * next[0 … rows], then previous[0 … rows], as f32 whole numbers; number `rows` is no row but the ring's beginning, behind
 * which is the row that was not used for longest, and before which the last one that was. A link that leads nowhere counts
 * as the beginning, so that no ring, whatever is in it, leads outside.
 */

/** How many rows are in use: from 0 to `rows`, whatever the number says. */
// @ts-ignore: decorator
@inline
export function inUse(used: usize, rows: i32): i32 {
  const count = load<f32>(used);
  return count >= <f32>rows ? rows : count >= 0 ? <i32>count : 0;
}

/** Takes rows into use up to and with row i. Each is 0, and the last one used. */
export function takeUpTo(i: i32, used: usize, ring: usize, m: usize, norms: usize, rows: i32, row: usize): void {
  let count = inUse(used, rows);
  if (i < count) return;
  const previous = ring + ((<usize>rows + 1) << 2);
  if (count == 0) link(ring, previous, rows, rows);
  for (; count <= i; ++count) {
    memory.fill(m + <usize>count * row, 0, row);
    store<f32>(norms + ((<usize>count) << 2), 0);
    append(ring, previous, rows, count);
  }
  store<f32>(used, <f32>count);
}

// @ts-ignore: decorator
@inline
function linkOf(links: usize, rows: i32, i: i32): i32 {
  const to = load<f32>(links + ((<usize>i) << 2));
  return to >= 0 && to < <f32>rows ? <i32>to : rows;
}

/** The row behind another one, or behind the beginning; `rows` where there is none. */
// @ts-ignore: decorator
@inline
export function rowBehind(ring: usize, rows: i32, i: i32): i32 {
  return linkOf(ring, rows, i);
}

/** Puts a row that is in use at the end: it was used now. */
export function useRow(ring: usize, rows: i32, i: i32): void {
  const previous = ring + ((<usize>rows + 1) << 2);
  link(ring, previous, linkOf(previous, rows, i), linkOf(ring, rows, i));
  append(ring, previous, rows, i);
}

// @ts-ignore: decorator
@inline
function append(ring: usize, previous: usize, rows: i32, i: i32): void {
  link(ring, previous, linkOf(previous, rows, rows), i);
  link(ring, previous, i, rows);
}

// @ts-ignore: decorator
@inline
function link(next: usize, previous: usize, before: i32, behind: i32): void {
  store<f32>(next + ((<usize>before) << 2), <f32>behind);
  store<f32>(previous + ((<usize>behind) << 2), <f32>before);
}
