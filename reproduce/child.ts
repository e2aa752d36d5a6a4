/** A process that trains experiments, slice after slice, for the one that started it. */
import { experiments } from "../recipes/suites.js";
import { serveRuns } from "../runs/work/serve.js";
import { engineOf } from "./engine.js";
import { ExperimentRun } from "./experimentRun.js";
import { KIND, type ExperimentSpec } from "./planned.js";

const engine = await engineOf(Number(process.argv[2]));

serveRuns({
  async [KIND]({ spec, seed, kept }) {
    const { experiment: name, isQuick } = spec as unknown as ExperimentSpec;
    const experiment = experiments.find((each) => each.name === name);
    if (!experiment) throw new Error(`There is no experiment ${name}`);
    return new ExperimentRun(engine, experiment, seed, isQuick, kept);
  },
});
