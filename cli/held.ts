import { CompiledModel } from "../bindings/run.js";
import type { AnyModel, Saved, StepModel } from "./models.js";
import type { OwnModule } from "./ownModule.js";

/** Model that answers at every step, saved or compiled. */
export type Subject = StepModel | CompiledModel;

/** Model of a file, and what the file says of it. */
export interface Held<Model = AnyModel | CompiledModel> {
  readonly file: string;
  readonly model: Model;
  readonly isCompiled: boolean;
  /** Task that it was trained for, if the file says so. */
  readonly task?: NonNullable<Saved["task"]>;
  readonly metadata: Readonly<Record<string, string>>;
  /** User's module that the command line names beside the file. */
  readonly own?: OwnModule;
}

/** Model of a checkpoint or a compiled file, as commands take it. */
export function heldBy(file: string, saved: Saved | CompiledModel, own?: OwnModule): Held {
  const { metadata = {} } = saved;
  const beside = own ? { own } : {};
  if (!(saved instanceof CompiledModel)) {
    const { model, task } = saved;
    return { file, model, isCompiled: false, metadata, ...(task && { task }), ...beside };
  }
  const task = metadata["task"] ? taskOf(metadata["task"]) : undefined;
  return { file, model: saved, isCompiled: true, metadata, ...(task && { task }), ...beside };
}

/** Task of a compiled model: a text like any other of its metadata, and perhaps none of ours. */
function taskOf(text: string): NonNullable<Saved["task"]> {
  try {
    const { name, options } = JSON.parse(text) as NonNullable<Saved["task"]>;
    return { name: String(name), options: { ...options } };
  } catch {
    return { name: "something else", options: {} };
  }
}

/** Those of some traced values that a model has: a compiled one only what it was compiled to. */
export const tracedOf = (model: Subject, wanted: readonly string[]): readonly string[] =>
  model instanceof CompiledModel ? wanted.filter((name) => model.trace.includes(name)) : wanted;
