import { Model } from "../models/model.js";
import { excerpt, shown } from "../common/shown.js";
import type { AnyTask } from "../tasks/task.js";

/** @throws TypeError unless these are a model and a task, and what the model throws unless they fit. */
export function expectFit(owner: string, model: Model<string>, task: AnyTask): void {
  if (!((model as unknown) instanceof Model)) {
    throw new TypeError(`${owner}: the model is ${shown(model)}, and must be one that trains, a Model`);
  }
  const { name, options, generate, loss, metrics } = (task ?? {}) as Partial<AnyTask>;
  const functions = [generate, ...(loss === undefined ? [] : [loss]), ...Object.values({ ...metrics })];
  const isTask = functions.every((part) => typeof part === "function") && typeof metrics === "object";
  if (!isTask || typeof name !== "string" || typeof options !== "object") {
    throw new TypeError(`${owner}: the task is ${shown(task)}, and must be a task such as copyTask() makes`);
  }
  if (!loss && !model.hasOwnLoss) {
    throw new TypeError(`${owner}: the task ${excerpt(name)} has no loss, and is for models that have their own`);
  }
  model.expectFit(owner, task);
}
