import { decodeCheckpoint, save } from "../checkpoint/checkpoint.js";
import { isObject } from "../checkpoint/json.js";
import type { Model, ModelClass } from "../models/model.js";
import type { CourseState } from "./course.js";

/** Name in a file's metadata. */
const NAME = "learning";

/** What a training that goes on must know beside what `train` keeps. */
export interface KeptState {
  readonly course: CourseState;
  /** The part of the development sources that was answered exactly at the latest evaluation. */
  readonly exact: number | null;
}

/** A checkpoint of `train` with the state beside it. */
export function withState<M extends Model<string>>(
  checkpoint: Uint8Array,
  state: KeptState,
  models: readonly ModelClass<M>[],
): Uint8Array<ArrayBuffer> {
  const { model, ...rest } = decodeCheckpoint(checkpoint, { file: "the checkpoint", models });
  return save(model, { ...rest, metadata: { [NAME]: JSON.stringify(state) } });
}

/** @throws TypeError when the bytes are of another training than of `learn`. */
export function stateIn<M extends Model<string>>(
  checkpoint: Uint8Array,
  models: readonly ModelClass<M>[],
): KeptState & { readonly step: number } {
  const { metadata, training } = decodeCheckpoint(checkpoint, { file: "what to resume", models });
  const read: unknown = JSON.parse(metadata?.[NAME] ?? "null");
  if (isObject(read) && isCourse(read["course"]) && training)
    return { ...(read as unknown as KeptState), step: training.step };
  throw new TypeError("learn: what to resume holds no state of learning, and must be what onSave was given");
}

function isCourse(read: unknown): read is CourseState {
  if (!isObject(read)) return false;
  const { fallsFrom, ...numbers } = read as Partial<Record<keyof CourseState, unknown>>;
  const named: readonly (keyof typeof numbers)[] = ["best", "bestStep", "stale", "mark", "perfect"];
  return named.every((name) => Number.isFinite(numbers[name])) && (fallsFrom === null || Number.isFinite(fallsFrom));
}
