import type { Shards } from "../engine/shards.js";
import { compile } from "../graph/compile.js";
import { Graph } from "../graph/graph.js";
import { multiply } from "../graph/ops/index.js";
import type { Program } from "../graph/program.js";
import type { AnyBatch } from "../tasks/batch.js";
import type { AnyTask } from "../tasks/task.js";
import { learnerOf, type Learnable } from "./learner.js";

/** The names of all that a step measures: the task's first. */
export function measuresOf(model: Learnable<string>, task: AnyTask): readonly string[] {
  return [...Object.keys(task.measures), ...model.measures];
}

/** The model over a batch, the loss, what is measured, and the gradients if it is to be trained. */
export function trainingProgram(model: Learnable<string>, task: AnyTask, rows: number, training: boolean): Program {
  const graph = new Graph(training);
  const { parameterCount } = model; // lays them out
  const weight = graph.input("weight", []);
  const { loss, measures } = learnerOf(model).objective(graph, task, { rows, training });
  graph.result("loss", multiply(loss, weight));
  for (const name of measuresOf(model, task)) graph.result(name, measures[name]!);
  return compile(graph, training ? { differentiate: "loss", parameterCount } : {});
}

/** Lays a batch out and hands every shard its rows. `costWeight` is what a model's own cost counts. */
export function fillShards(shards: Shards, batch: AnyBatch, parameters: number, costWeight = 1): void {
  const { count } = batch;
  shards.prepare(batch.dimensions, parameters);
  for (const { name, data, time, size } of batch.fields) shards.writeSequence(name, data, time, count, size);
  shards.writeScalar("weight", 1 / count);
  shards.writeScalar("costWeight", costWeight);
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
