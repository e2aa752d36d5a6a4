import type { Graph } from "../graph/graph.js";
import type { Tensor } from "../graph/tensor.js";
import type { Random } from "../common/random/philox.js";
import type { Batch } from "./batch.js";

/** What a task's graph functions are given. */
export interface Answer {
  /** (time, batch, outputSize) */
  readonly logits: Tensor;
  /** (time, batch, targetSize) */
  readonly targets: Tensor;
  /** (time, batch): 1 where an answer is due, 0 elsewhere. */
  readonly mask: Tensor;
  /** (time, batch): 1 at the steps of a sequence, 0 at its padding. */
  readonly inside: Tensor;
  readonly graph: Graph;
}

/** Which examples to draw, instead of random ones. */
export interface GenerateOptions {
  /** Every sequence has this length, in the task's own terms, instead of a random one. */
  length?: number;
  /** Where a task repeats something: how often, instead of at random. */
  repeats?: number;
  /**
   * How hard every sequence is, in the task's own terms, instead of at random: what Graves 2016 plots error and ponder
   * time over. The gates of a step of logic, the digits of a number of addition, the length of what has nothing else;
   * copying and texts have none, and ignore it.
   */
  difficulty?: number;
  /** The step of training that it is for, counted from 1: a task with a curriculum becomes harder with it. */
  step?: number;
  /** Where a curriculum that goes by errors stands: how hard to draw. Without it, as hard as there is. */
  progress?: readonly number[] | undefined;
}

/** A curriculum that goes by errors. Where it stands is a few numbers, which training hands on and a checkpoint keeps. */
export interface Curriculum {
  /** Where it stands before the first step of training. */
  readonly first: readonly number[];
  /** Where it stands after a step, whose batch has these means a sequence. */
  next(progress: readonly number[], means: Readonly<Record<string, number>>): readonly number[];
}

/**
 * A source of examples and what counts as an answer to them. A task has no state: the same random stream gives the same
 * examples.
 */
export interface AnyTask<Metric extends string = never> {
  readonly name: string;
  /** Plain JSON; makes the same task again. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Seed of the training data. */
  readonly seed: number;
  /** Absent where examples become harder by the step alone, or not at all. */
  readonly curriculum?: Curriculum;
  /** Fills a batch, laid out as the model says, with `count` examples. */
  generate(random: Random, count: number, batch: Batch, options?: GenerateOptions): void;
  /** The sum of the losses of a batch: a scalar. Absent where the model alone knows its loss. */
  loss?(answer: Answer): Tensor;
  /** Metrics of answers: scalars, summed over a batch's sequences. Training is judged by the first. */
  readonly metrics: { readonly [Name in Metric]: (answer: Answer) => Tensor };
}

/** A task for models that answer step by step: sequences of vectors. */
export interface Task<Metric extends string = never> extends AnyTask<Metric> {
  readonly inputSize: number;
  /** Logits of a step. */
  readonly outputSize: number;
  /** Numbers of a step's target: bits, or the indices of classes. */
  readonly targetSize: number;
  loss(answer: Answer): Tensor;
}
