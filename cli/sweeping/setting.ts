import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashOf, type Json } from "../../runs/canonical.js";
import { PlanError } from "../../runs/errors.js";
import type { Setting, Spec } from "../../runs/run.js";
import type { EngineIdentity } from "../../runs/store/store.js";
import type { Measuring } from "../../runs/sweep/plan.js";
import { UsageError } from "../errors.js";
import { planTraining } from "../plan.js";
import type { TrainingPlan } from "../trainingPlan.js";
import { flagsFor, type DataFile } from "./options.js";

/** What a worker is told of a run of `tapehead train`. */
export interface TrainingSpec {
  readonly model: string;
  readonly task: string;
  readonly flags: Readonly<Record<string, Json>>;
  readonly data: Readonly<Record<string, DataFile>>;
  readonly evaluate: Measuring;
  readonly keepModels: boolean;
}

export const KIND = "train";

export const specOf = (spec: TrainingSpec): Spec => ({ kind: KIND, ...(spec as unknown as Omit<Spec, "kind">) });

/** Training of one seed, decided in every detail. @throws PlanError for what model, task or training refuse */
export function trainingOf(spec: TrainingSpec, seed: number, data: ReadonlyMap<string, Uint8Array>): TrainingPlan {
  const { model, task, flags } = spec;
  try {
    return planTraining({ ...flags, ...readFiles(spec, data), model, task, seed });
  } catch (cause) {
    if (cause instanceof UsageError) throw new PlanError(cause.message, { cause });
    throw cause;
  }
}

/** Files are read as the command line reads them: by their name, which says whether they are gzipped. */
function readFiles(
  { model, task, data }: TrainingSpec,
  bytes: ReadonlyMap<string, Uint8Array>,
): Record<string, unknown> {
  if (!Object.keys(data).length) return {};
  const folder = mkdtempSync(join(tmpdir(), "tapehead-"));
  const known = flagsFor(model, task);
  try {
    return Object.fromEntries(
      Object.entries(data).map(([name, { hash, file }]) => {
        const path = join(folder, file);
        writeFileSync(path, bytes.get(hash)!);
        return [name, known.get(name)!.parse!(path)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What decides the bits of all seeds of a setting; `plan` is that of any of them. */
export function recordOf(plan: TrainingPlan, spec: TrainingSpec, engine: EngineIdentity): Setting["record"] {
  const { model, task, options, schedules, batch, steps } = plan;
  const { optimizer, clip, gradientNoise, average } = options;
  const data = Object.fromEntries(Object.entries(spec.data).map(([name, { hash }]) => [name, hash]));
  return {
    kind: KIND,
    tapehead: engine.version,
    binary: engine.binary,
    model: { name: model.name, options: withoutSeed(model.options, plan) },
    task: { name: task.name, options: withoutSeed(task.options, plan) },
    optimizer: { name: optimizer!.name, options: plainly(optimizer!.options) },
    schedules: plainly(schedules),
    batch,
    steps,
    clip: plainly(clip),
    gradientNoise: gradientNoise ?? 0,
    ...(average && { average }), // so that runs from before there was any keep their hash
    evaluate: plainly(spec.evaluate),
    data,
  };
}

/** A setting of a plan as the database keeps it, and what its runs measure. */
export function settingOf(
  spec: TrainingSpec,
  files: ReadonlyMap<string, Uint8Array>,
  engine: EngineIdentity,
): Setting & { readonly metrics: readonly string[] } {
  const plan = trainingOf(spec, 1, files);
  const metrics = ["loss", ...plan.metrics];
  return { record: recordOf(plan, spec, engine), spec: specOf(spec), steps: plan.steps, metrics };
}

/** Whether a worker's own version of the library plans the very run that was asked for. */
export function expectRecord(
  plan: TrainingPlan,
  spec: TrainingSpec,
  engine: EngineIdentity,
  record: Setting["record"],
): void {
  const mine = recordOf(plan, spec, engine);
  if (hashOf(mine) === hashOf(record)) return;
  const names = Object.keys({ ...mine, ...record });
  const different = names.filter((name) => hashOf(mine[name] ?? null) !== hashOf(record[name] ?? null));
  throw new PlanError(
    `This worker would run another training than the one that was planned: ${different.join(", ")} differ`,
  );
}

/** A seed of its own would be no part of the run's. */
function withoutSeed(options: Readonly<Record<string, unknown>>, { options: { seed } }: TrainingPlan): Json {
  const { seed: own, ...others } = options;
  if (own !== undefined && own !== seed)
    throw new PlanError(`The seed ${String(own)} is another one than the run's, ${seed}`);
  return plainly(others);
}

const plainly = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;
