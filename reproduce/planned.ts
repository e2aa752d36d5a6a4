import { readFileSync } from "node:fs";
import { recordOf } from "../cli/sweeping/setting.js";
import type { Experiment } from "../recipes/recipe.js";
import { sha256, type Json } from "../runs/canonical.js";
import type { PlannedSetting } from "../runs/store/planning.js";
import type { EngineIdentity } from "../runs/store/store.js";
import { dataFile, dataFolder } from "./data.js";
import { planOf, testsOf } from "./experimentRun.js";
import { taughtBy } from "./teaching/taught.js";
import { trainedPath } from "./trainedFiles.js";

/** Kind of the runs of experiments. */
export const KIND = "experiment";

/** What a worker is told of one. */
export interface ExperimentSpec {
  readonly experiment: string;
  readonly isQuick: boolean;
}

/** An experiment as a setting of a sweep, with those of its seeds that are wanted. */
export function settingOf(
  experiment: Experiment,
  seeds: readonly number[],
  isQuick: boolean,
  engine: EngineIdentity,
): PlannedSetting {
  const { name, model, task, at = [], dtype = "f16", calibration, from, data } = experiment;
  const plan = planOf(experiment, 1, isQuick);
  const training = { model, task, flags: {}, data: {}, evaluate: {}, keepModels: false };
  return {
    label: name,
    seeds,
    steps: plan.steps,
    spec: { kind: KIND, experiment: name, isQuick } satisfies ExperimentSpec & { kind: string },
    record: {
      ...recordOf(plan, training, engine),
      kind: KIND,
      at,
      tests: Object.fromEntries(testsOf(experiment)) as unknown as Json,
      dtype,
      calibration: (calibration ?? null) as Json,
      from: from === undefined ? null : sha256(readFileSync(trainedPath(from, isQuick))),
      data: hashesOf(experiment),
      ...(data?.taught && { taught: taughtBy(data.taught, isQuick) }),
    },
  };
}

/** The public data that decide what comes out, by their SHA-256. */
function hashesOf({ data, calibration, tests }: Experiment): Record<string, string> {
  if (dataFolder() === undefined) return {};
  const files = [data?.train, data?.test, calibration?.pairs, calibration?.except];
  const tested = Object.values(tests).map(({ file }) => file);
  const named = new Set([...files, ...tested].filter((file) => file !== undefined));
  return Object.fromEntries([...named].map((file) => [file, sha256(readFileSync(dataFile(file)))]));
}
