import { linear, staircase, warmup, type Schedule } from "../bindings/core.js";
import type { Preset } from "../recipes/recipe.js";
import { UsageError } from "./errors.js";
import { dashed } from "./flags.js";
import type { Saved } from "./models.js";
import { optimizers, type OptimizerName } from "./optimizers.js";
import { ownOf } from "./ownOf.js";
import type { TrainFlags } from "./trainFlags.js";
import type { Schedules, TrainingPlan } from "./trainingPlan.js";

type Optimizer = NonNullable<TrainingPlan["options"]["optimizer"]>;
type SavedOptimizer = NonNullable<Saved["training"]>["optimizer"];

/** The optimizer that a user's module exports, unless the command line, or what is resumed, has another. */
export function ownOptimizer({ own, ...flags }: TrainFlags, saved?: SavedOptimizer): Optimizer | undefined {
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

/** How rates and weights change with the steps: by the command line, a checkpoint or the preset. */
export function schedulesOf(flags: TrainFlags, preset: Preset, saved?: SavedOptimizer): Schedules {
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

/** @throws UsageError for an option that the optimizer does not have. */
export function makeOptimizer(
  flags: TrainFlags,
  { learningRate: rate, decay, warmup: rising }: Schedules,
  steps: number,
  preset: Preset,
  saved?: SavedOptimizer,
): Optimizer {
  const name = optimizerNameOf(flags, preset, saved);
  const make = ownOf<(options: object) => Optimizer>(optimizers, name);
  if (!make) throw new UsageError(`Cannot resume: this program has no optimizer "${name}"`);
  const options = { ...optimizerOptions(name, preset, saved), ...givenOptions(name, flags) };
  if (rate === undefined) return make(options);
  const later = decay === 1 ? rate : falling(rate, { to: decay * rate, steps });
  return make({ ...options, learningRate: rising ? warmup(rising, later) : later });
}

/** What the auxiliary loss weighs at each step, unless it is always 1. */
export function weightOf({ costDecay, costHalving }: Schedules, steps: number): Schedule | undefined {
  const halved = costHalving ? staircase(1, { factor: 0.5, every: costHalving }) : undefined;
  const later = costDecay === 1 ? undefined : falling(1, { to: costDecay, steps });
  return halved && later ? (step) => halved(step) * later(step) : (halved ?? later);
}

/** Stays for the first half of the steps, then falls in a straight line. */
const falling = (rate: number, { to, steps }: { to: number; steps: number }): Schedule =>
  linear(rate, to, { begin: Math.floor(steps / 2), end: steps });
