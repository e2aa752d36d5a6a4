import type { Graph } from "../graph/graph.js";
import type { Tensor } from "../graph/tensor.js";
import type { AnyBatch } from "../tasks/batch.js";
import type { AnyTask } from "../tasks/task.js";
import { Model } from "./model.js";

/** What training is to minimise, and what it reports: scalars, summed over the sequences of a batch. */
export interface Objective {
  readonly loss: Tensor;
  readonly measures: Readonly<Record<string, Tensor>>;
}

/** What a model is told when its objective is recorded. */
export interface ObjectiveOptions {
  /** Sequences. */
  readonly rows: number;
  /** Whether it is trained, or only measured: what is random in training is not otherwise. */
  readonly training: boolean;
}

/**
 * A model that says itself how it is trained, where one that answers step by step, a RecurrentModel, leaves that to
 * `train`. `Measure` names what it measures itself by.
 */
export abstract class TrainableModel<Measure extends string = never, OfTask extends AnyTask = AnyTask> extends Model {
  /** What training reports of the model itself, beside what tasks measure. */
  readonly measures: readonly Measure[] = [];

  /** @throws TypeError, ShapeError unless the model can learn the task. */
  abstract expectFit(owner: string, task: OfTask): void;

  /** What the task is to fill. */
  abstract batch(task: OfTask): AnyBatch;

  /** Records loss and measures over inputs that have the names and shapes of the batch's fields. */
  abstract objective(graph: Graph, task: OfTask, options: ObjectiveOptions): Objective;

  /** How many of the rows left make the next shard of a batch; the usual number unless a model says otherwise. */
  shardRows?(left: number, batch: number): number;
}
