import type { ModelClass } from "./models/model.js";
import { NeuralTuringMachine } from "./systems/neuralTuringMachine/neuralTuringMachine.js";
import { expectOptions } from "./common/options.js";
import { shown } from "./common/shown.js";
import { decodeCheckpoint, type Checkpoint } from "./checkpoint/checkpoint.js";

/** How a file is read. */
export interface LoadOptions<Class extends ModelClass = typeof NeuralTuringMachine> {
  /** Name of the file, for messages. */
  file?: string;
  /**
   * Classes that the file's model may be of. Default: NeuralTuringMachine alone, so that nobody's bundle holds models
   * it does not use; tapehead/models has all.
   */
  models?: readonly Class[];
}

/**
 * The model in a file that `save` made.
 *
 * @throws CheckpointError when the file is damaged, is not one of ours, holds a model of another class, or does not fit
 * the model it names; TypeError when what is given are no bytes.
 * @example
 * const model = load(await readFile("copy.safetensors"), { file: "copy.safetensors" });
 */
export function load<Class extends ModelClass = typeof NeuralTuringMachine>(
  bytes: Uint8Array,
  options: LoadOptions<Class> = {},
): InstanceType<Class> {
  return loadCheckpoint(bytes, options).model;
}

/** All that a file holds: the model, and what trained it. @throws CheckpointError, TypeError as `load` does. */
export function loadCheckpoint<Class extends ModelClass = typeof NeuralTuringMachine>(
  bytes: Uint8Array,
  options: LoadOptions<Class> = {},
): Checkpoint<InstanceType<Class>> {
  const { file = "the checkpoint", models = [NeuralTuringMachine] } = expectOptions("load", options);
  const isClass = (Class: unknown): boolean => typeof Class === "function" && "className" in Class;
  if (!Array.isArray(models) || !models.length || !models.every(isClass)) {
    throw new TypeError(`load: the models are ${shown(models)}, and must be an array of classes of models`);
  }
  return decodeCheckpoint(bytes, { file, models: models as readonly ModelClass[] as never });
}
