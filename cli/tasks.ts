import type { AnyTask } from "../bindings/index.js";
import { sharedTasks, systems } from "../bindings/declarations.js";
import type { SystemDeclaration } from "../bindings/systems/defineSystem.js";
import type { TaskDeclaration } from "../bindings/tasks/defineTask.js";
import { flagsOf, type Flag } from "./flags.js";
import { models } from "./models.js";
import type { TaskSource } from "./source.js";
import { sources } from "./sources/index.js";

/** A task by one of its names. */
export interface TaskEntry {
  readonly flags: readonly Flag[];
  /** What the task measures, in its order. */
  readonly metrics: readonly string[];
  readonly create: (options: Readonly<Record<string, unknown>>) => AnyTask;
  /** What learns it when nobody says what. */
  readonly model: string;
  /** The longest sequences that training draws, where evaluations are to be of these. */
  readonly longest?: (task: AnyTask) => number;
}

type Declared = (typeof sharedTasks)[number] | (typeof systems)[number]["tasks"][number];

export type TaskName = Declared["names"][number];

const ofSystems = (systems as readonly SystemDeclaration[]).flatMap(({ tasks }) => tasks);
const declared: readonly TaskDeclaration[] = [...sharedTasks, ...ofSystems];

function entryOf(name: string, task: TaskDeclaration): TaskEntry {
  const source: TaskSource | undefined = sources.find(({ tasks }) => tasks.includes(name));
  const { create, rules, options, metrics, longest } = task;
  return {
    flags: [...(source?.flags ?? []), ...flagsOf(options, rules())],
    metrics,
    create: (given) => create((source ? source.options(given, name) : given) as never),
    model: Object.keys(models).find((model) => models[model]!.learns.includes(name))!,
    ...(longest && { longest: ({ options }: AnyTask) => options[longest] as number }),
  };
}

/** Every task by the name it has on the command line and in files. */
export const tasks: Readonly<Record<string, TaskEntry>> = Object.fromEntries(
  declared.flatMap((task) => task.names.map((name) => [name, entryOf(name, task)])),
);
