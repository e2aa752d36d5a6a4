import type { Help, Helps } from "../common/help.js";
import type { Rules } from "../common/options.js";
import type { AnyTask } from "./task.js";

/** Declaration of a task: the one place from which the command line and the tests know it. */
export interface TaskDeclaration {
  /** Names on the command line and in files; several where data make several tasks of one kind. */
  readonly names: readonly string[];
  readonly create: (options: never) => AnyTask;
  readonly rules: () => Rules;
  readonly options: Readonly<Record<string, Help>>;
  /** Names of the task's measures, in their order. */
  readonly metrics: readonly string[];
  /** Option that bounds the length of training sequences, where evaluations are to be of that length. */
  readonly longest?: string;
  /** Options of a small task, for tests. */
  readonly example: () => Readonly<Record<string, unknown>>;
}

/** Keeps the names as types, and compiles only with a help for every option and measures that the task has. */
export function defineTask<
  const Names extends readonly string[],
  R extends Rules,
  T extends { readonly metrics: object },
>(declaration: {
  readonly names: Names;
  readonly create: (options: never) => T & AnyTask;
  readonly rules: () => R;
  readonly options: Helps<R>;
  readonly metrics: readonly (keyof T["metrics"])[];
  readonly longest?: keyof R;
  readonly example: () => Readonly<Record<string, unknown>>;
}): Omit<TaskDeclaration, "names"> & { readonly names: Names } {
  return declaration as unknown as Omit<TaskDeclaration, "names"> & { readonly names: Names };
}
