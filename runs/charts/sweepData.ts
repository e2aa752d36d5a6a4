/** Learning curves of a setting's runs, at common steps. */
export interface CurveData {
  /** (steps): rising. */
  readonly steps: readonly number[];
  /** (runs, steps): undefined where a run has no value. The row of a run that stopped early may end early. */
  readonly values: readonly (readonly (number | undefined)[])[];
}

/** A setting of a sweep: options that several runs share, which differ in their seeds. */
export interface SettingData {
  /** Unlike those of the others. */
  readonly name: string;
  /** Final value of the metric, one for each run that ended: undefined of a run that failed, NaN of one that diverged. */
  readonly values: readonly (number | undefined)[];
  /** Runs that reached the goal. Default: not known. */
  readonly succeeded?: number;
  readonly curve?: CurveData;
}

/** Results of a sweep, to be drawn. */
export interface SweepData {
  readonly title: string;
  /** Name of what the values are. */
  readonly metric: string;
  readonly lowerIsBetter: boolean;
  /** Name of what the learning curves are. Default: the metric. */
  readonly curveMetric?: string;
  readonly settings: readonly SettingData[];
}
