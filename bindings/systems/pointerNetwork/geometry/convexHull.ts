import { expectPlaces, expectPoints, same, turn, type Point } from "./points.js";

/**
 * The corners of the convex hull as places of points, counter-clockwise, from the one of the lowest place. Points on an
 * edge are no corners; of points that coincide the first stands for all. Points on a line have their two ends, points
 * that all coincide the first. Andrew 1979, "Another efficient algorithm for convex hulls in two dimensions".
 *
 * @throws RangeError unless there are points of two finite numbers.
 * @example
 * convexHull([[0, 0], [1, 0], [0.5, 0.2], [0, 1]]); // [0, 1, 3]
 */
export function convexHull(points: readonly Point[]): number[] {
  expectPoints("convexHull", points);
  const order = [...points.keys()]
    .sort((a, b) => points[a]![0]! - points[b]![0]! || points[a]![1]! - points[b]![1]! || a - b)
    .filter((place, i, all) => !i || !same(points[place]!, points[all[i - 1]!]!));
  if (order.length < 3) return order.sort((a, b) => a - b);
  const corners = [...chain(points, order), ...chain(points, order.reverse())];
  const lowest = corners.indexOf(Math.min(...corners));
  return [...corners.slice(lowest), ...corners.slice(0, lowest)];
}

/** One side of the hull, without its last point: only turns to the left. */
function chain(points: readonly Point[], order: readonly number[]): number[] {
  const side: number[] = [];
  for (const place of order) {
    while (side.length > 1 && turn(points[side.at(-2)!]!, points[side.at(-1)!]!, points[place]!) <= 0) side.pop();
    side.push(place);
  }
  return side.slice(0, -1);
}

/**
 * The area that a closed way goes around, by Gauss's formula: above 0 where it is counter-clockwise.
 * @throws RangeError unless there are points, and every place is one of theirs.
 */
export function signedArea(points: readonly Point[], corners: readonly number[]): number {
  expectPoints("signedArea", points);
  expectPlaces("signedArea", points, corners);
  let twice = 0;
  for (let i = 1; i + 1 < corners.length; ++i) {
    twice += turn(points[corners[0]!]!, points[corners[i]!]!, points[corners[i + 1]!]!);
  }
  return twice / 2;
}

/**
 * Whether these are the corners of a simple polygon, at least three: its edges meet where one ends and the next begins,
 * and nowhere else.
 * @throws RangeError unless there are points, and every place is one of theirs.
 */
export function isSimple(points: readonly Point[], corners: readonly number[]): boolean {
  expectPoints("isSimple", points);
  expectPlaces("isSimple", points, corners);
  const n = corners.length;
  if (n < 3) return false;
  const corner = (i: number): Point => points[corners[i % n]!]!;
  for (let i = 0; i < n; ++i) {
    if (same(corner(i), corner(i + 1))) return false;
    // The next edge must not go back over this one.
    const isBack =
      turn(corner(i), corner(i + 1), corner(i + 2)) === 0 && along(corner(i), corner(i + 1), corner(i + 2)) < 0;
    if (isBack) return false;
    for (let j = i + 2; j < n; ++j) {
      if (i === 0 && j === n - 1) continue; // neighbours around the end
      if (meet(corner(i), corner(i + 1), corner(j), corner(j + 1))) return false;
    }
  }
  return true;
}

/** How far a way goes on in its direction from q to r: below 0 where it turns back. */
const along = (p: Point, q: Point, r: Point): number =>
  (q[0]! - p[0]!) * (r[0]! - q[0]!) + (q[1]! - p[1]!) * (r[1]! - q[1]!);

/** Whether the edges p q and r s have a point in common. */
function meet(p: Point, q: Point, r: Point, s: Point): boolean {
  const [a, b, c, d] = [turn(p, q, r), turn(p, q, s), turn(r, s, p), turn(r, s, q)];
  if (((a > 0 && b < 0) || (a < 0 && b > 0)) && ((c > 0 && d < 0) || (c < 0 && d > 0))) return true;
  const within = (p: Point, q: Point, r: Point): boolean => along(p, r, q) >= 0; // r is on the line through p and q
  return (
    (a === 0 && within(p, q, r)) ||
    (b === 0 && within(p, q, s)) ||
    (c === 0 && within(r, s, p)) ||
    (d === 0 && within(r, s, q))
  );
}
