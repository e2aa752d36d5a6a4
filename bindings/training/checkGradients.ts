import { checkOptions, positive, whole } from "../common/options.js";
import { Random } from "../common/random/philox.js";
import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Shards } from "../engine/shards.js";
import type { Model } from "../models/model.js";
import { Batch } from "../tasks/batch.js";
import type { AnyTask } from "../tasks/task.js";
import { expectFit } from "./fit.js";
import { fillShards, resultsOf, trainingProgram } from "./trainingProgram.js";

/** How gradients are checked. */
export interface CheckGradientsOptions {
  /** Examples of the batch. Default: 4. */
  batch?: number;
  /** Length of the examples, in the task's terms. Default: the task's own. */
  length?: number;
  /** Seed of the batch. Default: 0. */
  seed?: number;
  /** Step of the differences. Default: 1/64, at which rounding and curvature matter about equally in single precision. */
  h?: number;
  /** Largest difference, relative to the gradient plus `floor` · (1 + loss). Default: 0.02. */
  tolerance?: number;
  /** Size of a gradient, relative to the loss, below which rounding drowns it. Default: 1e-3. */
  floor?: number;
}

/** Gradients that agree with differences. */
export interface CheckedGradients {
  readonly loss: number;
  /** Gradients that were compared: all of them. */
  readonly compared: number;
  /** The largest error there was, in the terms of `tolerance`. */
  readonly worst: number;
}

/** A gradient is not the slope of the loss. */
export class GradientError extends Error {
  override readonly name = "GradientError";

  constructor(
    /** Dotted path of the parameter, and the element. */
    readonly path: string,
    readonly element: number,
    readonly gradient: number,
    readonly difference: number,
  ) {
    super(
      `The gradient of ${path}[${element}] is ${gradient}, and central differences say ${difference}. An op or a step ` +
        "is not differentiable there, or a gradient was stopped",
    );
  }
}

/** The random stream of batches that are checked; training and evaluation take others. */
const CHECK = 3;

/**
 * Compares every gradient of a model's loss on a batch of a task with central differences of fourth order,
 * (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h, of the same program. The model keeps its parameters.
 *
 * @throws GradientError when one does not agree; TypeError, RangeError, ShapeError as `train` does.
 * @example
 * const { worst } = checkGradients(engine, model, task);
 */
export function checkGradients(
  engine: Engine,
  model: Model<string>,
  task: AnyTask,
  options: CheckGradientsOptions = {},
): CheckedGradients {
  const owner = "checkGradients";
  expectEngine(owner, engine);
  expectFit(owner, model, task);
  const { length, ...rest } = options;
  const { batch, seed, h, tolerance, floor } = checkOptions(owner, rest, {
    batch: [4, whole(1, { most: 8 })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
    h: [1 / 64, positive()],
    tolerance: [0.02, positive()],
    floor: [1e-3, positive()],
  });
  const examples = new Batch(model.batchLayout(task));
  task.generate(new Random(seed, CHECK), batch, examples, length === undefined ? {} : { length });
  const { values } = model.parameters;
  const address = model.parameters.in(engine) / 4;
  const loaded = new LoadedProgram(engine, trainingProgram(model, task, batch, true));
  const shards = new Shards(
    engine,
    batch,
    () => loaded,
    undefined,
    () => batch,
  );
  const memory = (): Float32Array => engine.memory.f32;
  const count = model.parameterCount;
  try {
    fillShards(shards, examples, model.parameters.in(engine));
    shards.writeStreams(seed, 1);
    const run = (): number => {
      shards.run();
      return resultsOf(shards, 1, count)[0]!;
    };
    const loss = run();
    const first = shards.gradients / 4;
    const gradients = memory().slice(first, first + count);
    let worst = 0;
    for (const { path, offset, size } of model.parameters.parameters) {
      for (let element = 0; element < size; ++element) {
        const at = offset + element;
        const lossAt = (move: number): number => {
          memory()[address + at] = values[at]! + move;
          const moved = run();
          memory()[address + at] = values[at]!;
          return moved;
        };
        const difference = (8 * (lossAt(h) - lossAt(-h)) - (lossAt(2 * h) - lossAt(-2 * h))) / (12 * h);
        const gradient = gradients[at]!;
        const error = Math.abs(gradient - difference) / (Math.abs(difference) + floor * (1 + Math.abs(loss)));
        if (!(error <= tolerance)) throw new GradientError(path, element, gradient, difference);
        worst = Math.max(worst, error);
      }
    }
    return { loss, compared: count, worst };
  } finally {
    shards.free();
    loaded.free();
  }
}
