/** Rows that were found so far: their numbers and similarities, the nearest first, of equal ones the one found first. */
import { dot, dot4 } from "../../simd/rows";

/** What of rows [from, to) is nearer than what was found. */
export function search(
  indices: usize,
  similarities: usize,
  q: usize,
  m: usize,
  n: usize,
  count: i32,
  row: usize,
  from: i32,
  to: i32,
  epsilon: f32,
): void {
  const size = sqrt(dot(q, q, row));
  const size4 = f32x4.splat(size);
  const epsilon4 = f32x4.splat(epsilon);
  const last = similarities + ((<usize>count - 1) << 2);
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const d = f32x4.add(f32x4.mul(size4, v128.load(n + ((<usize>i) << 2))), epsilon4);
    const k = f32x4.div(dot4(m + <usize>i * row, q, row, 4), d);
    const isNear = v128.or(f32x4.gt(k, v128.load32_splat(last)), f32x4.ne(k, k));
    if (!v128.any_true(isNear)) continue;
    keep(indices, similarities, count, i, f32x4.extract_lane(k, 0));
    keep(indices, similarities, count, i + 1, f32x4.extract_lane(k, 1));
    keep(indices, similarities, count, i + 2, f32x4.extract_lane(k, 2));
    keep(indices, similarities, count, i + 3, f32x4.extract_lane(k, 3));
  }
  for (; i < to; ++i) {
    const d = size * load<f32>(n + ((<usize>i) << 2)) + epsilon;
    keep(indices, similarities, count, i, dot(m + <usize>i * row, q, row) / d);
  }
}

/** Puts a row into its place among those found, if it has one. */
export function keep(indices: usize, similarities: usize, count: i32, row: i32, similarity: f32): void {
  let at = (<usize>count - 1) << 2;
  if (!isNearer(similarity, load<f32>(similarities + at))) return;
  while (at && isNearer(similarity, load<f32>(similarities + at - 4))) {
    store<f32>(indices + at, load<f32>(indices + at - 4));
    store<f32>(similarities + at, load<f32>(similarities + at - 4));
    at -= 4;
  }
  store<f32>(indices + at, <f32>row);
  store<f32>(similarities + at, similarity);
}

// @ts-ignore: decorator
@inline
export function isNearer(similarity: f32, than: f32): bool {
  return similarity > than || similarity != similarity;
}
