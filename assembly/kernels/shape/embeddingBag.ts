/**
 * Weighted sums of a table's rows by their numbers: bags of words, with the positions of the words or without.
 *
 *   forward   y[i]                   = Σ_j l[j] ∘ table[indices[i, j]],   in the order of j
 *   backward  dtable[indices[i, j]] += l[j] ∘ dy[i],                      in the order of i, then j
 *   weights   l[j, k]                = 1 + slope (k + 1 − (width + 1) / 2) (j + 1 − (columns + 1) / 2) / (width columns)
 *
 * Shapes  table, dtable: f32 (rows, width), y, dy: f32 (count, width), row-major, contiguous. Any alignment.
 *         indices: f32 (count, words), whole numbers in [0, rows), rows ≤ 2²⁴, up to where f32 counts. An index that is
 *         not in the table, or NaN, adds nothing and passes no gradient; a fraction is dropped.
 *         columns: what j goes up to in the weights, of which the words are the first.
 * Range   i in [begin, end). Forward, every split gives the same bits; backward, an index may repeat: never split.
 * Alias   none: every argument its own buffer.
 * Error   three roundings a term and one an addition.
 */
import { addTail, addTo, loadTail, madd4 } from "../../simd/lanes";

/** The row of the table, or 0 if it has none. */
// @ts-ignore: decorator
@inline
function rowAt(table: usize, indices: usize, at: i32, rows: i32, stride: usize): usize {
  const index = load<f32>(indices + ((<usize>at) << 2));
  return index >= 0 && index < <f32>rows ? table + <usize>(<i32>index) * stride : 0;
}

/** to += l ∘ from, where l = 1 + (k + 1 − (width + 1) / 2) · slant. */
// @ts-ignore: decorator
@inline
function addWeighted(to: usize, from: usize, width: i32, slant: f32): void {
  const tail = width & 3;
  const body = ((<usize>width) << 2) & ~15;
  const one = f32x4.splat(1);
  const four = f32x4.splat(4);
  const by = f32x4.splat(slant);
  let k = f32x4.sub(f32x4(1, 2, 3, 4), f32x4.splat(0.5 * <f32>(width + 1)));
  for (let at: usize = 0; at < body; at += 16) {
    addTo(to + at, f32x4.mul(madd4(k, by, one), v128.load(from + at)));
    k = f32x4.add(k, four);
  }
  if (tail) addTail(to + body, f32x4.mul(madd4(k, by, one), loadTail(from + body, tail, f32x4.splat(0))), tail);
}

/** What a word's place adds to the weight for each k. */
// @ts-ignore: decorator
@inline
function slantOf(j: i32, columns: i32, width: i32, slope: f32): f32 {
  return (slope * (<f32>(j + 1) - 0.5 * <f32>(columns + 1))) / <f32>(width * columns);
}

export function embeddingBagForward(
  y: usize,
  table: usize,
  indices: usize,
  rows: i32,
  width: i32,
  words: i32,
  columns: i32,
  begin: i32,
  end: i32,
  slope: f32,
): void {
  assert(begin <= end && rows <= 1 << 24 && words <= columns);
  const stride = (<usize>width) << 2;
  for (let i = begin; i < end; ++i) {
    const py = y + <usize>i * stride;
    memory.fill(py, 0, stride);
    for (let j = 0; j < words; ++j) {
      const row = rowAt(table, indices, i * words + j, rows, stride);
      if (row) addWeighted(py, row, width, slantOf(j, columns, width, slope));
    }
  }
}

export function embeddingBagBackward(
  dtable: usize,
  dy: usize,
  indices: usize,
  rows: i32,
  width: i32,
  words: i32,
  columns: i32,
  begin: i32,
  end: i32,
  slope: f32,
): void {
  assert(begin <= end && rows <= 1 << 24 && words <= columns);
  const stride = (<usize>width) << 2;
  for (let i = begin; i < end; ++i) {
    for (let j = 0; j < words; ++j) {
      const row = rowAt(dtable, indices, i * words + j, rows, stride);
      if (row) addWeighted(row, dy + <usize>i * stride, width, slantOf(j, columns, width, slope));
    }
  }
}
