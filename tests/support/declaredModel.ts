import type { Model } from "../../bindings/models/model.js";
import type { SystemDeclaration } from "../../bindings/systems/defineSystem.js";
import type { AnyTask } from "../../bindings/tasks/task.js";

/** A small model of a system, with the options that its task decides. */
export function modelOf({ model: Model, fitting, example }: SystemDeclaration, task: AnyTask): Model<string> {
  const ofTask = task as unknown as Readonly<Record<string, unknown>>;
  const fitted = Object.fromEntries(fitting.map((name) => [name, ofTask[name]]));
  return new Model({ ...example.options(), ...fitted, seed: 1 } as never);
}
