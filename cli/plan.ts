import { Option } from "commander";
import { basename, extname, relative } from "node:path";
import { linear, staircase, warmup, type AnyTask, type Schedule } from "../bindings/core.js";
import { asUsage, UsageError } from "./errors.js";
import { dashed, optionsFrom } from "./flags.js";
import { TextFile } from "./input.js";
import { metricsOf } from "./metrics.js";
import { models, type AnyModel, type Saved } from "./models.js";
import { optimizers, type OptimizerName } from "./optimizers.js";
import { withSeed, type OwnModule } from "./ownModule.js";
import { quoted } from "./quoted.js";
import { presetOf } from "../recipes/presets.js";
import { general, type Preset } from "../recipes/recipe.js";
import { otherMetadata, planMetadata, storedPlanOf, type StoredPlan } from "./storedPlan.js";
import { tasks } from "./tasks.js";
import type { Schedules, TrainingPlan } from "./trainingPlan.js";

/**
 * What the command line says about training, beside the flags of models and tasks. What it leaves open comes from a
 * checkpoint, or else the preset.
 */
export interface TrainFlags extends Readonly<Record<string, unknown>> {
  model?: string;
  /** Module with a model and a task of the user's own, instead of names of ours. */
  own?: OwnModule;
  task?: string;
  seed?: number;
  batch?: number;
  steps?: number;
  learningRate?: number;
  momentum?: number;
  weightDecay?: number;
  decay?: number;
  costDecay?: number;
  costHalving?: number;
  warmup?: number;
  optimizer?: OptimizerName;
  clipNorm?: number;
  gradientNoise?: number;
  average?: number;
  until?: number;
  evaluateEvery?: number;
  threads?: number;
  checkpointEvery?: number;
  modelOnly?: boolean;
  dtype?: "f32" | "f16";
  out?: string;
  log?: string;
  logEvery?: number;
  from?: string;
}

/** A checkpoint to go on from. */
export interface Resumed {
  readonly file: string;
  readonly checkpoint: Saved;
  readonly bytes: Uint8Array;
}

/**
 * `begun` is a model whose parameters training begins with. What is resumed goes on by the plan in its file, but for what
 * the command line says.
 * @throws UsageError when the command line asks for what cannot be.
 */
export function planTraining(given: TrainFlags, resumed?: Resumed, begun?: Begun): TrainingPlan {
  const stored = resumed && storedPlanOf(resumed.file, resumed.checkpoint.metadata);
  const flags: TrainFlags = { ...stored, ...given };
  const {
    task,
    model,
    preset,
    file: usual,
  } = flags.own ? ownBoth(flags, flags.own, resumed) : makeBoth(flags, resumed);
  if (begun) beginWith(begun, model);
  const record = resumed?.checkpoint.training;
  const batch = flags.batch ?? record?.batch ?? preset.batch;
  if (resumed && flags.steps === undefined)
    throw new UsageError(`${resumed.file} does not say how many steps it was to be trained for: add --steps`);
  const steps = flags.steps ?? preset.steps;
  const file = flags.out ?? resumed?.file ?? usual;
  const firstStep = record?.step ?? 0;
  if (firstStep >= steps) {
    throw new UsageError(`${resumed!.file} stands at step ${firstStep}, and --steps must be above that, not ${steps}`);
  }
  const { until, evaluateEvery, checkpointEvery = preset.checkpointEvery, modelOnly = false, dtype = "f32" } = flags;
  if (dtype !== "f32" && !modelOnly)
    throw new UsageError(`--dtype ${dtype} is for --model-only: training goes on from all bits`);
  const metadata = otherMetadata(resumed?.checkpoint.metadata);
  const schedules = schedulesOf(flags, preset, record?.optimizer);
  const auxiliaryWeight = weightOf(schedules, steps);
  const length = flags.own ? undefined : tasks[task.name]!.longest?.(task);
  const metrics = metricsOf(model, task);
  if (until !== undefined && !metrics.length)
    throw new UsageError(`--until needs a metric, and the task ${task.name} has none`);
  return {
    model,
    task,
    metrics,
    options: {
      batch,
      optimizer:
        ownOptimizer(flags, record?.optimizer) ?? makeOptimizer(flags, schedules, steps, preset, record?.optimizer),
      ...(auxiliaryWeight && { auxiliaryWeight }),
      clip: flags.clipNorm === undefined ? (record?.clip ?? clipTo(preset.clipNorm)) : clipTo(flags.clipNorm),
      gradientNoise: flags.gradientNoise ?? record?.gradientNoise ?? (record ? 0 : preset.gradientNoise),
      average: flags.average ?? record?.average ?? (record ? 0 : preset.average),
      seed: flags.seed ?? record?.seed ?? preset.seed,
      ...(evaluateEvery && { evaluate: { every: evaluateEvery, ...(length && { length }) } }),
      ...(resumed && { resume: resumed.bytes }),
      metadata: { ...metadata, ...planMetadata({ ...planned(flags), steps }) },
    },
    schedules,
    batch,
    firstStep,
    resumedFrom: resumed?.file,
    steps,
    threads: flags.threads,
    until,
    checkpointEvery,
    modelOnly,
    dtype,
    metadata,
    file,
    log: logOf(flags),
    resumeCommand: resumeCommand({ ...flags, steps, out: file }),
  };
}

/** A saved model that training begins with. */
export interface Begun {
  readonly file: string;
  readonly checkpoint: Saved;
}

/** Takes the parameters of a model of the same class and sizes, whatever its task was. */
function beginWith({ file, checkpoint }: Begun, model: AnyModel): void {
  const other = checkpoint.model;
  const shapes = ({ parameters }: AnyModel): string =>
    parameters.parameters.map(({ path, shape }) => `${path} ${shape.join("×")}`).join();
  if (other.name !== model.name || shapes(other) !== shapes(model)) {
    const [there, here] = [other, model].map(({ name, options }) => `${name} ${JSON.stringify(options)}`);
    throw new UsageError(`Cannot begin with ${file}: it holds ${there}, and must hold parameters of ${here}`);
  }
  model.parameters.set(other.parameters.values);
}

interface Both {
  readonly task: AnyTask;
  readonly model: AnyModel;
  readonly preset: Preset;
  /** File that training writes where the command line names none. */
  readonly file: string;
}

/** What is trained where the command line names neither model nor task, or a model that is no task's own. */
const USUAL = { model: "ntm", task: "copy" };

function makeBoth(flags: TrainFlags, resumed?: Resumed): Both {
  const saved = resumed?.checkpoint;
  if (saved) expectSame(resumed, flags);
  const taskName = flags.task ?? saved?.task?.name ?? models[flags.model ?? USUAL.model]?.learns[0] ?? USUAL.task;
  const Task = own(tasks, taskName);
  const modelName = flags.model ?? (saved ? nameOf(saved) : (Task?.model ?? USUAL.model));
  const Model = own(models, modelName);
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
function ownBoth(flags: TrainFlags, own: OwnModule, resumed?: Resumed): Both {
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

/** What a table has under a name; a file may name what every object has, such as "constructor". */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A model's name on the command line, or its own if it has none there. */
function nameOf({ model }: Saved): string {
  const entry = Object.entries(models).find(([, { isMade }]) => isMade(model));
  return entry?.[0] ?? model.name;
}

type Optimizer = NonNullable<TrainingPlan["options"]["optimizer"]>;
type SavedOptimizer = NonNullable<Saved["training"]>["optimizer"];

/** The optimizer that a user's module exports, unless the command line, or what is resumed, has another. */
function ownOptimizer({ own, ...flags }: TrainFlags, saved?: SavedOptimizer): Optimizer | undefined {
  const optimizer = own?.optimizer;
  if (!optimizer || flags.optimizer || (saved && saved.name !== optimizer.name)) return undefined;
  const refused = (["learningRate", "momentum", "weightDecay", "warmup", "decay"] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (!refused) return optimizer;
  const which = `--${dashed(refused)} is for an optimizer that --optimizer names`;
  throw new UsageError(`${which}; ${own.file} exports one, which has its own learning rate`);
}

const optimizerNameOf = ({ optimizer }: TrainFlags, preset: Preset, saved?: SavedOptimizer): OptimizerName =>
  optimizer ?? (saved?.name.toLowerCase() as OptimizerName | undefined) ?? preset.optimizer;

/** Options of an optimizer as they were saved, or the preset's: each optimizer has a rate of its own, and that is for one. */
function optimizerOptions(
  name: OptimizerName,
  { optimizer, learningRate, momentum }: Preset,
  saved?: SavedOptimizer,
): { learningRate?: number; momentum?: number } {
  if (saved && name === saved.name.toLowerCase()) return saved.options;
  return name === optimizer ? { learningRate, ...(momentum !== undefined && { momentum }) } : {};
}

/** Optimizers that have a momentum, and those that have a decay of weights. */
const HAVING = { momentum: ["sgd", "rmsprop"], weightDecay: ["adam"] } as const;
type OfOptimizer = { -readonly [Name in keyof typeof HAVING]?: number };

/** Options of the optimizer that the command line gives. @throws UsageError for an optimizer that has none such. */
function givenOptions(name: OptimizerName, flags: TrainFlags): OfOptimizer {
  const given: OfOptimizer = {};
  for (const option of Object.keys(HAVING) as (keyof typeof HAVING)[]) {
    const value = flags[option];
    if (value === undefined) continue;
    const having: readonly OptimizerName[] = HAVING[option];
    if (!having.includes(name))
      throw new UsageError(`--${dashed(option)} is for ${having.join(" and ")}, and the optimizer is ${name}`);
    given[option] = value;
  }
  return given;
}

function schedulesOf(flags: TrainFlags, preset: Preset, saved?: SavedOptimizer): Schedules {
  const name = optimizerNameOf(flags, preset, saved);
  const usual = name === preset.optimizer ? preset.learningRate : undefined;
  // A rate that falls is no plain number, so a checkpoint does not carry it.
  const isConstant = saved !== undefined && "learningRate" in saved.options;
  const {
    learningRate = optimizerOptions(name, preset, saved).learningRate ?? usual,
    decay = isConstant ? 1 : preset.decay,
    warmup = isConstant ? 0 : preset.warmup,
    costDecay = preset.costDecay,
    costHalving = preset.costHalving,
  } = flags;
  return { learningRate, decay, warmup, costDecay, costHalving };
}

function makeOptimizer(
  flags: TrainFlags,
  { learningRate: rate, decay, warmup: rising }: Schedules,
  steps: number,
  preset: Preset,
  saved?: SavedOptimizer,
): Optimizer {
  const name = optimizerNameOf(flags, preset, saved);
  const make = own<(options: object) => Optimizer>(optimizers, name);
  if (!make) throw new UsageError(`Cannot resume: this program has no optimizer "${name}"`);
  const options = { ...optimizerOptions(name, preset, saved), ...givenOptions(name, flags) };
  if (rate === undefined) return make(options);
  const later = decay === 1 ? rate : falling(rate, { to: decay * rate, steps });
  return make({ ...options, learningRate: rising ? warmup(rising, later) : later });
}

/** What the auxiliary loss weighs at each step, unless it is always 1. */
function weightOf({ costDecay, costHalving }: Schedules, steps: number): Schedule | undefined {
  const halved = costHalving ? staircase(1, { factor: 0.5, every: costHalving }) : undefined;
  const later = costDecay === 1 ? undefined : falling(1, { to: costDecay, steps });
  return halved && later ? (step) => halved(step) * later(step) : (halved ?? later);
}

/** @throws UsageError for distances of rows without a log. */
function logOf({ log, logEvery }: TrainFlags): TrainingPlan["log"] {
  if (log === "") throw new UsageError("--log is empty, and must name a folder");
  if (log === undefined && logEvery !== undefined)
    throw new UsageError("--log-every is for --log, which names a folder");
  return log === undefined ? undefined : { folder: log, every: logEvery };
}

/** Stays for the first half of the steps, then falls in a straight line. */
const falling = (rate: number, { to, steps }: { to: number; steps: number }): Schedule =>
  linear(rate, to, { begin: Math.floor(steps / 2), end: steps });

const clipTo = (norm: number): { norm?: number } => (norm ? { norm } : {});

/** What a file keeps of the options of training, beside what training keeps itself. */
function planned(flags: TrainFlags): StoredPlan {
  const { steps, learningRate, decay, costDecay, costHalving, warmup, until, evaluateEvery, checkpointEvery } = flags;
  return { steps, learningRate, decay, costDecay, costHalving, warmup, until, evaluateEvery, checkpointEvery };
}

/** Says the plan, which the file has, too, and what a checkpoint does not carry. */
function resumeCommand(flags: TrainFlags): string {
  const { own, out, modelOnly, dtype, log, logEvery } = flags;
  const words = [command(), "train", ...(own ? [quoted(own.file)] : []), "--resume", quoted(out!)];
  for (const [name, value] of Object.entries(planned(flags))) {
    if (value !== undefined) words.push(`--${dashed(name)}`, String(value));
  }
  for (const [name, value] of Object.entries(flags)) {
    if (value instanceof TextFile) words.push(`--${name}`, quoted(value.file));
  }
  if (log !== undefined) words.push("--log", quoted(log));
  if (logEvery !== undefined) words.push("--log-every", String(logEvery));
  if (modelOnly) words.push("--model-only");
  if (dtype) words.push("--dtype", dtype);
  return words.join(" ");
}

/** How this program was started, for commands that a reader may paste. */
function command(): string {
  if (process.env["npm_command"] === "exec") return "npx tapehead";
  const script = process.argv[1] ?? "tapehead";
  return basename(script).startsWith("tapehead") ? "tapehead" : `node ${quoted(relative("", script))}`;
}
