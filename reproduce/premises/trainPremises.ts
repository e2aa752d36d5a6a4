import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { adam, linear, train, warmup, type Engine } from "../../bindings/core.js";
import { PremiseSelector } from "./premiseSelector.js";
import type { PremiseTask } from "./premiseTask.js";
import type { PremiseSettings } from "./settings.js";

/** What to train on, and how. */
export interface PremiseTraining extends Omit<PremiseSettings, "task"> {
  readonly task: PremiseTask;
  readonly seed: number;
  /** A file to keep the training in while it lasts, for one that is stopped to go on. */
  readonly keep?: string;
  readonly report: (line: string) => void;
}

/** A network that has learned, and what it took. */
export interface TrainedPremises {
  readonly model: PremiseSelector;
  /** Of the processor; of a training that was stopped, since it went on. */
  readonly seconds: number;
}

/** Steps over which the learning rate rises, between reports, and between files that are kept. */
const [WARMUP, REPORTED, KEPT] = [50, 250, 500];

/** The part of the learning rate that is left at the end. */
const LEFT = 0.02;

/** Trains a network from its settings. */
export async function trainPremises(engine: Engine, training: PremiseTraining): Promise<TrainedPremises> {
  const { task, seed, batch, steps, learningRate, keep, report } = training;
  const { identities = task.identities, ...others } = training.model;
  const { tokens, facts, conjectureLength, factLength } = task;
  const sizes = { tokens, facts, conjectureLength, factLength, identities };
  const model = new PremiseSelector({ ...sizes, ...others, seed });
  // As steep as if it fell to 0, and so a little before the end.
  const falling = { begin: Math.round(steps / 2), end: Math.round((1 - LEFT / 2) * steps) };
  const rate = warmup(WARMUP, linear(learningRate, LEFT * learningRate, falling));
  if (keep !== undefined) mkdirSync(dirname(keep), { recursive: true });
  const begin = process.cpuUsage().user;
  let sum = 0;
  for await (const { step, loss } of train(engine, model, task, {
    batch,
    steps,
    seed,
    clip: { norm: 5 },
    optimizer: adam({ learningRate: rate }),
    ...(keep !== undefined && {
      checkpoint: { every: KEPT, write: (bytes: Uint8Array) => writeFileSync(keep, bytes) },
      ...(existsSync(keep) && { resume: new Uint8Array(readFileSync(keep)) }),
    }),
  })) {
    sum += loss;
    if (step % REPORTED) continue;
    report(`premises, seed ${seed}, step ${step}: loss ${(sum / REPORTED).toFixed(4)}`);
    sum = 0;
  }
  if (keep !== undefined) rmSync(keep, { force: true });
  return { model, seconds: (process.cpuUsage().user - begin) / 1e6 };
}
