import { CompiledModel } from "../bindings/run.js";
import { UsageError } from "./errors.js";
import { isStepModel, type Saved, type StepModel } from "./models.js";

/** What answers at every step, whether it was saved or compiled. */
export type Subject = StepModel | CompiledModel;

/**
 * What runs, for which task it was trained if the file says so, and the class of the model.
 * @throws UsageError when a saved model does not answer at every step.
 */
export function subjectOf(saved: Saved | CompiledModel): {
  readonly model: Subject;
  readonly task?: Saved["task"];
  readonly className: string;
} {
  if (!(saved instanceof CompiledModel)) {
    const { model } = saved;
    if (!isStepModel(model))
      throw new UsageError(
        `The file holds a ${model.name}, which does not answer step by step; \`tapehead ask\` shows what it does`,
      );
    return { ...saved, model, className: model.name };
  }
  const { name, metadata } = saved;
  const task = metadata["task"] ? taskOf(metadata["task"]) : undefined;
  return { model: saved, ...(task && { task }), className: name };
}

/** A compiled model's task is a text like any other of its metadata, and may be none of ours. */
function taskOf(text: string): Saved["task"] {
  try {
    const { name, options } = JSON.parse(text) as NonNullable<Saved["task"]>;
    return { name: String(name), options: { ...options } };
  } catch {
    return { name: "something else", options: {} };
  }
}

/** Those of some values that it can bring back: a compiled model only what it was compiled to. */
export const tracedOf = (model: Subject, wanted: readonly string[]): readonly string[] =>
  model instanceof CompiledModel ? wanted.filter((name) => model.trace.includes(name)) : wanted;
