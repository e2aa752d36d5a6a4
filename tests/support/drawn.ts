import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import { Random } from "../../bindings/common/random/philox.js";
import { Batch } from "../../bindings/tasks/batch.js";
import type { GenerateOptions, Task } from "../../bindings/tasks/task.js";

/** One sequence of a batch, step by step. */
export interface Drawn {
  readonly inputs: number[][];
  readonly targets: number[][];
  readonly mask: number[];
  readonly length: number;
}

/** Sequences that a task draws, as somebody would read them. */
export function draw(task: Task, count: number, options: GenerateOptions = {}, seed = 1, batches = 1): Drawn[] {
  const batch = new Batch(sequenceLayout(task));
  const random = new Random(seed);
  return Array.from({ length: batches }).flatMap(() => {
    task.generate(random, count, batch, options);
    return Array.from({ length: count }, (_, sequence): Drawn => {
      const steps = Array.from({ length: batch.time }, (_, step) => step);
      const row = (data: Float32Array, at: number, size: number): number[] => [...data.subarray(at, at + size)];
      return {
        inputs: steps.map((step) => row(batch.inputs, batch.inputAt(step, sequence), task.inputSize)),
        targets: steps.map((step) => row(batch.targets, batch.targetAt(step, sequence), task.targetSize)),
        mask: steps.map((step) => batch.mask[step * count + sequence]!),
        length: batch.lengths[sequence]!,
      };
    });
  });
}
