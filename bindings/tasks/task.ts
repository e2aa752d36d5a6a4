import type { Graph } from "../graph/graph.js";
import type { Tensor } from "../graph/tensor.js";
import type { Random } from "../random/philox.js";
import type { Batch } from "./batch.js";

/** What a task's graph functions are given. */
export interface Answer {
  /** (time, batch, outputSize) */
  readonly logits: Tensor;
  /** (time, batch, outputSize) */
  readonly targets: Tensor;
  /** (time, batch): 1 where an answer is due, 0 elsewhere. */
  readonly mask: Tensor;
  readonly graph: Graph;
}

export interface GenerateOptions {
  /** Every sequence has this length, in the task's own terms, instead of a random one. */
  length?: number;
}

/**
 * A source of sequences and what counts as an answer to them. A task has no state: the same random stream gives the
 * same sequences.
 */
export interface Task {
  readonly name: string;
  /** Plain JSON; makes the same task again. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Seed of the training data. */
  readonly seed: number;
  /** Fills a batch with `count` sequences. */
  generate(random: Random, count: number, batch: Batch, options?: GenerateOptions): void;
  /** The sum of the losses of a batch: a scalar. */
  loss(answer: Answer): Tensor;
  /** The sum of a batch's wrong bits: a scalar. */
  errors(answer: Answer): Tensor;
}
