import { distance, expectPlaces, expectPoints, type Point } from "./points.js";

/** Most points of an exact tour: its table has 2ⁿ⁻¹ (n − 1) entries. */
export const MOST_EXACT = 12;

/**
 * The length of a closed tour.
 * @throws RangeError unless there are points, and every place is one of theirs.
 */
export function tourLength(points: readonly Point[], tour: readonly number[]): number {
  expectPoints("tourLength", points);
  expectPlaces("tourLength", points, tour);
  let length = 0;
  for (let i = 0; i < tour.length; ++i) length += distance(points[tour[i]!]!, points[tour[(i + 1) % tour.length]!]!);
  return length;
}

/** Whether it visits every place below n once. */
export function isTour(n: number, tour: readonly number[]): boolean {
  return tour.length === n && new Set(tour).size === n && tour.every((place) => place >= 0 && place < n);
}

/**
 * A shortest tour through up to 12 points: from the first, in the direction in which the second place is the smaller
 * one. Of tours that are equally short, as where points coincide, it is always the same. Held & Karp 1962, "A dynamic
 * programming approach to sequencing problems".
 *
 * @throws RangeError unless there are 1 to 12 points of two finite numbers.
 * @example
 * shortestTour([[0, 0], [1, 1], [1, 0], [0, 1]]); // [0, 2, 1, 3]
 */
export function shortestTour(points: readonly Point[]): number[] {
  expectPoints("shortestTour", points);
  if (points.length > MOST_EXACT) {
    throw new RangeError(`shortestTour: there are ${points.length} points, and must be at most ${MOST_EXACT}`);
  }
  const n = points.length - 1; // besides the first
  if (n < 2) return [...points.keys()];
  const between = distances(points);
  const from = (i: number, j: number): number => between[i * (n + 1) + j]!;
  const sets = 1 << n;
  // The shortest way from the first place through all of a set to one of its members, and the member before that.
  const shortest = new Float64Array(sets * n).fill(Infinity);
  const before = new Int8Array(sets * n);
  for (let j = 0; j < n; ++j) shortest[(1 << j) * n + j] = from(0, j + 1);
  for (let set = 1; set < sets; ++set) {
    for (let j = 0; j < n; ++j) {
      const without = set & ~(1 << j);
      if (without === set || !without) continue;
      let [best, via] = [Infinity, 0];
      for (let k = 0; k < n; ++k) {
        if (!(without & (1 << k))) continue;
        const length = shortest[without * n + k]! + from(k + 1, j + 1);
        if (length < best) [best, via] = [length, k];
      }
      shortest[set * n + j] = best;
      before[set * n + j] = via;
    }
  }
  let [best, last] = [Infinity, 0];
  for (let j = 0; j < n; ++j) {
    const length = shortest[(sets - 1) * n + j]! + from(j + 1, 0);
    if (length < best) [best, last] = [length, j];
  }
  const tour: number[] = [];
  for (let set = sets - 1, j = last; set;) {
    tour.push(j + 1);
    const via = before[set * n + j]!;
    set &= ~(1 << j);
    j = via;
  }
  return [0, ...(tour[0]! < tour.at(-1)! ? tour : tour.reverse())];
}

/**
 * A tour that always goes to the nearest place that is left, of equals the first.
 * @throws RangeError unless there are points of two finite numbers.
 */
export function nearestNeighbourTour(points: readonly Point[]): number[] {
  expectPoints("nearestNeighbourTour", points);
  const left = new Set(points.keys());
  const tour: number[] = [];
  for (let here = 0; ;) {
    tour.push(here);
    left.delete(here);
    if (!left.size) return tour;
    let [best, next] = [Infinity, here];
    for (const place of left) {
      const length = distance(points[here]!, points[place]!);
      if (length < best) [best, next] = [length, place];
    }
    here = next;
  }
}

/**
 * The nearest neighbours' tour with stretches of it turned around for as long as that makes it shorter. Croes 1958, "A
 * method for solving traveling-salesman problems".
 *
 * @throws RangeError unless there are points of two finite numbers.
 */
export function twoOptTour(points: readonly Point[]): number[] {
  const tour = nearestNeighbourTour(points);
  const n = tour.length;
  const between = distances(points);
  const from = (i: number, j: number): number => between[tour[i]! * n + tour[j % n]!]!;
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (let i = 0; i + 2 < n; ++i) {
      for (let j = i + 2; j < n; ++j) {
        const gain = from(i, i + 1) + from(j, j + 1) - from(i, j) - from(i + 1, j + 1);
        if (gain <= 1e-12) continue; // rounding must not turn them around for ever
        tour.splice(i + 1, j - i, ...tour.slice(i + 1, j + 1).reverse());
        isBetter = true;
      }
    }
  }
  return tour;
}

/** (n, n) */
function distances(points: readonly Point[]): Float64Array {
  const n = points.length;
  return Float64Array.from({ length: n * n }, (_, i) => distance(points[Math.floor(i / n)]!, points[i % n]!));
}
