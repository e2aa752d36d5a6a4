import { bySeed, median } from "./markdown.js";
import type { Run } from "./perform.js";

/** A number of a task, of a model and of its control: a line of README. */
export interface Comparison {
  readonly task: string;
  readonly asked: string;
  /** Experiments. */
  readonly of: readonly [ours: string, control: string];
  readonly names: readonly [ours: string, control: string];
  readonly value: (run: Run) => number | undefined;
  readonly shown: (value: number) => string;
}

/** "ACT **2.2%**", the median over the seeds; nothing where there is no run. */
export function medianCell(
  runs: readonly Run[],
  { value, shown }: Pick<Comparison, "value" | "shown">,
  experiment: string,
  name: string,
): string {
  const values = bySeed(runs, experiment).flatMap((run) => value(run) ?? []);
  if (!values.length) return "";
  return `${name} **${shown(median(values))}**${values.length > 1 ? ` (${values.length} seeds)` : ""}`;
}

/** The heading of `comparisonRow`. */
export const comparisonHead = ["task", "", "", "control"];

export const comparisonRow = (runs: readonly Run[], comparison: Comparison): string[] => {
  const { task, asked, of, names } = comparison;
  const cell = (i: 0 | 1): string => medianCell(runs, comparison, of[i], names[i]);
  return [task.replace("-", " "), asked, cell(0), cell(1)];
};
