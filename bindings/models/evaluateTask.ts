import { excerpt } from "../common/shown.js";
import type { Tensor } from "../graph/tensor.js";
import type { Answer, AnyTask } from "../tasks/task.js";

/** A task's loss and metrics of an answer. @throws TypeError when the task has no loss. */
export function evaluateTask(task: AnyTask, answer: Answer): { loss: Tensor; metrics: Record<string, Tensor> } {
  if (!task.loss)
    throw new TypeError(`The task ${excerpt(task.name)} has no loss: it is for models that have their own`);
  const metrics = Object.entries<(answer: Answer) => Tensor>(task.metrics);
  return {
    loss: task.loss(answer),
    metrics: Object.fromEntries(metrics.map(([name, metric]) => [name, metric(answer)])),
  };
}
