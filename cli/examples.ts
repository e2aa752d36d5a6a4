import { Batch, Random, sequenceLayout, type Sequence, type Task } from "../bindings/full.js";
import { asUsage } from "./errors.js";
import type { Held } from "./held.js";
import { given } from "./numbers.js";
import type { TraceFlags } from "./systems/commands.js";
import type { Drawn } from "./taskViews/view.js";
import { tasks } from "./tasks.js";

/** Whether examples of a model's task can be drawn: it is one of ours, or of the user's module beside the file. */
export const isDrawn = ({ task, own }: Pick<Held, "task" | "own">): boolean =>
  task !== undefined && (own?.task.name === task.name || Object.hasOwn(tasks, task.name));

/** Example that a task draws. @throws UsageError when it draws none of such a length. */
export function exampleFrom(
  { task: { name, options }, own }: { task: NonNullable<Held["task"]>; own?: Held["own"] },
  { seed = 1, length }: Pick<TraceFlags, "seed" | "length">,
): Drawn {
  const task = (own?.task.name === name ? own.task : tasks[name]!.create(options)) as Task;
  const batch = new Batch(sequenceLayout(task));
  asUsage(() => task.generate(new Random(seed), 1, batch, given({ length })));
  const rows = (block: Float32Array, size: number): Sequence =>
    Array.from({ length: batch.lengths[0]! }, (_, step) => block.slice(step * size, (step + 1) * size));
  const mask = batch.mask.slice(0, batch.lengths[0]);
  // What a target has beside the answers is for the task's own measures.
  const answers = Math.min(task.targetSize, task.outputSize);
  const size = length === undefined ? "" : `, length ${length}`;
  return {
    inputs: rows(batch.inputs, task.inputSize),
    targets: rows(batch.targets, task.targetSize).map((row) => Array.from(row).slice(0, answers)),
    mask,
    input: `An example of ${task.name}, seed ${seed}${size}`,
  };
}
