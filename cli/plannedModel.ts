import { Option } from "commander";
import { basename, extname } from "node:path";
import type { AnyTask } from "../bindings/core.js";
import { presetOf } from "../recipes/presets.js";
import { general, type Preset } from "../recipes/recipe.js";
import { asUsage, UsageError } from "./errors.js";
import { optionsFrom } from "./flags.js";
import { models, type AnyModel, type Saved } from "./models.js";
import { ownOf } from "./ownOf.js";
import { withSeed, type OwnModule } from "./ownModule.js";
import { tasks } from "./tasks.js";
import type { Resumed, TrainFlags } from "./trainFlags.js";

/** Model and task of a training, and the preset that says what the command line leaves open. */
export interface Both {
  readonly task: AnyTask;
  readonly model: AnyModel;
  readonly preset: Preset;
  /** File that training writes where the command line names none. */
  readonly file: string;
}

/** What is trained where the command line names neither model nor task, or a model that is no task's own. */
const USUAL = { model: "ntm", task: "copy" };

/** Model and task by their names on the command line, or those of a checkpoint. */
export function makeBoth(flags: TrainFlags, resumed?: Resumed): Both {
  const saved = resumed?.checkpoint;
  if (saved) expectSame(resumed, flags);
  const taskName = flags.task ?? saved?.task?.name ?? models[flags.model ?? USUAL.model]?.learns[0] ?? USUAL.task;
  const Task = ownOf(tasks, taskName);
  const modelName = flags.model ?? (saved ? nameOf(saved) : (Task?.model ?? USUAL.model));
  const Model = ownOf(models, modelName);
  if (!Task || !Model) {
    throw new UsageError(`Cannot resume ${resumed?.file}: this program does not train ${modelName} on "${taskName}"`);
  }
  const preset = presetOf(modelName, taskName);
  const seed = flags.seed ?? (saved ? undefined : preset.seed);
  const seeded = seed === undefined ? {} : { seed };
  const ofTask = optionsFrom(flags, tasks, taskName);
  const ofModel = optionsFrom(flags, models, modelName);
  return asUsage(() => {
    const task = Task.create({ ...(saved?.task?.options ?? preset.task), ...ofTask, ...seeded });
    const ofBoth = task as unknown as Readonly<Record<string, unknown>>;
    const fitting = Object.fromEntries(Model.fitting.map((name) => [name, ofBoth[name]]));
    if (Object.values(fitting).includes(undefined)) {
      throw new UsageError(`${modelName} does not learn ${taskName}, and ${Task.model} does`);
    }
    const options = { ...(saved?.model.options ?? preset.model), ...ofModel, ...seeded };
    const model = Model.create({ ...options, ...fitting });
    // copy.safetensors, or copy-lstm.safetensors for a model that is not the one to learn it.
    const file = `${taskName}${Task.model === modelName ? "" : `-${modelName}`}.safetensors`;
    return { task, model, preset, file };
  });
}

/** A file goes on with its own model and task, whose names may be said again. @throws UsageError for another. */
function expectSame({ file, checkpoint }: Resumed, { task, model }: TrainFlags): void {
  const refuse = (what: string, there: string, here: string): never => {
    throw new UsageError(
      `Cannot resume ${file} with ${what} ${here}: its ${what} is ${there}. To begin another with its parameters, say --from`,
    );
  };
  const there = { task: checkpoint.task?.name, model: nameOf(checkpoint) };
  if (task !== undefined && there.task !== undefined && task !== there.task) refuse("task", there.task, task);
  if (model !== undefined && model !== there.model) refuse("model", there.model, model);
}

/** A user's own model and task. What else the command line leaves open is what it is for any model. */
export function ownBoth(flags: TrainFlags, own: OwnModule, resumed?: Resumed): Both {
  const isGiven = (long: string): boolean => flags[new Option(long).attributeName()] !== undefined;
  const ofOurs = [models, tasks].flatMap((table) => Object.values(table).flatMap((entry) => entry.flags));
  const refused = ["--task", ...ofOurs.map(({ long }) => long)].find(isGiven);
  if (refused)
    throw new UsageError(`${refused} is for models and tasks of Tapehead's; ${own.file} decides this itself`);
  const saved = resumed?.checkpoint.model;
  if (saved && saved.name !== own.model.name) {
    const there = `${resumed.file}: it holds a ${saved.name}`;
    throw new UsageError(`Cannot resume ${there}, and ${own.file} exports a ${own.model.name}`);
  }
  const seed = flags.seed ?? saved?.options.seed;
  const { model, task } = seed === undefined || seed === own.model.options.seed ? own : withSeed(own, seed);
  const name = basename(own.file, extname(own.file));
  return { task, model, preset: { ...general, seed: task.seed }, file: `${name}.safetensors` };
}

/** A model's name on the command line, or its own if it has none there. */
function nameOf({ model }: Saved): string {
  const entry = Object.entries(models).find(([, { isMade }]) => isMade(model));
  return entry?.[0] ?? model.name;
}
