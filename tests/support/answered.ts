import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import * as assert from "uvu/assert";
import type { Engine } from "../../bindings/engine/engine.js";
import { compile } from "../../bindings/graph/compile.js";
import { Graph } from "../../bindings/graph/graph.js";
import type { Tensor } from "../../bindings/graph/tensor.js";
import { Random } from "../../bindings/common/random/philox.js";
import { Batch } from "../../bindings/tasks/batch.js";
import type { Answer, GenerateOptions, Task } from "../../bindings/tasks/task.js";
import { array, type NDArray } from "./array.js";
import { runProgram } from "./program.js";

/** A sequence by itself, without padding. */
export interface DrawnSequence {
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  /** Whether an answer is due. */
  readonly due: readonly boolean[];
}

/** A batch of a task's sequences. */
export function drawn(task: Task, count: number, options: GenerateOptions = {}, random = new Random(1)): Batch {
  const batch = new Batch(sequenceLayout(task));
  task.generate(random, count, batch, options);
  return batch;
}

/** The sequences of a batch, after checking that there is nothing behind their ends. */
export function sequencesOf(batch: Batch): DrawnSequence[] {
  const { time, count, inputSize, targetSize, inputs, targets, mask, lengths } = batch;
  assert.is(
    lengths.reduce((a, b) => Math.max(a, b)),
    time,
  );
  return Array.from({ length: count }, (_, sequence) => {
    const steps = Array.from({ length: time }, (_, step) => ({
      input: [...inputs.subarray(batch.inputAt(step, sequence), batch.inputAt(step, sequence) + inputSize)],
      target: [...targets.subarray(batch.targetAt(step, sequence), batch.targetAt(step, sequence) + targetSize)],
      due: mask[step * count + sequence]!,
    }));
    for (const { input, target, due } of steps.splice(lengths[sequence]!)) {
      assert.ok([...input, ...target, due].every((value) => value === 0));
    }
    assert.ok(steps.every(({ due }) => due === 0 || due === 1));
    return {
      inputs: steps.map(({ input }) => input),
      targets: steps.map(({ target }) => target),
      due: steps.map(({ due }) => due === 1),
    };
  });
}

/** A batch's loss and measures for some logits (time, batch, outputSize). */
export function answered(engine: Engine, task: Task, batch: Batch, logits: NDArray): Readonly<Record<string, number>> {
  const { time, count } = batch;
  const graph = new Graph();
  const steps = graph.dimension("time");
  const answer = {
    graph,
    logits: graph.input("logits", [steps, count, task.outputSize]),
    targets: graph.input("targets", [steps, count, task.targetSize]),
    mask: graph.input("mask", [steps, count]),
    inside: graph.input("inside", [steps, count]),
  };
  graph.result("loss", task.loss(answer));
  const metrics: Readonly<Record<string, (answer: Answer) => Tensor>> = task.metrics;
  for (const [name, measure] of Object.entries(metrics)) graph.result(name, measure(answer));
  const block = (values: Float32Array, size: number): NDArray => array([size], values.subarray(0, time * count * size));
  const inputs = {
    logits,
    targets: block(batch.targets, task.targetSize),
    mask: block(batch.mask, 1),
    inside: block(batch.fields.find(({ name }) => name === "inside")!.data as Float32Array, 1),
  };
  return runProgram(engine, compile(graph), inputs, { lengths: { time } }).results;
}
