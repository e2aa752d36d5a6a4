import { RecurrentModel } from "../models/recurrentModel.js";
import { TrainableModel } from "../models/trainableModel.js";
import { shown } from "../common/shown.js";
import type { AnyTask } from "../tasks/task.js";
import { learnerOf, type Learnable } from "./learner.js";

/** @throws TypeError unless these are a model and a task, and what the model throws unless they fit. */
export function expectFit(owner: string, model: Learnable<string>, task: AnyTask): void {
  if (!((model as unknown) instanceof RecurrentModel || (model as unknown) instanceof TrainableModel)) {
    throw new TypeError(
      `${owner}: the model is ${shown(model)}, and must be one that trains, such as NeuralTuringMachine`,
    );
  }
  const { name, options, generate, loss, measures } = (task ?? {}) as Partial<AnyTask>;
  const functions = [generate, loss, ...Object.values({ ...measures })];
  const isTask = functions.every((part) => typeof part === "function") && typeof measures === "object";
  if (!isTask || typeof name !== "string" || typeof options !== "object") {
    throw new TypeError(`${owner}: the task is ${shown(task)}, and must be a task such as copyTask() makes`);
  }
  learnerOf(model).expectFit(owner, task);
}
