import { copyTask, type Task } from "../bindings/index.js";
import { given } from "./numbers.js";

export interface TaskFlags {
  bits?: number;
  minLength?: number;
  maxLength?: number;
  seed?: number;
}

interface TaskEntry {
  /** From the options in a checkpoint, if there is one, and what the command line says over them. */
  create(flags: TaskFlags, saved?: Readonly<Record<string, unknown>>): Task;
  /** The longest sequences that training draws. */
  longest(task: Task): number;
}

/** Every task by the name it has on the command line and in files. */
export const tasks: Readonly<Record<string, TaskEntry>> = {
  copy: {
    create: ({ bits, minLength, maxLength, seed }, saved = {}) =>
      copyTask({ ...saved, ...given({ bits, minLength, maxLength, seed }) }),
    longest: ({ options }) => options["maxLength"] as number,
  },
};
