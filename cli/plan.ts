import { basename, relative } from "node:path";
import type { Checkpoint, RecurrentModel, Task } from "../bindings/index.js";
import { asUsage, UsageError } from "./errors.js";
import { models, type ModelFlags } from "./models.js";
import { optimizers, type OptimizerName } from "./optimizers.js";
import { copyPreset } from "./presets.js";
import { tasks, type TaskFlags } from "./tasks.js";
import type { TrainingPlan } from "./training.js";

/** What the command line says about training. What it leaves open comes from a checkpoint, or else the preset. */
export interface TrainFlags extends ModelFlags, TaskFlags {
  model?: string;
  task?: string;
  batch?: number;
  steps?: number;
  learningRate?: number;
  optimizer?: OptimizerName;
  clipNorm?: number;
  until?: number;
  evaluateEvery?: number;
  threads?: number;
  checkpointEvery?: number;
  modelOnly?: boolean;
  out?: string;
}

/** A checkpoint to go on from. */
export interface Resumed {
  readonly file: string;
  readonly checkpoint: Checkpoint;
  readonly bytes: Uint8Array;
}

/** @throws UsageError when the command line asks for what cannot be. */
export function planTraining(flags: TrainFlags, resumed?: Resumed): TrainingPlan {
  const { task, model } = asUsage(() => makeBoth(flags, resumed));
  const record = resumed?.checkpoint.training;
  const batch = flags.batch ?? record?.batch ?? copyPreset.batch;
  const steps = flags.steps ?? copyPreset.steps;
  const file = flags.out ?? resumed?.file ?? copyPreset.file;
  const firstStep = record?.step ?? 0;
  if (firstStep >= steps) {
    throw new UsageError(`${resumed!.file} stands at step ${firstStep}, and --steps must be above that, not ${steps}`);
  }
  const { until, evaluateEvery, checkpointEvery = copyPreset.checkpointEvery, modelOnly = false } = flags;
  return {
    model,
    task,
    options: {
      batch,
      optimizer: makeOptimizer(flags, record?.optimizer),
      clip: flags.clipNorm === undefined ? (record?.clip ?? { norm: copyPreset.clipNorm }) : clipTo(flags.clipNorm),
      seed: flags.seed ?? record?.seed ?? copyPreset.seed,
      ...(evaluateEvery && { evaluate: { every: evaluateEvery, length: tasks[task.name]!.longest(task) } }),
      ...(resumed && { resume: resumed.bytes }),
    },
    batch,
    firstStep,
    resumedFrom: resumed?.file,
    steps,
    threads: flags.threads,
    until,
    checkpointEvery,
    modelOnly,
    file,
    resumeCommand: resumeCommand({ ...flags, steps, out: file }),
  };
}

function makeBoth(flags: TrainFlags, resumed?: Resumed): { task: Task; model: RecurrentModel } {
  const saved = resumed?.checkpoint;
  const seed = flags.seed ?? (saved ? undefined : copyPreset.seed);
  const taskName = flags.task ?? saved?.task?.name ?? "copy";
  const modelName = flags.model ?? (saved ? nameOf(saved) : "ntm");
  const [Task, Model] = [own(tasks, taskName), own(models, modelName)];
  if (!Task || !Model) {
    throw new UsageError(`Cannot resume ${resumed?.file}: this program does not train ${modelName} on "${taskName}"`);
  }
  const task = Task.create({ ...flags, seed }, saved?.task?.options);
  return { task, model: Model.create({ ...flags, seed }, task, saved?.model.options) };
}

/** What a table has under a name; a file may name what every object has, such as "constructor". */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A model's name on the command line, or its own if it has none there. */
function nameOf({ model }: Checkpoint): string {
  const entry = Object.entries(models).find(([, { Class }]) => model instanceof Class);
  return entry?.[0] ?? model.name;
}

type Optimizer = NonNullable<TrainingPlan["options"]["optimizer"]>;
type SavedOptimizer = NonNullable<Checkpoint["training"]>["optimizer"];

function makeOptimizer(flags: TrainFlags, saved?: SavedOptimizer): Optimizer {
  const name = flags.optimizer ?? (saved?.name.toLowerCase() as OptimizerName | undefined) ?? copyPreset.optimizer;
  // Each optimizer has a rate of its own; the preset's is for the preset's.
  const preset = name === copyPreset.optimizer ? { learningRate: copyPreset.learningRate } : {};
  const options = saved && name === saved.name.toLowerCase() ? saved.options : preset;
  const { learningRate } = flags;
  const make = own<(options: object) => Optimizer>(optimizers, name);
  if (!make) throw new UsageError(`Cannot resume: this program has no optimizer "${name}"`);
  return make({ ...options, ...(learningRate && { learningRate }) });
}

const clipTo = (norm: number): { norm?: number } => (norm ? { norm } : {});

/** What a checkpoint does not carry must be said again. */
function resumeCommand(flags: TrainFlags): string {
  const { out, steps, until, evaluateEvery, checkpointEvery, modelOnly } = flags;
  const words = [command(), "train", "--resume", quoted(out!)];
  const more = { steps, until, "evaluate-every": evaluateEvery };
  for (const [name, value] of Object.entries({ ...more, "checkpoint-every": checkpointEvery })) {
    if (value !== undefined) words.push(`--${name}`, String(value));
  }
  if (modelOnly) words.push("--model-only");
  return words.join(" ");
}

/** How this program was started, for commands that a reader may paste. */
function command(): string {
  if (process.env["npm_command"] === "exec") return "npx tapehead";
  const script = process.argv[1] ?? "tapehead";
  return basename(script).startsWith("tapehead") ? "tapehead" : `node ${quoted(relative("", script))}`;
}

const quoted = (word: string): string => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
