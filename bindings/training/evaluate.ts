import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Shards } from "../engine/shards.js";
import { checkOptions, whole } from "../common/options.js";
import { Random } from "../common/random/philox.js";
import { Batch } from "../tasks/batch.js";
import type { AnyTask, GenerateOptions } from "../tasks/task.js";
import { expectFit } from "./fit.js";
import type { Model } from "../models/model.js";
import { fillShards, meansOf, metricsOf, resultsOf, trainingProgram } from "./trainingProgram.js";

/** What is measured over sequences, a mean of each: the loss, in nats, and what task and model measure. */
export type Metrics<Metric extends string = never> = { readonly loss: number } & {
  readonly [Name in Metric]: number;
};

/** Which sequences a model is measured on. */
export interface EvaluateOptions extends GenerateOptions {
  /** Default: 1,000. */
  sequences?: number;
  /** Seed of the sequences: the same seed draws the same. Default: 0. */
  seed?: number;
}

/** The random stream of evaluations; training takes others. */
export const EVALUATION = 1;

/** Sequences at a time: few, since those of a batch may share what is drawn at random, such as their length. */
const BATCH = 16;

/**
 * Measures a model on fresh sequences of a task.
 *
 * @throws RangeError, TypeError when an option is out of range or unknown; ShapeError when model and task do not fit.
 * @example
 * const { loss, bitError } = await evaluate(engine, model, task, { sequences: 1000, length: 50 });
 */
export async function evaluate<OfTask extends string = never, OfModel extends string = never>(
  engine: Engine,
  model: Model<OfModel>,
  task: AnyTask<OfTask>,
  options: EvaluateOptions = {},
): Promise<Metrics<OfTask | OfModel>> {
  expectEngine("evaluate", engine);
  expectFit("evaluate", model, task);
  const { sequences, seed } = checkOptions("evaluate", options, {
    sequences: [1000, whole(1)],
    seed: [0, whole(0, { most: 0xffff_ffff })],
    ...generateRules(options),
  });
  const random = new Random(seed, EVALUATION);
  const sums: Record<string, number> = {};
  for (let done = 0, evaluation: Evaluation | undefined; done < sequences;) {
    const count = Math.min(BATCH, sequences - done);
    if (evaluation?.sequences !== count) {
      evaluation?.free();
      evaluation = engine.memory.attempt(() => new Evaluation(engine, model, task, count));
    }
    const metrics = await evaluation.run(random, options);
    for (const [name, mean] of Object.entries(metrics)) sums[name] = (sums[name] ?? 0) + mean * count;
    done += count;
    if (done === sequences) evaluation.free();
  }
  const means = Object.entries(sums).map(([name, sum]) => [name, sum / sequences]);
  return Object.fromEntries(means) as Metrics<OfTask | OfModel>;
}

/** Rules of what a task may be told to draw, for those that are given: no default says "at random". */
export function generateRules({ length, repeats, difficulty, step }: GenerateOptions) {
  const given = Object.entries({ length, repeats, difficulty, step }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name]) => [name, [1, whole(1)] as const]));
}

/** A model over batches of so many sequences, without gradients. */
export class Evaluation {
  readonly #engine: Engine;
  readonly #model: Model<string>;
  readonly #task: AnyTask;
  readonly #names: readonly string[];
  readonly #batch: Batch;
  readonly #shards: Shards;
  readonly #programs: LoadedProgram[] = [];

  constructor(
    engine: Engine,
    model: Model<string>,
    task: AnyTask,
    readonly sequences: number,
  ) {
    this.#engine = engine;
    this.#model = model;
    this.#task = task;
    this.#names = metricsOf(model, task);
    this.#batch = new Batch(model.batchLayout(task));
    this.#shards = new Shards(
      engine,
      sequences,
      (rows) => {
        const loaded = new LoadedProgram(engine, trainingProgram(model, task, rows, false));
        this.#programs.push(loaded);
        return loaded;
      },
      undefined,
      model.shardRows?.bind(model),
    );
  }

  async run(random: Random, options: GenerateOptions): Promise<Metrics<string>> {
    this.#task.generate(random, this.sequences, this.#batch, options);
    fillShards(this.#shards, this.#batch, this.#model.parameters.in(this.#engine));
    await this.#shards.runAsync();
    const [loss, ...sums] = resultsOf(this.#shards, 1 + this.#names.length, 0, { sum: true });
    return { loss: loss!, ...meansOf(this.#names, sums, this.sequences) };
  }

  free(): void {
    this.#shards.free();
    for (const loaded of this.#programs) loaded.free();
  }
}
