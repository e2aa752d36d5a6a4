import { UsageError } from "./errors.js";
import { metricsOf } from "./metrics.js";
import type { AnyModel, Saved } from "./models.js";
import { makeBoth, ownBoth } from "./plannedModel.js";
import { makeOptimizer, ownOptimizer, schedulesOf, weightOf } from "./plannedOptimizer.js";
import { planned, resumeCommand } from "./resumeCommand.js";
import { otherMetadata, planMetadata, storedPlanOf } from "./storedPlan.js";
import { tasks } from "./tasks.js";
import type { Resumed, TrainFlags } from "./trainFlags.js";
import type { TrainingPlan } from "./trainingPlan.js";

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

/** @throws UsageError for distances of rows without a log. */
function logOf({ log, logEvery }: TrainFlags): TrainingPlan["log"] {
  if (log === "") throw new UsageError("--log is empty, and must name a folder");
  if (log === undefined && logEvery !== undefined)
    throw new UsageError("--log-every is for --log, which names a folder");
  return log === undefined ? undefined : { folder: log, every: logEvery };
}

const clipTo = (norm: number): { norm?: number } => (norm ? { norm } : {});
