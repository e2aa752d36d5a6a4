import { copyTask, type Task } from "../bindings/index.js";
import type { Flag } from "./flags.js";
import type { ModelName } from "./models.js";
import { whole } from "./numbers.js";

interface TaskEntry {
  readonly flags: readonly Flag[];
  /** What the task measures, in its order. */
  readonly measures: readonly string[];
  readonly create: (options: Readonly<Record<string, unknown>>) => Task;
  /** What learns it when nobody says what. */
  readonly model: ModelName;
  /** The longest sequences that training draws, where evaluations are to be of these. */
  readonly longest?: (task: Task) => number;
}

const bits: Flag = { flag: "--bits <n>", option: "bits", help: "bits in a vector", parse: whole(1) };
const minLength: Flag = { flag: "--min-length <n>", option: "minLength", help: "shortest sequence", parse: whole(1) };
const maxLength: Flag = { flag: "--max-length <n>", option: "maxLength", help: "longest sequence", parse: whole(1) };
const maxLengthOf = ({ options }: Task): number => options["maxLength"] as number;

/** Every task by the name it has on the command line and in files. */
export const tasks = {
  copy: {
    flags: [bits, minLength, maxLength],
    measures: ["bitError"],
    create: copyTask,
    model: "ntm",
    longest: maxLengthOf,
  },
} satisfies Readonly<Record<string, TaskEntry>>;

export type TaskName = keyof typeof tasks;

/** The same, for a name from outside. */
export const taskEntries: Readonly<Record<string, TaskEntry>> = tasks;
