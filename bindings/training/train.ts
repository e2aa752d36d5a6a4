import { decodeCheckpoint, expectFree, save } from "../checkpoint/checkpoint.js";
import type { TrainerState, TrainingRecord } from "../checkpoint/trainingRecord.js";
import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { between, checkOptions, expectOptions, notNegative, object, positive, whole } from "../common/options.js";
import { Graph } from "../graph/graph.js";
import type { Model, ModelClass } from "../models/model.js";
import { excerpt, shown } from "../common/shown.js";
import { MOST_SEQUENCES } from "../tasks/batch.js";
import type { AnyTask, GenerateOptions } from "../tasks/task.js";
import { adam, expectOptimizer, type Optimizer } from "./optimizers.js";
import { EventLoop } from "./eventLoop.js";

import { Recent } from "./recent.js";
import { generateRules, type Metrics } from "./evaluate.js";
import { expectFit } from "./fit.js";
import { beginning, stateSizeOf, Trainer } from "./trainer.js";
import { meansOf, metricsOf } from "./trainingProgram.js";
import type { Schedule } from "./schedules.js";
import type { Clip } from "./update.js";

/** How train goes about it. */
export interface TrainOptions {
  /** Sequences a step. Default: 16. */
  batch?: number;
  /** Default: `adam()`. */
  optimizer?: Optimizer;
  /** Default: `{ norm: 10 }`; `{}` for none. */
  clip?: Clip;
  /**
   * Weight of the model's auxiliary loss at each step, such as the price of ponder steps or the bonus for entropy, which
   * may be annealed. A checkpoint does not hold it, nor a learning rate's schedule. Default: 1 at all steps.
   */
  auxiliaryWeight?: Schedule;
  /** η: adds normal noise of variance η / (1 + t)^0.55 to every clipped gradient at step t. Default: 0, none. */
  gradientNoise?: number;
  /**
   * β of an exponential moving average: the model has the average of the parameters of all steps, and each step counts β
   * times as much as the next, such as 0.999. What is trained are others, which a checkpoint keeps. A step reports the loss
   * and metrics of what is trained; evaluations are of the average. Default: 0, none.
   */
  average?: number;
  /** Seed of the training data. Default: the task's. */
  seed?: number;
  /** Ends after this step. Default: never; leave the loop when you have seen enough. */
  steps?: number;
  /** Measures the model on fresh sequences every so many steps. */
  evaluate?: { every: number; sequences?: number } & GenerateOptions;
  /** Hands a checkpoint to `write` every so many steps, and waits for it. */
  checkpoint?: CheckpointOptions;
  /** Texts that go with the model into its checkpoints, by name. */
  metadata?: Readonly<Record<string, string>>;
  /** The bytes of a checkpoint to go on from; bit for bit as if training had never stopped. */
  resume?: Uint8Array;
}

/** When checkpoints are made, and what becomes of them. */
export interface CheckpointOptions {
  /** Steps between two. */
  every: number;
  /** Takes the bytes of a file; training waits for what it returns. */
  write(bytes: Uint8Array<ArrayBuffer>, step: number): unknown;
}

/** What a step of training reports beside what task and model measure. */
export interface StepFacts<Metric extends string = never> {
  /** Counted from 1. */
  readonly step: number;
  /** Sequences seen so far. */
  readonly sequences: number;
  /** What training makes small, over this step's batch: cross-entropy in nats a sequence, and what a model adds. */
  readonly loss: number;
  /** Length of the gradient before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  /** On the steps that measured fresh sequences. */
  readonly evaluation?: Metrics<Metric>;
}

/**
 * What a step of training reports. What task and model measure, such as `bitError`, is a mean a sequence over the latest
 * batches: at least 1,000 sequences once there are as many.
 */
export type TrainingStep<Metric extends string = never> = StepFacts<Metric> & { readonly [Name in Metric]: number };

/** The training loop belongs to its caller: take steps from it, and leave it when you like. */
export interface Training<Metric extends string = never> extends AsyncGenerator<TrainingStep<Metric>, void, void> {
  /** The model and all that is needed to go on, as the bytes of a file. */
  checkpoint(): Uint8Array<ArrayBuffer>;
}

/** Milliseconds after which training yields to the event loop; with a step they fit into a page's frame of 16. */
const YIELD_AFTER = 5;

/**
 * Trains a model on a task, a batch a step.
 *
 * @throws RangeError, TypeError when an option is out of range or unknown; ShapeError when model and task do not fit;
 * NotFiniteError when a loss or gradient is NaN or infinite: the model then has the parameters from before that step.
 * @example
 * for await (const { step, bitError } of train(engine, model, task, { batch: 16, optimizer: adam() })) {
 *   if (bitError < 0.1 || step === 20_000) break;
 * }
 */
export function train<OfTask extends string = never, OfModel extends string = never>(
  engine: Engine,
  model: Model<OfModel>,
  task: AnyTask<OfTask>,
  options: TrainOptions = {},
): Training<OfTask | OfModel> {
  const run = new Run(engine, model, task, options);
  return Object.assign(run.steps(), { checkpoint: () => run.checkpoint() }) as Training<OfTask | OfModel>;
}

class Run {
  readonly #model: Model<string>;
  readonly #task: AnyTask;
  readonly #engine: Engine;
  readonly #resumed: TrainingRecord | undefined;
  #trainer: Trainer | undefined;
  /** Where training stood when it ended. */
  #last: TrainerState | undefined;
  readonly #options;
  readonly #names: readonly string[];
  readonly #recent: Recent;

  constructor(engine: Engine, model: Model<string>, task: AnyTask, options: TrainOptions) {
    expectEngine("train", engine);
    expectFit("train", model, task);
    const { evaluate, checkpoint, resume, auxiliaryWeight } = expectOptions("train", options);
    const checked = checkTrainOptions(options, task);
    const every = [undefined, whole(1)] as const;
    if (evaluate !== undefined) {
      const sequences = [256, whole(1, { most: MOST_SEQUENCES })] as const;
      checkOptions("train: evaluate", evaluate, { every, sequences, ...generateRules(evaluate) });
    }
    if (checkpoint !== undefined)
      checkOptions("train: checkpoint", checkpoint, { every, write: [undefined, isFunction] });
    if (auxiliaryWeight && !model.objective(new Graph(true), task, 1).auxiliary) {
      throw new TypeError(`train: auxiliaryWeight weighs an auxiliary loss, and this ${model.name} has none`);
    }
    this.#model = model;
    this.#task = task;
    this.#options = { ...checked, evaluate, checkpoint };
    this.#names = metricsOf(model, task);
    this.#recent = new Recent(1000);
    this.#engine = engine;
    this.#resumed = resume === undefined ? undefined : this.#restore(resume);
    for (const [sequences, ...sums] of this.#resumed?.recent ?? []) this.#recent.add(sequences!, sums);
  }

  /** Takes memory only once training starts, so that one nobody iterates takes none. */
  #start(): Trainer {
    const { batch, seed, optimizer, clip, auxiliaryWeight, gradientNoise, average } = this.#options;
    const options = {
      batch,
      seed,
      optimizer,
      clip,
      gradientNoise,
      average,
      ...(auxiliaryWeight && { auxiliaryWeight }),
    };
    return this.#engine.memory.attempt(
      () => new Trainer(this.#engine, this.#model, this.#task, options, this.#first()),
    );
  }

  /** Where training stands before it starts. */
  #first(): TrainerState {
    if (!this.#resumed) return beginning(this.#model, this.#options);
    const { step, trainingPosition, evaluationPosition, progress, optimizerState: optimizer } = this.#resumed;
    return { step, trainingPosition, evaluationPosition, ...(progress && { progress }), optimizer };
  }

  async *steps(): AsyncGenerator<StepFacts, void, void> {
    const { batch, steps, evaluate, checkpoint } = this.#options;
    const trainer = (this.#trainer = this.#start());
    const eventLoop = new EventLoop();
    let last = now();
    try {
      while (trainer.step < steps) {
        const { loss, sums, gradientNorm, learningRate } = await trainer.run();
        const { step } = trainer;
        this.#recent.add(batch, sums);
        const evaluation =
          evaluate && step % evaluate.every === 0
            ? await trainer.evaluate(evaluate.sequences ?? 256, evaluate)
            : undefined;
        if (checkpoint && step % checkpoint.every === 0) await checkpoint.write(this.checkpoint(), step);
        yield {
          step,
          sequences: step * batch,
          loss,
          ...meansOf(this.#names, this.#recent.means, 1),
          gradientNorm,
          learningRate,
          ...(evaluation && { evaluation }),
        };
        if (now() - last > YIELD_AFTER) {
          await eventLoop.yield();
          last = now();
        }
      }
    } finally {
      this.#last = trainer.state;
      trainer.dispose();
      eventLoop.end();
    }
  }

  checkpoint(): Uint8Array<ArrayBuffer> {
    const { optimizer, clip, gradientNoise, average, batch, seed, metadata } = this.#options;
    const { optimizer: optimizerState, ...state } = this.#last ?? this.#trainer?.state ?? this.#first();
    const { name, options } = optimizer;
    const training: TrainingRecord = {
      ...state,
      optimizer: { name, options },
      optimizerState,
      batch,
      clip,
      ...(gradientNoise && { gradientNoise }),
      ...(average && { average }),
      seed,
      recent: this.#names.length ? this.#recent.entries : [], // there are no means to go on with
    };
    return save(this.#model, { task: this.#task, training, metadata: metadata as Record<string, string> });
  }

  /** Takes the parameters from a checkpoint, after checking that it belongs to this training. */
  #restore(bytes: Uint8Array): TrainingRecord {
    const models = [this.#model.constructor as ModelClass<Model<string>>];
    const { model, task, training } = decodeCheckpoint(bytes, { file: "the checkpoint", models });
    const { optimizer, clip, gradientNoise, average, batch, seed } = this.#options;
    if (!training) throw new TypeError("Cannot resume: the file holds a model, and no state of training");
    const pairs: Readonly<Record<string, readonly [theirs: unknown, ours: unknown]>> = {
      model: [model.name, this.#model.name],
      "model options": [model.options, this.#model.options],
      task: [task, { name: this.#task.name, options: this.#task.options }],
      optimizer: [training.optimizer, { name: optimizer.name, options: optimizer.options }],
      batch: [training.batch, batch],
      clip: [training.clip, clip],
      "gradient noise": [training.gradientNoise ?? 0, gradientNoise],
      average: [training.average ?? 0, average],
      seed: [training.seed, seed],
      "number of metrics": [(training.recent[0]?.length ?? this.#names.length + 1) - 1, this.#names.length],
      "optimizer's state": [training.optimizerState.length, stateSizeOf(this.#model, this.#options)],
    };
    for (const [what, pair] of Object.entries(pairs)) {
      const [theirs, ours] = pair.map((value) => JSON.stringify(value) ?? "none") as [string, string];
      if (theirs === ours) continue;
      throw new TypeError(
        `Cannot resume: the checkpoint's ${what} is ${excerpt(theirs)}, and must be ${excerpt(ours)}`,
      );
    }
    this.#model.parameters.set(model.parameters.values);
    return training;
  }
}

const isFunction = (value: unknown): string | undefined => (typeof value === "function" ? undefined : "a function");

function checkTrainOptions(
  {
    optimizer = adam(),
    clip = { norm: 10 },
    auxiliaryWeight,
    evaluate: _e,
    checkpoint: _c,
    resume: _r,
    ...options
  }: TrainOptions,
  task: AnyTask,
) {
  const checked = checkOptions("train", options, {
    batch: [16, whole(1, { most: MOST_SEQUENCES })],
    gradientNoise: [0, notNegative()],
    average: [0, between(0, 1, { below: true })],
    steps: [Infinity, positive({ orInfinity: true })],
    seed: [task.seed, whole(0, { most: 0xffff_ffff })],
    metadata: [{}, object()],
  });
  expectFree(checked.metadata);
  const limit = [Infinity, positive({ orInfinity: true })] as const;
  checkOptions("train: clip", clip, { norm: limit, value: limit });
  expectOptimizer("train", optimizer);
  if (auxiliaryWeight !== undefined && typeof auxiliaryWeight !== "function") {
    throw new TypeError(`train: auxiliaryWeight is ${shown(auxiliaryWeight)}, and must be a schedule`);
  }
  return { ...checked, optimizer, clip, auxiliaryWeight };
}

/** Milliseconds, for pauses only: no number of a model depends on them. */
const now = (): number => performance.now();
