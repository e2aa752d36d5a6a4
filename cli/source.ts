import type { Flag } from "./flags.js";

/** Data of a task that the command line reads from a file. */
export interface TaskSource {
  /** Names of the tasks that draw from it. */
  readonly tasks: readonly string[];
  readonly flags: readonly Flag[];
  /** A task's options, made of those on the command line; a saved task's are not read from the file again. */
  readonly options: (given: Readonly<Record<string, unknown>>, name: string) => Readonly<Record<string, unknown>>;
}
