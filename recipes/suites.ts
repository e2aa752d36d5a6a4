import { recipes } from "./index.js";
import type { Experiment } from "./recipe.js";

/** Experiments by the page of results that has them, in the order of recipes. */
export const suites: Readonly<Record<string, readonly Experiment[]>> = Object.values(recipes)
  .sort((a, b) => a.place - b.place)
  .reduce<Record<string, readonly Experiment[]>>(
    (all, { suite, experiments = [] }) =>
      suite === undefined ? all : { ...all, [suite]: [...(all[suite] ?? []), ...experiments] },
    {},
  );

/** Every experiment, suite by suite. */
export const experiments: readonly Experiment[] = Object.values(suites).flat();
