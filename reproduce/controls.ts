import { bySeed, median } from "./markdown.js";
import type { Run } from "./run.js";

/** A number of a task, of a model and of its control: a row in the index of results. */
export interface Comparison {
  readonly task: string;
  readonly asked: string;
  /** Experiments. */
  readonly of: readonly [ours: string, control: string];
  readonly names: readonly [ours: string, control: string];
  readonly value: (run: Run) => number | undefined;
  readonly shown: (value: number) => string;
}

type Measure = Pick<Comparison, "value" | "shown">;

const valuesOf = (runs: readonly Run[], { value }: Measure, experiment: string): number[] =>
  bySeed(runs, experiment).flatMap((run) => value(run) ?? []);

/** "**2.2%**", the median over the seeds; nothing where there is no run. */
export function shownMedian(runs: readonly Run[], measure: Measure, experiment: string): string {
  const values = valuesOf(runs, measure, experiment);
  return values.length ? `**${measure.shown(median(values))}**` : "";
}

/** "ACT **2.2%** (3 seeds)", the median over the seeds; nothing where there is no run. */
export function medianCell(runs: readonly Run[], measure: Measure, experiment: string, name: string): string {
  const { length } = valuesOf(runs, measure, experiment);
  return length ? `${name} ${shownMedian(runs, measure, experiment)}${length > 1 ? ` (${length} seeds)` : ""}` : "";
}

/** A comparison's medians: of the model, and of its control. */
export const shownPair = (runs: readonly Run[], comparison: Comparison): [ours: string, control: string] => {
  const { of } = comparison;
  return [shownMedian(runs, comparison, of[0]), shownMedian(runs, comparison, of[1])];
};

/** The heading of `comparisonRow`. */
export const comparisonHead = ["task", "", "", "control"];

export const comparisonRow = (runs: readonly Run[], comparison: Comparison): string[] => {
  const { task, asked, of, names } = comparison;
  const cell = (i: 0 | 1): string => medianCell(runs, comparison, of[i], names[i]);
  return [task.replace("-", " "), asked, cell(0), cell(1)];
};
