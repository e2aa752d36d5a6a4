/**
 * The largest of all sums of a number of one list and a number of another, without making them: the k best of n · m keys
 * that are pairs of sub-keys. Lample et al. 2019, arXiv:1907.05242, section 3.2.
 *
 *   forward   score[i,j] = a[i] + b[j], of number i·m + j; the `count` largest, the largest first, of equals that of the
 *             lower number: the same, to the bit, as of all n·m sums
 *   backward  da[i] += dscore[k],   db[j] += dscore[k],   for the pair (i, j) of each k
 *
 * A sum does not fall when one of its parts rises, rounded or not, so the scores are those of pairs of the count best of
 * each list. Which pairs have them is up to rounding: the sums of different numbers may be equal. So the list behind those is
 * looked at, too, and only where it comes up to the last score that counts, all rows of pairs that do are looked through.
 *
 * Shapes  scores, indices: f32 (rows, count); scratch: (rows, 8 · count); a: (rows, n); b: (rows, m). Contiguous, any
 *         alignment. count ≤ n·m ≤ 2²⁴, up to where f32 counts.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none: every argument its own buffer.
 * Error   half an ulp of a score. NaN is larger than any number; where a part is not finite, all sums are looked through.
 */
import { addNumber, numberAt as at } from "./vectors";

/** Whether a value comes in front of another: the larger, NaN before any number, and of equals that of the lower number. */
// @ts-ignore: decorator
@inline
function isAhead(value: f32, number: f32, than: f32, thanNumber: f32): bool {
  return value > than || (value == than && number < thanNumber) || (value != value && than == than);
}

/** Puts a value in its place among the first `last` and itself, and drops what was in place `last`. */
function insert(values: usize, numbers: usize, last: i32, value: f32, number: f32): void {
  let place = (<usize>last) << 2;
  while (place && isAhead(value, number, load<f32>(values + place - 4), load<f32>(numbers + place - 4))) {
    store<f32>(values + place, load<f32>(values + place - 4));
    store<f32>(numbers + place, load<f32>(numbers + place - 4));
    place -= 4;
  }
  store<f32>(values + place, value);
  store<f32>(numbers + place, number);
}

function isFiniteList(x: usize, n: i32): bool {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const v = v128.load(x + ((<usize>i) << 2));
    const d = f32x4.sub(v, v);
    if (v128.any_true(f32x4.ne(d, d))) return false;
  }
  for (; i < n; ++i) {
    const d = at(x, i) - at(x, i);
    if (d != d) return false;
  }
  return true;
}

/** The `most` largest of n finite numbers, the largest first, of equals the one in front. */
function largest(values: usize, numbers: usize, x: usize, n: i32, most: i32): void {
  let i = 0;
  for (; i < most; ++i) insert(values, numbers, i, at(x, i), <f32>i);
  const last = most - 1;
  for (; i + 4 <= n; i += 4) {
    const v = v128.load(x + ((<usize>i) << 2));
    if (!v128.any_true(f32x4.gt(v, f32x4.splat(at(values, last))))) continue;
    for (let k = i; k < i + 4; ++k) {
      if (at(x, k) > at(values, last)) insert(values, numbers, last, at(x, k), <f32>k);
    }
  }
  for (; i < n; ++i) {
    if (at(x, i) > at(values, last)) insert(values, numbers, last, at(x, i), <f32>i);
  }
}

/** The best pairs of two lists, each of which has the largest in front. */
function bestPairs(
  scores: usize,
  indices: usize,
  values: usize,
  numbers: usize,
  others: usize,
  otherNumbers: usize,
  firsts: i32,
  seconds: i32,
  m: i32,
  count: i32,
): void {
  let filled = 0;
  const last = count - 1;
  for (let p = 0; p < firsts; ++p) {
    const row = at(numbers, p) * <f32>m;
    for (let q = 0; q < seconds; ++q) {
      const score = at(values, p) + at(others, q);
      const number = row + at(otherNumbers, q);
      if (filled < count) insert(scores, indices, filled++, score, number);
      else if (isAhead(score, number, at(scores, last), at(indices, last))) {
        insert(scores, indices, last, score, number);
      } else if (score < at(scores, last)) break;
    }
  }
}

/** The best of all pairs, or, of finite parts, of the rows of pairs whose best, with `top`, comes up to `least`. */
function bestOfAll(
  scores: usize,
  indices: usize,
  a: usize,
  b: usize,
  n: i32,
  m: i32,
  count: i32,
  isFinite: bool,
  top: f32,
  least: f32,
): void {
  let filled = 0;
  const last = count - 1;
  for (let i = 0; i < n; ++i) {
    const value = at(a, i);
    if (isFinite) {
      const best = value + top;
      if (best < least || (filled == count && best <= at(scores, last))) continue;
    }
    for (let j = 0; j < m; ++j) {
      const score = value + at(b, j);
      const number = <f32>(i * m + j);
      if (filled < count) insert(scores, indices, filled++, score, number);
      else if (isAhead(score, number, at(scores, last), at(indices, last)))
        insert(scores, indices, last, score, number);
    }
  }
}

export function productTopKForward(
  scores: usize,
  indices: usize,
  scratch: usize,
  a: usize,
  b: usize,
  n: i32,
  m: i32,
  count: i32,
  begin: i32,
  end: i32,
): void {
  assert(count > 0 && count <= n * m);
  // A compiled file may ask for more sums than there are: behind these is nothing that ran before.
  memory.fill(scores + ((<usize>(begin * count)) << 2), 0, (<usize>((end - begin) * count)) << 2);
  memory.fill(indices + ((<usize>(begin * count)) << 2), 0, (<usize>((end - begin) * count)) << 2);
  const list = (<usize>count) << 3; // room for one more than count
  const ofA = min(n, count + 1);
  const ofB = min(m, count + 1);
  for (let r = begin; r < end; ++r) {
    const y = scores + ((<usize>r * <usize>count) << 2);
    const found = indices + ((<usize>r * <usize>count) << 2);
    const x = a + ((<usize>r * <usize>n) << 2);
    const z = b + ((<usize>r * <usize>m) << 2);
    const values = scratch + ((<usize>r) << 2) * list;
    const others = values + (list << 1);
    if (!isFiniteList(x, n) || !isFiniteList(z, m)) {
      bestOfAll(y, found, x, z, n, m, count, false, 0, 0);
      continue;
    }
    largest(values, values + list, x, n, ofA);
    largest(others, others + list, z, m, ofB);
    bestPairs(y, found, values, values + list, others, others + list, min(n, count), min(m, count), m, count);
    const least = at(y, count - 1);
    const top = at(others, 0);
    const isOpen =
      (n > count && at(values, count) + top >= least) || (m > count && at(values, 0) + at(others, count) >= least);
    if (isOpen) bestOfAll(y, found, x, z, n, m, count, true, top, least);
  }
}

export function productTopKBackward(
  da: usize,
  db: usize,
  dscores: usize,
  indices: usize,
  n: i32,
  m: i32,
  count: i32,
  begin: i32,
  end: i32,
): void {
  for (let r = begin; r < end; ++r) {
    for (let k = r * count; k < (r + 1) * count; ++k) {
      const index = at(indices, k);
      if (!(index >= 0 && index < <f32>(n * m))) continue;
      addNumber(da, <usize>(r * n + <i32>index / m), at(dscores, k));
      addNumber(db, <usize>(r * m + (<i32>index % m)), at(dscores, k));
    }
  }
}
