/**
 * Rows of a table by their numbers: an embedding.
 *
 *   forward   y[i]                = table[indices[i]]
 *   backward  dtable[indices[i]] += dy[i],   in the order of i
 *
 * Shapes  table, dtable: f32 (rows, width), y, dy: f32 (count, width), row-major, contiguous. Any alignment.
 *         indices: f32 (count), whole numbers in [0, rows), rows ≤ 2²⁴, up to where f32 counts. An index that is not in
 *         the table, or NaN, gives a row of zeros and passes no gradient; a fraction is dropped.
 * Range   i in [begin, end). Forward, every split gives the same bits; backward, an index may repeat: never split.
 * Alias   none: every argument its own buffer.
 * Error   none forward, half an ulp of the new dtable for each addition backward.
 */
import { addTail, addTo, loadTail, storeTail } from "../../simd/lanes";

/** Whether the table has this row. */
// @ts-ignore: decorator
@inline
function has(rows: i32, index: f32): bool {
  return index >= 0 && index < <f32>rows;
}

export function gatherForward(
  y: usize,
  table: usize,
  indices: usize,
  rows: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end && rows <= 1 << 24);
  const stride = (<usize>width) << 2;
  const tail = width & 3;
  const body = stride & ~15;
  for (let i = begin; i < end; ++i) {
    const index = load<f32>(indices + ((<usize>i) << 2));
    const py = y + <usize>i * stride;
    if (!has(rows, index)) {
      memory.fill(py, 0, stride);
      continue;
    }
    const row = table + <usize>(<i32>index) * stride;
    for (let k: usize = 0; k < body; k += 16) v128.store(py + k, v128.load(row + k));
    if (tail) storeTail(py + body, loadTail(row + body, tail, f32x4.splat(0)), tail);
  }
}

export function gatherBackward(
  dtable: usize,
  dy: usize,
  indices: usize,
  rows: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end && rows <= 1 << 24);
  const stride = (<usize>width) << 2;
  const tail = width & 3;
  const body = stride & ~15;
  for (let i = begin; i < end; ++i) {
    const index = load<f32>(indices + ((<usize>i) << 2));
    if (!has(rows, index)) continue;
    const row = dtable + <usize>(<i32>index) * stride;
    const pdy = dy + <usize>i * stride;
    for (let k: usize = 0; k < body; k += 16) addTo(row + k, v128.load(pdy + k));
    if (tail) addTail(row + body, loadTail(pdy + body, tail, f32x4.splat(0)), tail);
  }
}
