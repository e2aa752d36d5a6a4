import type { Model } from "../models/model.js";
import { models, type AnyModel } from "../models/registry.js";
import type { TrainerState } from "../training/trainer.js";
import { COMPILED } from "../compiled/format.js";
import { fromJSON, toJSON } from "./json.js";
import {
  CheckpointError,
  decodeSafetensors,
  encodeSafetensors,
  isChecked,
  isFinite,
  type StoredTensor,
} from "./safetensors.js";

/** Raised when what a file says changes its meaning. */
const VERSION = "1";

/** What made a model, if a file is to carry it: it is what a task or a trainer can be made from again. */
export interface Provenance {
  readonly task?: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
}

/** Where training stood. */
export interface TrainingRecord extends Omit<TrainerState, "optimizer"> {
  readonly optimizer: { readonly name: string; readonly options: Readonly<Record<string, number>> };
  readonly optimizerState: Float32Array<ArrayBuffer>;
  readonly batch: number;
  readonly clip: { readonly norm?: number; readonly value?: number };
  readonly seed: number;
  /** What the windows of the reported means hold. */
  readonly recent: readonly (readonly [loss: number, wrong: number, sequences: number])[];
}

/** All that a file holds. */
export interface Checkpoint extends Provenance {
  readonly model: AnyModel;
  readonly training?: TrainingRecord;
  /** Texts of your own that go with the model, such as its vocabulary, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Names in the metadata that are the library's. */
const OWN = ["format", "version", "model", "options", "task", "training", "crc32"];

const OPTIMIZER_STATE = "training.optimizer";

/**
 * A model as the bytes of a safetensors file that carries all that is needed to run it again.
 *
 * @example
 * await writeFile("copy.safetensors", save(model));
 */
export function save(
  model: Model,
  { task, training, metadata: texts = {} }: Omit<Checkpoint, "model"> = {},
): Uint8Array<ArrayBuffer> {
  expectFree(texts, OWN);
  const { parameters } = model;
  const tensors = new Map<string, StoredTensor>();
  for (const parameter of parameters.parameters) {
    tensors.set(parameter.path, { shape: parameter.shape, data: parameters.valuesOf(parameter) });
  }
  const metadata: Record<string, string> = {
    ...texts,
    format: "tapehead",
    version: VERSION,
    model: nameOf(model),
    options: toJSON(model.options),
  };
  if (task) metadata["task"] = toJSON({ name: task.name, options: task.options });
  if (training) {
    const { optimizerState, ...rest } = training;
    metadata["training"] = toJSON(rest);
    tensors.set(OPTIMIZER_STATE, { shape: [optimizerState.length], data: optimizerState });
  }
  return encodeSafetensors({ tensors, metadata });
}

export interface LoadOptions {
  /** Name of the file, for messages. */
  file?: string;
}

/**
 * The model in a file that `save` made.
 *
 * @throws CheckpointError when the file is damaged, is not one of ours, or does not fit the model it names.
 * @example
 * const model = load(await readFile("copy.safetensors"), { file: "copy.safetensors" });
 */
export function load(bytes: Uint8Array, options: LoadOptions = {}): AnyModel {
  return loadCheckpoint(bytes, options).model;
}

/** All that a file holds: the model, and what trained it. @throws CheckpointError as `load` does. */
export function loadCheckpoint(bytes: Uint8Array, { file = "the checkpoint" }: LoadOptions = {}): Checkpoint {
  const container = decodeSafetensors(bytes, file);
  const { tensors, metadata } = container;
  const fail = (reason: string, cause?: unknown): never => {
    throw new CheckpointError(file, reason, cause === undefined ? undefined : { cause });
  };
  if (metadata["format"] === COMPILED) fail("it is a compiled model, which `loadCompiled` of tapehead/run loads");
  if (metadata["format"] !== "tapehead") {
    fail(`it is a safetensors file, and not one of Tapehead's: its metadata name no format "tapehead"`);
  }
  if (!isChecked(container)) fail("it has no checksum, so it is damaged");
  if (metadata["version"] !== VERSION) {
    fail(`it has format version ${metadata["version"]}, and this version of Tapehead reads version ${VERSION}`);
  }
  const json = (name: string): unknown => {
    try {
      return fromJSON(metadata[name] ?? "null");
    } catch (cause) {
      return fail(`its ${name} are not JSON`, cause);
    }
  };
  const model = makeModel(metadata["model"], json("options"), fail);
  fillParameters(model, tensors, fail);
  const task = json("task") as Checkpoint["task"] | null;
  const record = json("training") as Omit<TrainingRecord, "optimizerState"> | null;
  const optimizerState = tensors.get(OPTIMIZER_STATE)?.data;
  if (optimizerState && !(optimizerState instanceof Float32Array)) fail(`its "${OPTIMIZER_STATE}" must be F32`);
  if (record && !isRecord(record)) fail("its training record is not one");
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
export function expectFree(metadata: Readonly<Record<string, string>>, taken: readonly string[]): void {
  for (const [name, value] of Object.entries(metadata)) {
    if (taken.includes(name)) throw new TypeError(`The name "${name}" is taken in the metadata; choose another`);
    if (typeof value !== "string") throw new TypeError(`metadata.${name} is no text, and must be one`);
  }
}

function nameOf(model: Model): string {
  for (const [name, Class] of Object.entries(models)) if (model instanceof Class) return name;
  throw new TypeError(`save knows ${Object.keys(models).join(", ")}, and not this model`);
}

type Fail = (reason: string, cause?: unknown) => never;

function makeModel(name: string | undefined, options: unknown, fail: Fail): AnyModel {
  const Class = Object.hasOwn(models, name ?? "") ? models[name as keyof typeof models] : undefined;
  if (!Class) return fail(`it holds a ${name}, and this version of Tapehead knows ${Object.keys(models).join(", ")}`);
  try {
    return new Class(options as never);
  } catch (cause) {
    return fail(`its options do not make a ${name}: ${(cause as Error).message}`, cause);
  }
}

/** Compares all shapes before anything is allocated, since options in a hostile file may ask for any size. */
function fillParameters(model: Model, tensors: ReadonlyMap<string, StoredTensor>, fail: Fail): void {
  const named = [...model.namedParameters()];
  const paths = new Set(named.map(([path]) => path));
  for (const [path, { shape }] of named) {
    const tensor = tensors.get(path);
    if (!tensor) return fail(`it lacks the parameter "${path}"`);
    const same = tensor.shape.length === shape.length && shape.every((axis, i) => axis === tensor.shape[i]);
    if (!same) fail(`its "${path}" is (${tensor.shape.join(", ")}), and must be (${shape.join(", ")})`);
    if (!(tensor.data instanceof Float32Array)) return fail(`its "${path}" is I32, and must be F32`);
    if (!isFinite(tensor.data)) fail(`its "${path}" holds numbers that are not finite`);
  }
  for (const name of tensors.keys()) {
    if (!paths.has(name) && name !== OPTIMIZER_STATE) fail(`it has a tensor "${name}" that its model does not have`);
  }
  const { parameters } = model;
  const values = new Float32Array(parameters.size);
  for (const parameter of parameters.parameters) values.set(tensors.get(parameter.path)!.data, parameter.offset);
  parameters.set(values);
}

/** Whether what a file says of its training has the form that `save` gives it. */
function isRecord(record: Partial<Omit<TrainingRecord, "optimizerState">>): boolean {
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  const isNumbers = (values: unknown): boolean =>
    typeof values === "object" && values !== null && Object.values(values).every((value) => typeof value === "number");
  const { step, trainingPosition, evaluationPosition, batch, seed, optimizer, clip, recent } = record;
  return (
    [step, trainingPosition, evaluationPosition, batch, seed].every(isCount) &&
    typeof optimizer?.name === "string" &&
    isNumbers(optimizer.options) &&
    isNumbers(clip) &&
    Array.isArray(recent) &&
    recent.every((entry) => Array.isArray(entry) && entry.length === 3 && isNumbers(entry))
  );
}
