import { existsSync } from "node:fs";
import { packagePath } from "../cli/sweeping/packagePath.js";
import type { Experiment } from "../recipes/recipe.js";
import { experiments } from "../recipes/suites.js";

/** The experiment that makes a model which is only there to teach others. */
const makerOf = (file: string): Experiment | undefined => experiments.find(({ teacher }) => teacher === file);

/**
 * Path of a trained model that a recipe names: committed in checkpoints/, or made before in build/teachers. A quick run, which
 * only shows that all of it works, takes one that is committed, of the same task.
 */
export function trainedPath(file: string, isQuick = false): string {
  const maker = makerOf(file);
  if (!maker) return packagePath(`checkpoints/${file}`);
  if (!isQuick) return packagePath(`build/teachers/${file}`);
  const like = experiments.find(({ checkpoint, task }) => checkpoint && task === maker.task)!;
  return packagePath(`checkpoints/${like.checkpoint}`);
}

/** The experiments that must be run before this one, since it needs their models, and these are not there. */
export const missingBefore = ({ from, data }: Experiment): string[] => {
  const needed = new Set([...(from === undefined ? [] : [from]), ...(data?.taught?.by ?? [])]);
  return [...needed].flatMap((file) => (existsSync(trainedPath(file)) ? [] : (makerOf(file)?.name ?? [])));
};
