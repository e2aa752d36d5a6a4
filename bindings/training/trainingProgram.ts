import type { Shards } from "../engine/shards.js";
import { compile } from "../graph/compile.js";
import { Graph } from "../graph/graph.js";
import { add, multiply } from "../graph/ops/index.js";
import type { Program } from "../graph/program.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import type { RecurrentModel } from "../models/recurrentModel.js";
import type { Batch } from "../tasks/batch.js";
import type { Answer, Task } from "../tasks/task.js";

type Measure = (answer: Answer) => Tensor;

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
  const graph = new Graph(differentiate);
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

/** Lays a batch out and hands every shard its rows. */
export function fillShards(shards: Shards, batch: Batch, parameters: number): void {
  const { time, count, inputs, targets, mask, inside, inputSize, targetSize } = batch;
  shards.prepare({ time }, parameters);
  shards.writeSequence("x", inputs, time, count, inputSize);
  shards.writeSequence("targets", targets, time, count, targetSize);
  shards.writeSequence("mask", mask, time, count, 1);
  shards.writeSequence("inside", inside, time, count, 1);
  shards.writeScalar("weight", 1 / count);
}

/**
 * The results behind so many gradients: the loss, weighted, and what else was measured. Those of the first shard, to
 * which training's update has added the others, or the sum over all.
 */
export function resultsOf(shards: Shards, count: number, gradientSize: number, { sum = false } = {}): number[] {
  const memory = shards.engine.memory.f32;
  const first = shards.gradients / 4 + gradientSize;
  const results = Array.from({ length: count }, (_, i) => memory[first + i]!);
  for (let shard = 1; sum && shard < shards.shards.length; ++shard) {
    results.forEach((_, i) => (results[i]! += memory[first + (shard * shards.gradientStride) / 4 + i]!));
  }
  return results;
}
