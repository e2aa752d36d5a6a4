import type { Tensor } from "../graph/tensor.js";
import type { Answer, AnyTask } from "../tasks/task.js";

/** A task's loss and metrics of an answer; `train` has refused tasks without a loss for models without their own. */
export function evaluateTask(task: AnyTask, answer: Answer): { loss: Tensor; metrics: Record<string, Tensor> } {
  const metrics = Object.entries<(answer: Answer) => Tensor>(task.metrics);
  return {
    loss: task.loss!(answer),
    metrics: Object.fromEntries(metrics.map(([name, metric]) => [name, metric(answer)])),
  };
}
