import { convexHull, isSimple, signedArea } from "./geometry/convexHull.js";
import { same, type Point } from "./geometry/points.js";
import { isTour, nearestNeighbourTour, shortestTour, tourLength, twoOptTour } from "./geometry/tours.js";

/** What was pointed at: places, counted from 0. */
export type Places = readonly number[];

/**
 * The part of the examples of which all places are right.
 * @throws RangeError unless there is one example for each answer, at least one.
 */
export function exactScore(answers: readonly Places[], targets: readonly Places[]): number {
  expectAnswers("exactScore", answers, targets);
  return mean(answers.map((places, i) => Number(String(places) === String(targets[i]))));
}

/** How well hulls were found. */
export interface HullScore {
  /** The part of the answers that are the hull: the same polygon up to rotation. */
  readonly accuracy: number;
  /** The part of the answers that are simple polygons. */
  readonly simple: number;
  /** The part of the true hull's area that simple answers cover, a mean over them; NaN if there are none. */
  readonly area: number;
}

/**
 * Scores hulls as Vinyals, Fortunato & Jaitly 2015, arXiv:1506.03134, do, who give no area if `simple` is below 0.99.
 * Points that coincide count as the same. Sets without an area count as hit or missed, and not in `simple` and `area`.
 *
 * @throws RangeError unless there is one set of points for each answer, at least one.
 */
export function hullScore(answers: readonly Places[], sets: readonly (readonly Point[])[]): HullScore {
  expectAnswers("hullScore", answers, sets);
  const areas: number[] = [];
  let [hits, withArea] = [0, 0];
  answers.forEach((places, i) => {
    const points = sets[i]!;
    const hull = convexHull(points);
    const corners = places.length > 1 && places.at(-1) === places[0] ? places.slice(0, -1) : null;
    if (
      corners &&
      isRotation(
        corners.map((place) => points[place]!),
        hull.map((place) => points[place]!),
      )
    )
      ++hits;
    const whole = signedArea(points, hull);
    if (!whole) return;
    ++withArea;
    if (corners && isSimple(points, corners)) areas.push(Math.abs(signedArea(points, corners)) / whole);
  });
  return { accuracy: hits / answers.length, simple: areas.length / withArea, area: mean(areas) };
}

/** How well tours were found: means. */
export interface TourScore {
  /** The part of the answers that visit every city once; the rest is not in the means. */
  readonly valid: number;
  readonly length: number;
  readonly optimum: number;
  /** A tour's length over the optimum; 1 where all cities coincide. */
  readonly overOptimum: number;
  /** The same of what the heuristics find: always to the nearest, and that with stretches turned around. */
  readonly nearestNeighbour: number;
  readonly twoOpt: number;
}

/**
 * Scores tours. Optima are exact, by dynamic programming, unless tours that are optimal are given.
 * @throws RangeError unless there is one set of points for each answer, at least one, and of at most 12 points where no
 * optimal tours are given.
 */
export function tourScore(
  answers: readonly Places[],
  sets: readonly (readonly Point[])[],
  optimal: readonly Places[] = sets.map(shortestTour),
): TourScore {
  expectAnswers("tourScore", answers, sets);
  expectAnswers("tourScore", answers, optimal);
  const all = sets.map((points, i) => {
    const isValid = isTour(points.length, answers[i]!);
    const optimum = tourLength(points, optimal[i]!);
    const over = (tour: Places): number => (optimum ? tourLength(points, tour) / optimum : 1);
    return {
      length: isValid ? tourLength(points, answers[i]!) : NaN,
      optimum,
      overOptimum: isValid ? over(answers[i]!) : NaN,
      nearestNeighbour: over(nearestNeighbourTour(points)),
      twoOpt: over(twoOptTour(points)),
    };
  });
  const valid = all.filter(({ length }) => !Number.isNaN(length));
  const meanOf = (name: keyof (typeof all)[number]): number => mean(valid.map((score) => score[name]));
  return {
    valid: valid.length / all.length,
    length: meanOf("length"),
    optimum: meanOf("optimum"),
    overOptimum: meanOf("overOptimum"),
    nearestNeighbour: meanOf("nearestNeighbour"),
    twoOpt: meanOf("twoOpt"),
  };
}

/** Whether both go through the same points in the same order, wherever they start. */
function isRotation(a: readonly Point[], b: readonly Point[]): boolean {
  if (a.length !== b.length) return false;
  return b.some((_, begin) => a.every((point, i) => same(point, b[(begin + i) % b.length]!)));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function expectAnswers(owner: string, answers: readonly Places[], others: readonly unknown[]): void {
  if (answers.length && answers.length === others.length) return;
  const counts = `${answers.length} answers for ${others.length} examples`;
  throw new RangeError(`${owner}: there are ${counts}, and must be as many, at least one`);
}
