import { createHash } from "node:crypto";
import type { TrainingStep } from "../bindings/full.js";
import { openLog, type RunLog } from "../runs/tracking/log.js";
import { readRun, type LoggedRun } from "../runs/tracking/runFile.js";
import type { Setting, Settings } from "../runs/tracking/settings.js";
import { valueOf } from "./metrics.js";
import type { TrainingPlan } from "./trainingPlan.js";

/** Most rows of a log without --log-every, a round number of steps apart: as many points as TensorBoard shows of a curve. */
const MOST_ROWS = 1000;

/** The log of a training run: a row every so many steps, at evaluations, and at the end. */
export class TrainingLog {
  readonly #log: RunLog;
  readonly #every: number;
  readonly #metrics: readonly string[];

  private constructor(log: RunLog, every: number, metrics: readonly string[]) {
    this.#log = log;
    this.#every = every;
    this.#metrics = metrics;
  }

  /** Undefined for a plan without one. @throws LogError as `openLog` does. */
  static open(plan: TrainingPlan): TrainingLog | undefined {
    if (!plan.log) return undefined;
    const { folder, every = (plan.resumedFrom && everyIn(folder)) || everyOf(plan.steps) } = plan.log;
    const resumeAt = plan.resumedFrom === undefined ? undefined : plan.firstStep;
    return new TrainingLog(openLog(folder, { ...runOf(plan, every), resumeAt }), every, plan.metrics);
  }

  /** Numbers of one step, not means over those between rows: so that resuming anywhere gives the same rows. */
  step(report: TrainingStep, isLast: boolean): void {
    const { step, loss, gradientNorm, learningRate, evaluation } = report;
    const row: Record<string, number> = {};
    if (isLast || step % this.#every === 0) {
      row["train/loss"] = loss;
      for (const name of this.#metrics) row[`train/${name}`] = valueOf(report, name);
      Object.assign(row, { "train/gradientNorm": gradientNorm, "train/learningRate": learningRate });
    }
    for (const [name, value] of Object.entries<number>(evaluation ?? {})) row[`evaluation/${name}`] = value;
    this.#log.scalars(step, row);
  }

  /** Writes what a checkpoint must not be ahead of. @throws LogError */
  sync(): void {
    this.#log.sync();
  }

  /** @throws LogError */
  close(complete: boolean): void {
    this.#log.close({ complete });
  }

  /** Ends it while an error is on its way. */
  abandon(): void {
    this.#log.abandon();
  }
}

/** The distance of rows in a log that is gone on with. */
function everyIn(folder: string): number | undefined {
  const every = readRun(folder)?.settings["logEvery"];
  return Number.isSafeInteger(every) && (every as number) > 0 ? (every as number) : undefined;
}

/** 1, 2, 5, 10, … steps. */
function everyOf(steps: number): number {
  for (let unit = 1; ; unit *= 10) {
    const every = [1, 2, 5].map((digit) => digit * unit).find((every) => steps / every <= MOST_ROWS);
    if (every) return every;
  }
}

/** What a table of runs shows of a plan. */
function runOf({ model, task, batch, options, steps, until }: TrainingPlan, logEvery: number): LoggedRun {
  const { optimizer, evaluate, seed } = options;
  return {
    run: {
      ...{ model: model.name, ...flat("model", model.options) },
      ...{ task: task.name, ...flat("task", task.options) },
      ...flat("", { seed, batch }),
    },
    settings: flat("", {
      steps,
      optimizer: optimizer?.name,
      ...flat("optimizer", optimizer?.options ?? {}),
      until,
      evaluateEvery: evaluate?.every,
      logEvery,
    }),
  };
}

/** Options as settings, by names such as "model.hiddenSize". */
function flat(of: string, options: object): Settings {
  const entries = Object.entries(options).flatMap(([name, value]: [string, unknown]) => {
    const setting = settingOf(value);
    return setting === undefined ? [] : [[of ? `${of}.${name}` : name, setting] as const];
  });
  return Object.fromEntries(entries);
}

/** Characters of a setting that a table has room for. */
const LONGEST = 200;

/** A text that is too long for a table, such as a corpus, is its hash. Undefined for what is no data. */
function settingOf(value: unknown): Setting | undefined {
  if (typeof value === "boolean" || Number.isFinite(value)) return value as Setting;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === undefined || text.length <= LONGEST) return text;
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
