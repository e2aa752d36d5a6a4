import { ShapeError } from "../graph/shapeError.js";
import type { Tree } from "../graph/tree.js";
import { RecurrentModel } from "../models/recurrentModel.js";
import { excerpt, shown } from "../shown.js";
import type { Task } from "../tasks/task.js";

/** @throws TypeError unless these are a model and a task, ShapeError unless they fit. */
export function expectFit(owner: string, model: RecurrentModel<Tree, string>, task: Task): void {
  if (!((model as unknown) instanceof RecurrentModel)) {
    throw new TypeError(
      `${owner}: the model is ${shown(model)}, and must be a RecurrentModel such as NeuralTuringMachine`,
    );
  }
  const { name, options, generate, loss, measures } = (task ?? {}) as Partial<Task>;
  const functions = [generate, loss, ...Object.values({ ...measures })];
  const isTask = functions.every((part) => typeof part === "function") && typeof measures === "object";
  if (!isTask || typeof name !== "string" || typeof options !== "object") {
    throw new TypeError(`${owner}: the task is ${shown(task)}, and must be a task such as copyTask() makes`);
  }
  for (const what of ["inputSize", "outputSize"] as const) {
    if (model.options[what] === task[what]) continue;
    const [ours, theirs] = [model.options[what], shown(task[what])];
    const message = `The model's ${what} is ${ours}, and must be ${theirs} for the task ${excerpt(name)}`;
    throw new ShapeError(message, owner, theirs, String(ours));
  }
}
