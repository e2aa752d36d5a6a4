import type { Json } from "../../runs/canonical.js";
import { PlanError } from "../../runs/errors.js";
import { rungsOf } from "../../runs/store/decisions.js";
import type { Planned } from "../../runs/store/planning.js";
import type { EngineIdentity } from "../../runs/store/store.js";
import { expectPlan } from "../../runs/sweep/check.js";
import type { NamedOptions, SweepPlan } from "../../runs/sweep/plan.js";
import { seedsOf, settingsOf } from "../../runs/sweep/settings.js";
import { experiments } from "../../recipes/suites.js";
import { shown } from "../../bindings/common/shown.js";
import { models } from "../models.js";
import { tasks } from "../tasks.js";
import { readOptions } from "./options.js";
import { settingOf, type TrainingSpec } from "./setting.js";

/** Where a plan comes from. */
export interface PlanSource {
  /** The sweep's name where the plan has none. */
  readonly name: string;
  /** Folder that the plan's files are relative to. */
  readonly folder: string;
}

/**
 * All that a plan asks for, setting by setting.
 * @throws PlanError for a plan that is none, options that a system does not have, and settings that are the same
 */
export function planSweep(given: unknown, { name, folder }: PlanSource, engine: EngineIdentity): Planned {
  const plan = begun(expectPlan(given));
  const varied = settingsOf(plan); // refuses too many before any list of seeds is made
  const seeds = seedsOf(plan);
  const data = new Map<string, Uint8Array>();
  const settings = varied.map((named) => {
    const { files, ...spec } = read(plan, named, folder);
    for (const [hash, bytes] of files) data.set(hash, bytes);
    return { label: named.label, seeds, ...settingOf(spec, files, engine) };
  });
  const { metric = metricOf(settings[0]!.spec), better = "lower", halving } = plan;
  for (const [where, name] of [
    ["metric", metric],
    ["halving.metric", halving?.metric],
  ] as const) {
    if (name === undefined) continue;
    for (const { metrics } of settings) {
      if (metrics.includes(name)) continue;
      throw new PlanError(`The plan's ${where} is ${shown(name)}, and must be one of ${metrics.join(", ")}`);
    }
  }
  const steps = new Set(settings.map((setting) => setting.steps));
  if (halving && steps.size > 1) {
    throw new PlanError(
      `The plan has halving, and settings with ${[...steps].join(" and ")} steps, which must be as many`,
    );
  }
  const rungs = halving && rungsOf(halving, settings[0]!.steps, { metric, better });
  return { name: plan.name ?? name, plan: given as Json, settings, metric, better, rungs, data };
}

/** A plan that begins with an experiment of a recipe, written out. */
function begun(plan: SweepPlan): SweepPlan {
  const { recipe, ...own } = plan;
  if (recipe === undefined) return plan;
  const experiment = experiments.find(({ name }) => name === recipe);
  if (!experiment) {
    const names = experiments.filter(({ data, from }) => !data && !from).map(({ name }) => name);
    throw new PlanError(`There is no recipe ${shown(recipe)}: there are ${names.join(", ")}`);
  }
  const { model, task, flags = {}, data, from } = experiment;
  if (data || from) {
    const needs = data ? "data of its own" : `${from} to begin with`;
    throw new PlanError(`The recipe ${recipe} needs ${needs}, which \`npm run reproduce\` reads; a sweep cannot`);
  }
  const said = new Set([plan.grid ?? {}, plan.samples?.options ?? {}].flatMap((each) => Object.keys(each)));
  const kept = Object.entries(flags).filter(([name]) => !said.has(name));
  return { model, task, ...own, options: { ...Object.fromEntries(kept), ...plan.options } };
}

/** Names of model and task, which a grid may vary, too. */
function read(plan: SweepPlan, { options: all }: NamedOptions, folder: string) {
  const { model: someModel = plan.model, task: someTask = plan.task, ...options } = all;
  const task = someTask ?? models[String(someModel)]?.learns[0];
  const model = someModel ?? (task === undefined ? undefined : tasks[String(task)]?.model);
  if (model === undefined && task === undefined) {
    throw new PlanError("The plan has no model, no task and no recipe, and must have one of them");
  }
  expectName("model", model, models);
  expectName("task", task, tasks);
  const { flags, data, files } = readOptions(options, { model: model as string, task: task as string, folder });
  const { evaluate = {}, keepModels = false } = plan;
  return {
    model: model as string,
    task: task as string,
    flags,
    data,
    files,
    evaluate,
    keepModels,
  } satisfies TrainingSpec & {
    files: ReadonlyMap<string, Uint8Array>;
  };
}

function expectName(what: string, name: unknown, table: Readonly<Record<string, unknown>>): void {
  if (typeof name === "string" && Object.hasOwn(table, name)) return;
  throw new PlanError(`The plan's ${what} is ${shown(name)}, and must be one of ${Object.keys(table).join(", ")}`);
}

/** What the task is judged by. */
function metricOf({ task }: { readonly [name: string]: Json | undefined }): string {
  const [first] = tasks[task as string]!.metrics;
  return first ?? "loss";
}
