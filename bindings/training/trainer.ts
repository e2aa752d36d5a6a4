import { Register, Status } from "../../assembly/machine.js";
import type { Engine, Resident } from "../engine/engine.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Machine } from "../engine/machine.js";
import { Shards } from "../engine/shards.js";
import { compile } from "../graph/compile.js";
import { Graph } from "../graph/graph.js";
import { add, multiply } from "../graph/ops/index.js";
import type { Program } from "../graph/program.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import type { RecurrentModel } from "../models/recurrentModel.js";
import { Random } from "../random/philox.js";
import { Batch } from "../tasks/batch.js";
import type { Answer, GenerateOptions, Task } from "../tasks/task.js";
import { NotFiniteError } from "./errors.js";
import type { Optimizer } from "./optimizers.js";
import { compileUpdate, type Clip } from "./update.js";

type Measure = (answer: Answer) => Tensor;

/** Random streams of a training run. */
const enum Stream {
  training,
  evaluation,
}

export interface TrainerOptions {
  batch: number;
  optimizer: Optimizer;
  clip: Clip;
  seed: number;
}

/** What is measured over sequences, a mean of each: the loss, in nats, and what task and model measure. */
export type Measures<Measure extends string = never> = { readonly loss: number } & {
  readonly [Name in Measure]: number;
};

export interface StepReport {
  readonly loss: number;
  /** What was summed over the batch, in the order of the names. */
  readonly sums: readonly number[];
  /** Length of the gradient before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
}

/** What training needs to go on, beside the parameters. */
export interface TrainerState {
  step: number;
  /** Words taken from the random streams. */
  trainingPosition: number;
  evaluationPosition: number;
  optimizer: Float32Array<ArrayBuffer>;
}

/** Training, one step at a time: draws a batch, runs its shards and the update in one call, reads what came out. */
export class Trainer implements Resident {
  readonly #engine: Engine;
  readonly #model: RecurrentModel<Tree, string>;
  readonly #task: Task;
  /** Of what is measured beside the loss. */
  readonly #names: readonly string[];
  readonly #options: TrainerOptions;
  readonly #batch: Batch;
  readonly #random: Random;
  readonly #evaluationRandom: Random;
  readonly #shards: Shards;
  readonly #update: Machine;
  /** The optimizer's block in the engine's memory. */
  readonly #stateAddress: number;
  readonly #stateSize: number;
  readonly #programs: LoadedProgram[] = [];
  readonly #program: (program: Program) => LoadedProgram;
  #evaluation: { sequences: number; shards: Shards; batch: Batch } | undefined;
  /** Where training stands: what a step that is still being awaited has drawn does not count. */
  #step = 0;
  #trainingPosition = 0;
  #evaluationPosition = 0;
  #kept: TrainerState | undefined;

  constructor(engine: Engine, model: RecurrentModel<Tree, string>, task: Task, options: TrainerOptions) {
    const { optimizer, batch, clip, seed } = options;
    this.#engine = engine;
    this.#model = model;
    this.#task = task;
    this.#names = measuresOf(model, task);
    this.#options = options;
    this.#batch = new Batch(task.inputSize, task.targetSize);
    this.#random = new Random(seed, Stream.training);
    this.#evaluationRandom = new Random(seed, Stream.evaluation);

    const { memory } = engine;
    const count = model.parameterCount;
    this.#stateSize = optimizer.stateSize(count);
    this.#stateAddress = memory.allocate(this.#stateSize * 4);
    memory.f32.fill(0, this.#stateAddress / 4, this.#stateAddress / 4 + this.#stateSize);

    let update: Machine | undefined;
    const program = (p: Program): LoadedProgram => {
      const loaded = new LoadedProgram(engine, p);
      this.#programs.push(loaded);
      return loaded;
    };
    const after = (gradients: number, shards: number): Machine[] => {
      const results = 1 + this.#names.length;
      const stride = alignedElements(count + results);
      const loaded = program(compileUpdate(optimizer, count, results, stride, clip));
      loaded.bind({ shards });
      const machine = new Machine(engine, loaded);
      machine.io();
      machine.set(Register.gradients, gradients);
      machine.set(Register.state, this.#stateAddress);
      update = machine;
      return [machine];
    };
    this.#program = program;
    this.#shards = new Shards(engine, batch, this.#programsOf(true), after);
    this.#update = update!;
    engine.settle(this);
  }

  get step(): number {
    return this.#step;
  }

  /** One training step. @throws NotFiniteError before the parameters have changed. */
  async run(): Promise<StepReport> {
    const batch = this.#batch;
    this.#task.generate(this.#random, this.#options.batch, batch);
    const learningRate = this.#options.optimizer.learningRate(this.#step + 1);
    if (!(learningRate >= 0 && learningRate < Infinity)) {
      throw new RangeError(
        `The learning rate of step ${this.#step + 1} is ${learningRate}, and must be finite and ≥ 0`,
      );
    }
    const parameters = this.#model.parameters.in(this.#engine);
    this.#fill(this.#shards, batch, parameters);
    const memory = this.#engine.memory.f32;
    this.#update.set(Register.parameters, parameters);
    memory[this.#update.inputAt("learningRate")] = learningRate;
    const status = await this.#shards.runAsync();
    if (status === Status.notFinite) throw this.#notFinite();
    this.#model.parameters.changedIn(this.#engine);
    ++this.#step;
    this.#trainingPosition = this.#random.position;
    const gradientNorm = this.#engine.memory.f32[this.#update.outputAt("norm")]!;
    const [loss, ...sums] = this.#results(this.#shards, this.#model.parameterCount);
    return { loss: loss!, sums, gradientNorm, learningRate };
  }

  /** Measures the model on fresh sequences, which training does not see. */
  async evaluate(sequences: number, options: GenerateOptions = {}): Promise<Measures<string>> {
    let evaluation = this.#evaluation;
    if (evaluation?.sequences !== sequences) {
      evaluation?.shards.free();
      const shards = new Shards(this.#engine, sequences, this.#programsOf(false));
      const batch = new Batch(this.#task.inputSize, this.#task.targetSize);
      this.#evaluation = evaluation = { sequences, shards, batch };
    }
    const { shards, batch } = evaluation;
    this.#task.generate(this.#evaluationRandom, sequences, batch, options);
    this.#fill(shards, batch, this.#model.parameters.in(this.#engine));
    await shards.runAsync();
    this.#evaluationPosition = this.#evaluationRandom.position;
    const [loss, ...sums] = this.#results(shards, 0, true);
    const means = this.#names.map((name, i) => [name, sums[i]! / sequences]);
    return { loss: loss!, ...(Object.fromEntries(means) as Record<string, number>) };
  }

  get state(): TrainerState {
    if (this.#kept) return this.#kept;
    const first = this.#stateAddress / 4;
    return {
      step: this.#step,
      trainingPosition: this.#trainingPosition,
      evaluationPosition: this.#evaluationPosition,
      optimizer: this.#engine.memory.f32.slice(first, first + this.#stateSize),
    };
  }

  set state({ step, trainingPosition, evaluationPosition, optimizer }: TrainerState) {
    this.#step = step;
    this.#random.position = this.#trainingPosition = trainingPosition;
    this.#evaluationRandom.position = this.#evaluationPosition = evaluationPosition;
    this.#engine.memory.f32.set(optimizer, this.#stateAddress / 4);
  }

  /** The program for so many rows, made when it is first asked for. */
  #programsOf(differentiate: boolean): (rows: number) => LoadedProgram {
    const made = new Map<number, LoadedProgram>();
    return (rows) => {
      let loaded = made.get(rows);
      if (!loaded) {
        loaded = this.#program(trainingProgram(this.#model, this.#task, rows, differentiate));
        made.set(rows, loaded);
      }
      return loaded;
    };
  }

  #fill(shards: Shards, batch: Batch, parameters: number): void {
    const { time, count, inputs, targets, mask, inside } = batch;
    shards.prepare({ time }, parameters);
    shards.writeSequence("x", inputs, time, count, this.#task.inputSize);
    shards.writeSequence("targets", targets, time, count, this.#task.targetSize);
    shards.writeSequence("mask", mask, time, count, 1);
    shards.writeSequence("inside", inside, time, count, 1);
    shards.writeScalar("weight", 1 / count);
  }

  /** The results behind the gradients: the loss, weighted, and what else was measured. */
  #results(shards: Shards, gradientSize: number, sum = false): number[] {
    const memory = this.#engine.memory.f32;
    const first = shards.gradients / 4 + gradientSize;
    const results = Array.from({ length: 1 + this.#names.length }, (_, i) => memory[first + i]!);
    // Training's update has added the shards up already.
    for (let shard = 1; sum && shard < shards.shards.length; ++shard) {
      results.forEach((_, i) => (results[i]! += memory[first + (shard * shards.gradientStride) / 4 + i]!));
    }
    return results;
  }

  #notFinite(): NotFiniteError {
    const memory = this.#engine.memory.f32;
    const first = this.#shards.gradients / 4;
    const { parameterCount } = this.#model;
    const isFinite = (value: number): boolean => value - value === 0;
    const loss = memory[first + parameterCount]!;
    const parameter = this.#model.parameters.parameters.find(({ offset, size }) => {
      return !memory.subarray(first + offset, first + offset + size).every(isFinite);
    });
    return new NotFiniteError(this.#step + 1, loss, parameter?.path);
  }

  /** Gives the trainer's memory back. */
  dispose(): void {
    if (this.#kept) return;
    const { memory } = this.#engine;
    memory.free(this.#stateAddress);
    this.#shards.free();
    this.#evaluation?.shards.free();
    this.#update.free();
    for (const loaded of this.#programs) loaded.free();
    this.#engine.unsettle(this);
  }

  /** The engine goes: keeps what a checkpoint needs. */
  leave(): void {
    this.#kept = this.state;
  }
}

const alignedElements = (count: number): number => Math.ceil(count / 4) * 4;

/** The names of all that a step measures: the task's first. */
export function measuresOf(model: RecurrentModel<Tree, string>, task: Task): readonly string[] {
  return [...Object.keys(task.measures), ...model.measures];
}

/** The model over a batch, the loss, what is measured, and the gradients if wanted. */
export function trainingProgram(
  model: RecurrentModel<Tree, string>,
  task: Task,
  rows: number,
  differentiate: boolean,
): Program {
  const graph = new Graph();
  const time = graph.dimension("time");
  const { inputSize, targetSize, measures } = task;
  const parameterCount = model.parameterCount;
  const x = graph.input("x", [time, rows, inputSize]);
  const targets = graph.input("targets", [time, rows, targetSize]);
  const mask = graph.input("mask", [time, rows]);
  const inside = graph.input("inside", [time, rows]);
  const weight = graph.input("weight", []);
  const recorded = model.record(graph, x, inside);
  const answer = { graph, logits: recorded.ys, targets, mask, inside };
  const loss = task.loss(answer);
  graph.result("loss", multiply(recorded.cost ? add(loss, recorded.cost) : loss, weight));
  for (const [name, measure] of Object.entries<Measure>(measures)) graph.result(name, measure(answer));
  for (const name of model.measures) graph.result(name, recorded.measures![name]!);
  return compile(graph, differentiate ? { differentiate: "loss", parameterCount } : {});
}
