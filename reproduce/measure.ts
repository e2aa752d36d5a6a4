import { evaluate, type AnyTask, type Engine } from "../bindings/core.js";
import type { AnyModel } from "../cli/models.js";
import type { Test } from "../recipes/recipe.js";
import type { Examination, Measured, System } from "./system.js";
import { systems } from "./systems/index.js";
import { testTaskOf } from "./testTask.js";

/** The sequences of a checkpoint's score. */
export const SCORED = { sequences: 256, seed: 7 };

/** The metrics of the task and of the model, over fresh sequences. */
async function evaluated({ engine, model, test, ...of }: Examination): Promise<Measured> {
  const { changed: _, file: __, ...asked } = test;
  // A seed of its own, so that no test has what training has seen.
  const options = { seed: 1_000_000, sequences: 1000, ...asked };
  const { loss, ...metrics } = await evaluate(engine, model, testTaskOf({ test, ...of }), options);
  return { ...metrics, cost: loss / Math.LN2 };
}

const byClass = new Map(Object.values(systems).map((system): [string, System] => [system.className, system]));

/** How models of this class are measured, where they have a way of their own. */
export const systemOf = (model: Pick<AnyModel, "name">): System | undefined => byClass.get(model.name);

/** Metrics of a model on a test, of what it has not been trained on. */
export async function measure(
  engine: Engine,
  model: AnyModel,
  task: Pick<AnyTask, "name" | "options">,
  experiment: Examination["experiment"],
  test: Test,
): Promise<Measured> {
  const of = { engine, model, task, experiment, test };
  return systemOf(model)?.measure(of) ?? evaluated(of);
}

/** The score of a checkpoint: the same whenever it is measured. */
export async function scoreOf(...of: Parameters<typeof measure>): Promise<Measured> {
  const { milliseconds: _, ...score } = await measure(...of);
  return score;
}
