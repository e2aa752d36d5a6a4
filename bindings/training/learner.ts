import { add, multiply } from "../graph/ops/index.js";
import { ShapeError } from "../graph/shapeError.js";
import type { Graph } from "../graph/graph.js";
import type { Tree } from "../graph/tree.js";
import { RecurrentModel } from "../models/recurrentModel.js";
import { TrainableModel, type Objective, type ObjectiveOptions } from "../models/trainableModel.js";
import { excerpt, shown } from "../common/shown.js";
import { Batch } from "../tasks/batch.js";
import { measuresOf, type AnyTask, type Task } from "../tasks/task.js";

/** A model that `train` can train. */
export type Learnable<Measure extends string = never> = RecurrentModel<Tree, Measure> | TrainableModel<Measure>;

/** What training asks of a model. */
export type Learner = Pick<TrainableModel, "expectFit" | "batch" | "objective" | "shardRows">;

/** A model that says itself how it is trained, or how those are that answer step by step. */
export const learnerOf = (model: Learnable<string>): Learner =>
  model instanceof TrainableModel ? model : new StepLearner(model);

/** How models are trained that answer step by step. */
class StepLearner implements Learner {
  constructor(readonly model: RecurrentModel<Tree, string>) {}

  expectFit(owner: string, task: AnyTask): void {
    const { options } = this.model;
    for (const what of ["inputSize", "outputSize"] as const) {
      const wanted = (task as Task)[what];
      if (options[what] === wanted) continue;
      const [ours, theirs] = [options[what], shown(wanted)];
      const message = `The model's ${what} is ${ours}, and must be ${theirs} for the task ${excerpt(task.name)}`;
      throw new ShapeError(message, owner, theirs, String(ours));
    }
  }

  batch(task: AnyTask): Batch {
    const { inputSize, targetSize } = task as Task;
    return new Batch(inputSize, targetSize);
  }

  objective(graph: Graph, task: AnyTask, { rows }: ObjectiveOptions): Objective {
    const { inputSize, targetSize } = task as Task;
    const time = graph.dimension("time");
    const x = graph.input("x", [time, rows, inputSize]);
    const targets = graph.input("targets", [time, rows, targetSize]);
    const mask = graph.input("mask", [time, rows]);
    const inside = graph.input("inside", [time, rows]);
    const { ys, cost, measures } = this.model.record(graph, x, inside);
    const answer = { graph, logits: ys, targets, mask, inside };
    const loss = task.loss(answer);
    const whole = cost ? add(loss, multiply(cost, graph.input("costWeight", []))) : loss;
    return { loss: whole, measures: { ...measuresOf(task, answer), ...measures } };
  }
}
