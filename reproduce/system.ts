import type { AnyTask, Engine } from "../bindings/core.js";
import type { AnyModel } from "../cli/models.js";
import type { Experiment, Test } from "../recipes/recipe.js";

/**
 * Metrics of a trained model: means a sequence. `cost` is the loss in units of ln 2, which is bits a sequence where the
 * loss is a cross-entropy.
 */
export type Measured = Readonly<Record<string, number>>;

/** A trained model, and the test that it is to take. */
export interface Examination<M extends object = AnyModel, OfSystem extends object = object> {
  readonly engine: Engine;
  readonly model: M;
  /** The task that it has learned. */
  readonly task: Pick<AnyTask, "name" | "options">;
  /** The data of the experiment, of which it has seen the part for training. */
  readonly experiment: Pick<Experiment, "task" | "data">;
  readonly test: Test & OfSystem;
}

/** How models of one class are measured, where their metrics are not those of the task over its own sequences. */
export interface System<M extends object = AnyModel, OfSystem extends object = object> {
  readonly className: string;
  measure(of: Examination<M, OfSystem>): Measured | Promise<Measured>;
  /** Metadata with a calibration, of models that draw what they are calibrated with: of each task so many, or as many as it takes. */
  calibrate?(
    of: Pick<Examination<M>, "engine" | "model" | "task" | "experiment">,
    precision: number,
    each?: number,
  ): Readonly<Record<string, string>>;
}
