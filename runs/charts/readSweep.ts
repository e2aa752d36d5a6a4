import { fiveNumbers, type FiveNumbers } from "../statistics/fiveNumbers.js";
import { shareOf, type Share } from "../statistics/summarize.js";
import { curveBand, pointsOf, type CurveBand } from "./curveBand.js";
import { expectSweep } from "./expectSweep.js";
import type { SettingData, SweepData } from "./sweepData.js";

/** A setting in the numbers that are drawn. */
export interface SettingReading {
  readonly name: string;
  /** Runs that ended, those that failed and diverged among them. */
  readonly runs: number;
  readonly failed: number;
  readonly diverged: number;
  /** Finite values, in ascending order. */
  readonly values: Float64Array;
  /** Undefined if no value is finite. */
  readonly summary: FiveNumbers | undefined;
  /** Undefined if it is not known what succeeded, or no run has ended. */
  readonly share: Share | undefined;
  readonly curve: CurveBand | undefined;
}

/** A sweep as it is drawn: the setting with the best median first, those without a value last. */
export interface SweepReading {
  readonly title: string;
  readonly metric: string;
  readonly lowerIsBetter: boolean;
  readonly curveMetric: string;
  readonly settings: readonly SettingReading[];
}

/** @throws TypeError, RangeError unless it is a sweep. */
export function readSweep(owner: string, data: SweepData): SweepReading {
  expectSweep(owner, data);
  const { title, metric, lowerIsBetter, curveMetric = metric } = data;
  const badness = ({ summary }: SettingReading): number =>
    summary ? (lowerIsBetter ? summary.median : -summary.median) : Infinity;
  const settings = data.settings.map(readSetting);
  settings.sort((a, b) => (badness(a) === badness(b) ? 0 : badness(a) - badness(b)));
  return { title, metric, lowerIsBetter, curveMetric, settings };
}

function readSetting({ name, values: all, succeeded, curve }: SettingData): SettingReading {
  const ended = all.filter((value) => value !== undefined);
  const values = Float64Array.from(ended.filter((value) => Number.isFinite(value))).sort();
  const band = curve && curveBand(curve);
  return {
    name,
    runs: all.length,
    failed: all.length - ended.length,
    diverged: ended.length - values.length,
    values,
    summary: values.length ? fiveNumbers(values) : undefined,
    share: succeeded !== undefined && all.length ? shareOf(succeeded, all.length) : undefined,
    curve: band && pointsOf(band).length ? band : undefined,
  };
}
