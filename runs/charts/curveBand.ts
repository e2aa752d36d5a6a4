import { quantile } from "../statistics/quantile.js";
import type { CurveData } from "./sweepData.js";

/** A step of a learning curve: the median and the quartiles of the runs that have a value there. */
export interface BandPoint {
  readonly step: number;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** Median and quartiles of learning curves over steps; undefined where no run has a finite value. */
export type CurveBand = readonly (BandPoint | undefined)[];

/** More points than a picture has pixels for. */
const MOST_POINTS = 240;

/** Median and quartiles at each step, or at evenly spaced ones and the last, where there are more than can be seen. */
export function curveBand({ steps, values }: CurveData): CurveBand {
  return indicesOf(steps.length).map((i) => {
    const finite = values.flatMap((row) => (Number.isFinite(row[i]) ? [row[i]!] : []));
    if (!finite.length) return undefined;
    const sorted = Float64Array.from(finite).sort();
    const [lower, median, upper] = [0.25, 0.5, 0.75].map((p) => quantile(sorted, p)) as [number, number, number];
    return { step: steps[i]!, lower, median, upper };
  });
}

/** Points of a band, without its gaps. */
export const pointsOf = (band: CurveBand = []): BandPoint[] => band.filter((point) => point !== undefined);

/** The first and the last step of points, of which there is one at least. */
export const stepsOf = (points: readonly BandPoint[]): [first: number, last: number] =>
  points.reduce(([first, last], { step }) => [Math.min(first, step), Math.max(last, step)] as [number, number], [
    Infinity,
    -Infinity,
  ] as [number, number]);

function indicesOf(length: number): number[] {
  const every = Math.ceil(length / MOST_POINTS);
  const indices = Array.from({ length: Math.ceil(length / every) || 0 }, (_, i) => i * every);
  if (length && indices.at(-1) !== length - 1) indices.push(length - 1);
  return indices;
}
