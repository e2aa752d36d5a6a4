import type { Shards } from "../engine/shards.js";
import { compileGradients } from "../graph/compileGradients.js";
import type { Graph } from "../graph/graph.js";
import { add, multiply } from "../graph/ops/index.js";
import type { Program } from "../graph/program.js";
import type { Batch } from "../tasks/batch.js";
import type { AnyTask } from "../tasks/task.js";
import type { Model } from "../models/model.js";

/** The names of all that a step measures: the task's first. */
export function metricsOf(model: Model<string>, task: AnyTask): readonly string[] {
  return [...Object.keys(task.metrics), ...model.metrics];
}

/** The model over a batch, the loss, what is measured, and the gradients if it is to be trained. */
export function trainingProgram(model: Model<string>, task: AnyTask, rows: number, training: boolean): Program {
  const record = (graph: Graph): void => {
    const weight = graph.input("weight", []);
    const { loss, auxiliary, metrics } = model.objective(graph, task, rows);
    const whole = auxiliary ? add(loss, multiply(auxiliary, graph.input("auxiliaryWeight", []))) : loss;
    graph.result("loss", multiply(whole, weight));
    for (const name of metricsOf(model, task)) graph.result(name, metrics[name]!);
  };
  if (!training) return model.compile(record);
  const make = (graph: Graph, parameterCount: number): Program =>
    compileGradients(graph, { differentiate: "loss", parameterCount });
  return model.compile(record, make, training);
}

/** Lays a batch out and hands every shard its rows. `auxiliaryWeight` weighs the model's auxiliary loss. */
export function fillShards(shards: Shards, batch: Batch, parameters: number, auxiliaryWeight = 1): void {
  const { count } = batch;
  shards.prepare(batch.dimensions, parameters);
  for (const { name, data, time, size } of batch.fields) shards.writeSequence(name, data, time, count, size);
  shards.writeScalar("weight", 1 / count);
  shards.writeScalar("auxiliaryWeight", auxiliaryWeight);
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

/** The means of what was summed over so many sequences, by name. */
export const meansOf = (names: readonly string[], sums: readonly number[], count: number): Record<string, number> =>
  Object.fromEntries(names.map((name, i) => [name, sums[i]! / count]));
