import { shown } from "../../../common/shown.js";

/** A point of the plane: x, y. */
export type Point = ArrayLike<number>;

/** @throws RangeError unless these are points of two finite numbers each, at least one. */
export function expectPoints(owner: string, points: readonly Point[]): void {
  if (!Array.isArray(points) || !points.length) {
    throw new RangeError(`${owner}: the points are ${shown(points)}, and must be an array of points, at least one`);
  }
  for (let i = 0; i < points.length; ++i) {
    const point = points[i] as Point | null | undefined;
    if (point?.length === 2 && Number.isFinite(point[0]) && Number.isFinite(point[1])) continue;
    throw new RangeError(`${owner}: point ${i} is ${shown(point)}, and must be two finite numbers`);
  }
}

/** @throws RangeError unless every place is that of a point. */
export function expectPlaces(owner: string, points: readonly Point[], places: ArrayLike<number>): void {
  for (let i = 0; i < places.length; ++i) {
    const place = places[i]!;
    if (Number.isInteger(place) && place >= 0 && place < points.length) continue;
    throw new RangeError(`${owner}: place ${i} is ${shown(place)}, and must be a whole number below ${points.length}`);
  }
}

export const same = (p: Point, q: Point): boolean => p[0] === q[0] && p[1] === q[1];

/**
 * Twice the area of the triangle p, q, r: above 0 where the way turns left. Exact for points that are multiples of
 * 2⁻²⁴ in the unit square, as tasks draw them.
 */
export function turn(p: Point, q: Point, r: Point): number {
  return (q[0]! - p[0]!) * (r[1]! - p[1]!) - (q[1]! - p[1]!) * (r[0]! - p[0]!);
}

/** Euclidean; with a square root, and no other function of the host. */
export function distance(p: Point, q: Point): number {
  const [dx, dy] = [p[0]! - q[0]!, p[1]! - q[1]!];
  return Math.sqrt(dx * dx + dy * dy);
}
