/**
 * The rows of a memory that are most like a query, by the cosine, as `nearestRows` finds them, but along the links of an
 * index that `linkRows` made: few of them are compared, and so some that are near may be missed. Malkov & Yashunin 2016,
 * arXiv:1603.09320, algorithm 5, with `reach` for ef. Of up to FEW rows in use all are compared. The gradient is that of
 * `nearestRows`. compared: how many rows were.
 *
 * Shapes  indices, similarities: f32 (batch, heads, count); compared, used, linked: (batch); index: (batch, 35·slots +
 *         9216), see graph/layers.ts; query: (batch, heads, width); memory: (batch, slots, width); norms: (batch, slots).
 *         Contiguous, any alignment; count ≤ slots < 2²⁴; 1 ≤ reach ≤ 256.
 * Range   batch [begin, end). Heads do not mix.
 * Alias   none: every argument its own buffer.
 * Error   K: as nearestRows. A similarity that is not a number counts as the largest, so that it is not lost.
 */
import { dot } from "../../simd/rows";
import { keep, search } from "./found";
import { comparedOf, foundOf, indexBytes, lostOf, MOST_REACH } from "./graph/layers";
import { approach, around, FEW, normOf } from "./graph/search";
import { inUse } from "./ring";
import { numberAt, rowNumber, setNumber } from "./vectors";

export function approximateNearestRowsForward(
  indices: usize,
  similarities: usize,
  compared: usize,
  index: usize,
  query: usize,
  rows: usize,
  norms: usize,
  used: usize,
  linked: usize,
  heads: i32,
  count: i32,
  slots: i32,
  width: i32,
  reach: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  assert(count <= slots && reach <= MOST_REACH);
  const row = (<usize>width) << 2;
  for (let b = begin; b < end; ++b) {
    const own = index + <usize>b * indexBytes(slots);
    const inAll = inUse(used + ((<usize>b) << 2), slots);
    const known = inUse(linked + ((<usize>b) << 2), slots);
    const isLinked = inAll > FEW && known > 0;
    // Rows that came into use since they were linked are 0 still.
    const taken = isLinked ? min(inAll, known) : inAll;
    const m = rows + <usize>(b * slots) * row;
    const n = norms + ((<usize>(b * slots)) << 2);
    store<f32>(comparedOf(own, slots), 0);
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const found = indices + ((<usize>(h * count)) << 2);
      const near = similarities + ((<usize>(h * count)) << 2);
      const q = query + <usize>h * row;
      for (let k = 0; k < count; ++k) {
        setNumber(found, k, -1);
        setNumber(near, k, -Infinity);
      }
      if (!isLinked) {
        search(found, near, q, m, n, count, row, 0, taken, epsilon);
        const at = comparedOf(own, slots);
        store<f32>(at, load<f32>(at) + <f32>taken);
      } else {
        const size = sqrt(dot(q, q, row));
        follow(own, m, n, slots, taken, row, q, size, epsilon, -1, found, near, count, max(count, reach));
      }
      for (let i = taken; i < min(taken + count, slots); ++i) keep(found, near, count, i, 0);
      complete(found, near, q, m, n, count, row, taken, epsilon);
    }
    setNumber(compared, b, load<f32>(comparedOf(own, slots)));
  }
}

/** What links lead to, and the row that is lost. */
function follow(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  vector: usize,
  size: f32,
  epsilon: f32,
  but: i32,
  indices: usize,
  similarities: usize,
  count: i32,
  reach: i32,
): void {
  const lost = rowNumber(load<f32>(lostOf(index, slots)) - 1, taken);
  if (lost >= 0 && !(normOf(norms, lost) < Infinity)) {
    const norm = normOf(norms, lost);
    const product = dot(rows + <usize>lost * row, vector, row);
    keep(indices, similarities, count, lost, product / (size * norm + epsilon));
  }
  const from = approach(index, rows, norms, slots, taken, row, vector, size, epsilon, but);
  if (from < 0) return;
  const found = around(
    index,
    rows,
    norms,
    slots,
    taken,
    row,
    vector,
    size,
    epsilon,
    but,
    0,
    from,
    min(reach, MOST_REACH),
  );
  const first = foundOf(index, slots);
  for (let at = 0; at < min(found, count); ++at) {
    const place = first + ((<usize>at) << 2);
    const near = load<f32>(place + ((<usize>MOST_REACH) << 2));
    keep(indices, similarities, count, <i32>-load<f32>(place) - 1, near);
  }
}

/** Where fewer rows were found than are wanted, the first ones of the others. */
function complete(
  indices: usize,
  similarities: usize,
  q: usize,
  m: usize,
  n: usize,
  count: i32,
  row: usize,
  taken: i32,
  epsilon: f32,
): void {
  const last = indices + ((<usize>count - 1) << 2);
  for (let i = 0; i < taken && load<f32>(last) < 0; ++i) {
    let k = 0;
    while (k < count && numberAt(indices, k) != <f32>i) ++k;
    if (k == count) search(indices, similarities, q, m, n, count, row, i, i + 1, epsilon);
  }
}
