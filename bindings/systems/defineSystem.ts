import type { Help, Helps } from "../common/help.js";
import type { Rules } from "../common/options.js";
import type { Engine } from "../engine/engine.js";
import type { Model, ModelClass } from "../models/model.js";
import type { AnyTask } from "../tasks/task.js";
import type { TaskDeclaration } from "../tasks/defineTask.js";

/** A call that a user may make first thing; returns what it computed. */
type Use<M> = (model: M, engine: Engine) => unknown;

/** Names of a model's public methods that take an engine: its capabilities. */
type Capability<M> = {
  [Name in keyof M]: M[Name] extends (...given: infer Given) => unknown
    ? Given extends readonly [Engine, ...unknown[]]
      ? Exclude<Name, "release">
      : never
    : never;
}[keyof M];

/** A use of each capability. */
export type Uses<M> = Readonly<Record<string, Use<M>>> & { readonly [Name in Capability<M>]: unknown };

/** Sequences, sets or questions that one call takes together. */
export interface Batches<M> {
  readonly inputs: (model: M) => readonly unknown[];
  /** An answer for each of the inputs. */
  readonly run: (model: M, engine: Engine, inputs: readonly never[]) => readonly unknown[];
}

/** A small model and a task that it can learn, for tests. */
export interface Example<M> {
  readonly options: () => Readonly<Record<string, unknown>>;
  readonly task: () => AnyTask;
  readonly uses: Uses<M>;
  readonly batches: Batches<M>;
}

type Named = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Options that a name decides, such as the cell of `gru`. */
type Decided<Names extends Named> = { [Name in keyof Names]: keyof Names[Name] }[keyof Names] & string;

/** Declaration of a system: the one place from which registries, the command line and the tests know it. */
export interface SystemDeclaration {
  readonly model: ModelClass;
  readonly rules: () => Rules;
  /** Names on the command line, each with the options that it decides. */
  readonly names: Named;
  /** Names that it had on the command line before. */
  readonly formerly?: readonly string[];
  /** Options that the task decides: it has them under the same names. */
  readonly fitting: readonly string[];
  readonly options: Readonly<Record<string, Help>>;
  /** Names of tasks that it learns by default; the first is its own default. */
  readonly learns: readonly string[];
  /** Tasks that it brings. */
  readonly tasks: readonly TaskDeclaration[];
  readonly example: Example<Model<string>>;
}

/** Keeps the names as types, and compiles only with a help for every option and a use of every capability. */
export function defineSystem<
  M extends Model<string>,
  R extends Rules,
  const Fitting extends readonly (keyof R & string)[],
  const Names extends Named,
  const Tasks extends readonly TaskDeclaration[] = readonly [],
>(declaration: {
  readonly model: ModelClass<M>;
  readonly rules: () => R;
  readonly names: Names;
  readonly formerly?: readonly string[];
  readonly fitting: Fitting;
  readonly options: Helps<R, Fitting[number] | Decided<Names>>;
  readonly learns: readonly string[];
  readonly tasks: Tasks;
  readonly example: Example<NoInfer<M>>;
}): Omit<SystemDeclaration, "names" | "tasks"> & { readonly names: Names; readonly tasks: Tasks } {
  return declaration as unknown as Omit<SystemDeclaration, "names" | "tasks"> & {
    readonly names: Names;
    readonly tasks: Tasks;
  };
}
