import { Register, Status } from "../../assembly/machine.js";
import type { Engine, Resident } from "../engine/engine.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Machine } from "../engine/machine.js";
import { Shards } from "../engine/shards.js";
import type { Program } from "../graph/program.js";
import { Random } from "../common/random/philox.js";
import type { TrainerState, TrainingPlace } from "../checkpoint/trainingRecord.js";
import { Batch } from "../tasks/batch.js";
import type { AnyTask, GenerateOptions } from "../tasks/task.js";
import { averageRateAt } from "./averageParameters.js";
import { NotFiniteError } from "./errors.js";
import { Evaluation, EVALUATION, type Metrics } from "./evaluate.js";
import { deviationAt, streamAt } from "./gradientNoise.js";
import type { Optimizer } from "./optimizers.js";
import type { Model } from "../models/model.js";
import type { Schedule } from "./schedules.js";
import { fillShards, meansOf, metricsOf, resultsOf, trainingProgram } from "./trainingProgram.js";
import { compileUpdate, type Clip } from "./update.js";

/** The random stream of training data. */
const TRAINING = 0;

export interface TrainerOptions {
  batch: number;
  optimizer: Optimizer;
  clip: Clip;
  /** What the model's auxiliary loss counts at each step; without it, 1. */
  auxiliaryWeight?: Schedule;
  /** η of gradient noise; without it there is none. */
  gradientNoise?: number;
  /** β of the average that the model's parameters are; without it they are the latest. */
  average?: number;
  seed: number;
}

export interface StepReport {
  readonly loss: number;
  /** What was summed over the batch, in the order of the names. */
  readonly sums: readonly number[];
  /** Length of the gradient before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
}

/** Elements of what a trainer keeps from step to step: the latest parameters, if it averages them, and the optimizer's. */
export const stateSizeOf = (
  { parameterCount }: Model<string>,
  { optimizer, average }: Pick<TrainerOptions, "optimizer" | "average">,
): number => (average ? parameterCount : 0) + optimizer.stateSize(parameterCount);

/** The state before the first step. */
export function beginning(model: Model<string>, options: Pick<TrainerOptions, "optimizer" | "average">): TrainerState {
  const optimizer = new Float32Array(stateSizeOf(model, options));
  if (options.average) optimizer.set(model.parameters.values);
  return { step: 0, trainingPosition: 0, evaluationPosition: 0, optimizer };
}

/** Training, one step at a time: draws a batch, runs its shards and the update in one call, reads what came out. */
export class Trainer implements Resident {
  readonly #engine: Engine;
  readonly #model: Model<string>;
  readonly #task: AnyTask;
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
  #evaluation: Evaluation | undefined;
  /** What a step that is still being awaited has drawn does not count. */
  #place!: TrainingPlace;
  #kept: TrainerState | undefined;

  constructor(
    engine: Engine,
    model: Model<string>,
    task: AnyTask,
    options: TrainerOptions,
    state = beginning(model, options),
  ) {
    const { optimizer, batch, clip, gradientNoise, average, seed } = options;
    this.#engine = engine;
    this.#model = model;
    this.#task = task;
    this.#names = metricsOf(model, task);
    this.#options = options;
    this.#batch = new Batch(model.batchLayout(task));
    this.#random = new Random(seed, TRAINING);
    this.#evaluationRandom = new Random(seed, EVALUATION);

    const { memory } = engine;
    const count = model.parameterCount;
    this.#stateSize = state.optimizer.length;
    this.#stateAddress = memory.allocate(this.#stateSize * 4);
    this.state = state;

    let update: Machine | undefined;
    const program = (p: Program): LoadedProgram => {
      const loaded = new LoadedProgram(engine, p);
      this.#programs.push(loaded);
      return loaded;
    };
    const after = (gradients: number, shards: number): Machine[] => {
      const results = 1 + this.#names.length;
      const stride = alignedElements(count + results);
      const extras = { isNoisy: Boolean(gradientNoise), isAveraged: Boolean(average) };
      const loaded = program(compileUpdate(optimizer, count, results, stride, clip, extras));
      loaded.bind({ shards });
      const machine = new Machine(engine, loaded);
      machine.io();
      machine.set(Register.gradients, gradients);
      machine.set(Register.state, this.#stateAddress);
      update = machine;
      return [machine];
    };
    this.#program = program;
    this.#shards = new Shards(engine, batch, this.#programOf, after, model.shardRows?.bind(model));
    this.#update = update!;
    engine.settle(this);
  }

  get step(): number {
    return this.#place.step;
  }

  /** One training step. @throws NotFiniteError before the parameters have changed. */
  async run(): Promise<StepReport> {
    const batch = this.#batch;
    const { optimizer, auxiliaryWeight, gradientNoise, average, seed, batch: count } = this.#options;
    const { curriculum } = this.#task;
    const { progress = curriculum?.first } = this.#place;
    const step = this.step + 1;
    this.#task.generate(this.#random, count, batch, { step, progress });
    const at = (what: string, schedule: Schedule): number => {
      const value = schedule(step);
      if (value >= 0 && value < Infinity) return value;
      throw new RangeError(`The ${what} of step ${step} is ${value}, and must be finite and ≥ 0`);
    };
    const learningRate = at("learning rate", (current) => optimizer.learningRate(current));
    const parameters = this.#model.parameters.in(this.#engine);
    const trained = average ? this.#stateAddress : parameters;
    fillShards(this.#shards, batch, trained, auxiliaryWeight && at("auxiliary weight", auxiliaryWeight));
    this.#shards.writeStreams(seed, step);
    const memory = this.#engine.memory.f32;
    this.#update.set(Register.parameters, parameters);
    memory[this.#update.inputAt("learningRate")] = learningRate;
    if (gradientNoise) {
      memory[this.#update.inputAt("deviation")] = deviationAt(gradientNoise, this.step);
      const stream = streamAt(seed, this.step, this.#model.parameterCount);
      this.#engine.memory.u32.set(stream, this.#update.inputAt("stream"));
    }
    if (average) memory[this.#update.inputAt("averageRate")] = averageRateAt(average, this.step);
    const status = await this.#shards.runAsync();
    if (status === Status.notFinite) throw this.#notFinite();
    this.#model.parameters.changedIn(this.#engine);
    const gradientNorm = this.#engine.memory.f32[this.#update.outputAt("norm")]!;
    const [loss, ...sums] = resultsOf(this.#shards, 1 + this.#names.length, this.#model.parameterCount);
    this.#place = {
      ...this.#place,
      step,
      trainingPosition: this.#random.position,
      ...(curriculum && { progress: curriculum.next(progress!, meansOf(this.#names, sums, count)) }),
    };
    return { loss: loss!, sums, gradientNorm, learningRate };
  }

  /** Measures the model on fresh sequences, which training does not see. */
  async evaluate(sequences: number, options: GenerateOptions = {}): Promise<Metrics<string>> {
    if (this.#evaluation?.sequences !== sequences) {
      this.#evaluation?.free();
      this.#evaluation = new Evaluation(this.#engine, this.#model, this.#task, sequences);
    }
    const metrics = await this.#evaluation.run(this.#evaluationRandom, options);
    this.#place.evaluationPosition = this.#evaluationRandom.position;
    return metrics;
  }

  get state(): TrainerState {
    if (this.#kept) return this.#kept;
    const first = this.#stateAddress / 4;
    return {
      ...this.#place,
      optimizer: this.#engine.memory.f32.slice(first, first + this.#stateSize),
    };
  }

  set state({ optimizer, ...place }: TrainerState) {
    this.#place = place;
    this.#random.position = place.trainingPosition;
    this.#evaluationRandom.position = place.evaluationPosition;
    this.#engine.memory.f32.set(optimizer, this.#stateAddress / 4);
  }

  readonly #programOf = (rows: number): LoadedProgram =>
    this.#program(trainingProgram(this.#model, this.#task, rows, true));

  #notFinite(): NotFiniteError {
    const memory = this.#engine.memory.f32;
    const first = this.#shards.gradients / 4;
    const { parameterCount } = this.#model;
    const isFinite = (value: number): boolean => value - value === 0;
    const loss = memory[first + parameterCount]!;
    const parameter = this.#model.parameters.parameters.find(({ offset, size }) => {
      return !memory.subarray(first + offset, first + offset + size).every(isFinite);
    });
    return new NotFiniteError(this.step + 1, loss, parameter?.path);
  }

  /** Gives the trainer's memory back. */
  dispose(): void {
    if (this.#kept) return;
    const { memory } = this.#engine;
    memory.free(this.#stateAddress);
    this.#shards.free();
    this.#evaluation?.free();
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
