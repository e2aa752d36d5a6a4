import { isBytes } from "../common/encodings.js";
import { Model, type ModelClass } from "../models/model.js";
import { checkOptions, object, oneOf } from "../common/options.js";
import { excerpt, shown } from "../common/shown.js";
import type { Fail } from "./checkpointError.js";
import type { Numbers } from "./dtypes.js";
import { decodeFormat, SAVED } from "./formats.js";
import { toHalf } from "./half.js";
import { fromJSON, isDeep, isObject, toJSON as asJSON } from "./json.js";
import { encodeSafetensors, isFinite, type StoredTensor } from "./safetensors.js";
import { isTrainingRecord, type TrainingRecord } from "./trainingRecord.js";
import { UnknownModelError } from "./unknownModelError.js";

/** What made a model, if a file is to carry it: it is what a task or a trainer can be made from again. */
export interface Provenance {
  readonly task?: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
}

/** All that a file holds. */
export interface Checkpoint<M extends Model<string> = Model<string>> extends Provenance {
  readonly model: M;
  readonly training?: TrainingRecord;
  /** Texts of your own that go with the model, such as its vocabulary, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What `save` writes beside the model, and how. */
export interface SaveOptions extends Omit<Checkpoint, "model"> {
  /** How parameters are stored: in single precision, or in half the bytes, rounded to 11 bits. Default: "f32". */
  readonly dtype?: "f32" | "f16";
}

/** Names in the metadata that are the library's. */
const OWN = ["format", "version", "model", "options", "task", "training", "crc32"];

const OPTIMIZER_STATE = "training.optimizer";

/** What comes back from JSON as it was. */
function toJSON(what: string, value: unknown, isRight: (read: unknown) => boolean): string {
  let cause: unknown;
  try {
    const text = asJSON(value);
    const read = fromJSON(text);
    if (!isDeep(read) && isRight(read)) return text;
  } catch (error) {
    cause = error;
  }
  throw new TypeError(`save: the ${what} must be plain JSON, such as loadCheckpoint returns`, { cause });
}

/**
 * A model as the bytes of a safetensors file that carries all that is needed to run it again.
 *
 * @throws TypeError when it is no model, or what made it is not plain JSON; RangeError when a parameter is not finite, or
 * too large for half precision: `load` would refuse the file.
 * @example
 * await writeFile("copy.safetensors", save(model));
 */
export function save(model: Model<string>, options: SaveOptions = {}): Uint8Array<ArrayBuffer> {
  const { dtype, metadata: texts } = checkOptions("save", options, {
    task: [null, () => undefined],
    training: [null, () => undefined],
    metadata: [{}, object()],
    dtype: ["f32", oneOf("f32", "f16")],
  });
  const { task, training } = options;
  if (training && dtype !== "f32") {
    throw new TypeError("save: training goes on from all bits: leave dtype out");
  }
  expectFree(texts);
  if (!((model as unknown) instanceof Model))
    throw new TypeError(`save: the model is ${shown(model)}, and must be one`);
  if (training !== undefined && !(training?.optimizerState instanceof Float32Array)) {
    throw new TypeError("save: the training must be a record such as loadCheckpoint returns");
  }
  const { parameters } = model;
  const tensors = new Map<string, StoredTensor>();
  for (const parameter of parameters.parameters) {
    const data = parameters.valuesOf(parameter);
    if (!isFinite(data)) {
      const advice = "the model has diverged. Go on from an earlier file, with a smaller learning rate";
      throw new RangeError(`save: "${parameter.path}" holds numbers that are not finite: ${advice}`);
    }
    tensors.set(parameter.path, {
      shape: parameter.shape,
      data: dtype === "f16" ? toHalf(`save: "${parameter.path}"`, data) : data,
    });
  }
  const metadata: Record<string, string> = {
    ...(texts as Checkpoint["metadata"]),
    format: SAVED.name,
    version: SAVED.version,
    model: model.name,
    options: toJSON("model's options", model.options, isObject),
  };
  if (task !== undefined) {
    metadata["task"] = toJSON("task's name and options", { name: task?.name, options: task?.options }, isTask);
  }
  if (training) {
    const { optimizerState, ...rest } = training;
    metadata["training"] = toJSON("training record", rest, isTrainingRecord);
    tensors.set(OPTIMIZER_STATE, { shape: [optimizerState.length], data: optimizerState });
  }
  return encodeSafetensors({ tensors, metadata });
}

/** What there may be in a file: its name is for messages. */
export interface Expected<M extends Model<string>> {
  readonly file: string;
  readonly models: readonly ModelClass<M>[];
}

/** All that a file holds, if its model is of one of these classes. @throws CheckpointError, TypeError as `load` does. */
export function decodeCheckpoint<M extends Model<string>>(
  bytes: Uint8Array,
  { file, models }: Expected<M>,
): Checkpoint<M> {
  if (!isBytes(bytes)) {
    throw new TypeError(`load: the bytes of a file are ${shown(bytes)}, and must be a Uint8Array`);
  }
  const { tensors, metadata, json, fail } = decodeFormat(bytes, { file, format: SAVED });
  const name = String(metadata["model"]);
  const Class = models.find(({ className }) => className === name);
  if (!Class) {
    throw new UnknownModelError(
      file,
      name,
      models.map(({ className }) => className),
    );
  }
  const model = makeModel(Class, json("options"), fail);
  fillParameters(model, tensors, fail);
  const task = json("task");
  if (task !== null && !isTask(task)) return fail("what it says of its task is not a name and options");
  const record = json("training");
  const optimizerState = tensors.get(OPTIMIZER_STATE)?.data;
  if (optimizerState && !(optimizerState instanceof Float32Array)) {
    return fail(`its "${OPTIMIZER_STATE}" must be F32`);
  }
  if (record !== null && !isTrainingRecord(record)) return fail("its training record is not one");
  if (record && !optimizerState) fail(`it lacks the tensor "${OPTIMIZER_STATE}"`);
  const texts = Object.entries(metadata).filter(([name]) => !OWN.includes(name));
  return {
    model,
    ...(task && { task }),
    ...(record && { training: { ...record, optimizerState: optimizerState as Float32Array<ArrayBuffer> } }),
    ...(texts.length > 0 && { metadata: Object.fromEntries(texts) }),
  };
}

/** @throws TypeError when a name in the metadata is taken. */
export function expectFree(metadata: object, taken: readonly string[] = OWN): void {
  for (const [name, value] of Object.entries(metadata as Record<string, unknown>)) {
    if (taken.includes(name)) throw new TypeError(`The name "${name}" is taken in the metadata; choose another`);
    if (typeof value !== "string") throw new TypeError(`metadata.${name} is no text, and must be one`);
  }
}

function makeModel<M extends Model<string>>(Class: ModelClass<M>, options: unknown, fail: Fail): M {
  try {
    return new Class(options as never);
  } catch (cause) {
    return fail(`its options do not make a ${Class.className}: ${(cause as Error).message}`, cause);
  }
}

/** Compares all shapes before anything is allocated, since options in a hostile file may ask for any size. */
function fillParameters(model: Model<string>, tensors: ReadonlyMap<string, StoredTensor<Numbers>>, fail: Fail): void {
  const named = [...model.namedParameters()];
  const paths = new Set(named.map(([path]) => path));
  for (const [path, { shape }] of named) {
    const tensor = tensors.get(path);
    if (!tensor) return fail(`it lacks the parameter "${path}"`);
    const same = tensor.shape.length === shape.length && shape.every((axis, i) => axis === tensor.shape[i]);
    if (!same) fail(`its "${path}" is (${excerpt(tensor.shape.join(", "))}), and must be (${shape.join(", ")})`);
    if (!(tensor.data instanceof Float32Array)) return fail(`its "${path}" is I32, and must be F32`);
    if (!isFinite(tensor.data)) fail(`its "${path}" holds numbers that are not finite`);
  }
  for (const name of tensors.keys()) {
    if (!paths.has(name) && name !== OPTIMIZER_STATE)
      fail(`it has a tensor "${excerpt(name)}" that its model does not have`);
  }
  const { parameters } = model;
  const values = new Float32Array(parameters.size);
  for (const parameter of parameters.parameters) values.set(tensors.get(parameter.path)!.data, parameter.offset);
  parameters.set(values);
}

const isTask = (value: unknown): value is NonNullable<Checkpoint["task"]> =>
  isObject(value) && typeof value["name"] === "string" && isObject(value["options"]);
