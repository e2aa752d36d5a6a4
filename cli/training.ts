import { NotFiniteError, save, ShapeError, train, type TrainingStep } from "../bindings/full.js";
import { Engine } from "../bindings/threads.js";
import { asUsage } from "./errors.js";
import { expectWritable, writeWhole } from "./files.js";
import { Interruption } from "./interruption.js";
import { valueOf } from "./metrics.js";
import { count, plural } from "./numbers.js";
import type { Progress } from "./progress.js";
import { LogError } from "../runs/tracking/errors.js";
import { TrainingLog } from "./trainingLog.js";
import type { TrainingPlan } from "./trainingPlan.js";

export type Reason = "steps" | "until" | "interrupted";

export interface Outcome {
  readonly reason: Reason;
  readonly step: number;
  readonly sequences: number;
  /** What was measured: in the last evaluation, or over the latest batches where there was none. */
  readonly measured: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly file: string;
}

/** Sequences before the mean over the latest batches says anything. */
const ENOUGH = 1000;

/**
 * Trains by a plan, saves the model, and says why it ended.
 * @throws NotFiniteError that names the last good file; LogError after saving the model, when its log cannot be written.
 */
export async function runTraining(
  plan: TrainingPlan,
  progress: Progress<TrainingPlan, TrainingStep>,
): Promise<Outcome> {
  const { model, task, options, steps, until = -Infinity, checkpointEvery, modelOnly, file, threads } = plan;
  const { dtype, metadata } = plan;
  await expectWritable(file);
  const engine = await Engine.create(threads === undefined ? {} : { threads });
  const interruption = new Interruption();
  let good = plan.resumedFrom === undefined ? undefined : { file: plan.resumedFrom, step: plan.firstStep };
  const write = async (bytes: Uint8Array, step: number): Promise<void> => {
    await writeWhole(file, bytes);
    good = { file, step };
    progress.saved(file, step);
  };
  const kept = (): string =>
    good
      ? `The last good checkpoint is ${good.file}, from step ${count(good.step)}`
      : `Nothing has been saved yet: the first checkpoint is due after ${plural(checkpointEvery, "step")}`;
  let fresh: Readonly<Record<string, number>> | undefined;
  const measuredIn = (report: object): Record<string, number> =>
    Object.fromEntries(plan.metrics.map((name) => [name, valueOf(report, name)]));
  let complete = false;
  let last = plan.firstStep;
  let bytes: (() => Uint8Array) | undefined;
  let log: TrainingLog | undefined;
  try {
    const training = asUsage(() => train(engine, model, task, options));
    bytes = () => (complete && modelOnly ? save(model, { task, dtype, metadata }) : training.checkpoint());
    log = TrainingLog.open(plan);
    progress.start(plan);
    const begin = performance.now();
    for await (const report of training) {
      const { step, sequences, evaluation } = report;
      last = step;
      progress.step(report);
      const judged = (of: object): number => valueOf(of, plan.metrics[0]!);
      if (evaluation) fresh = measuredIn(evaluation);
      const mean = options.evaluate || sequences < ENOUGH ? Infinity : judged(report);
      const reached = (evaluation ? judged(evaluation) : mean) < until;
      const reason = reached ? "until" : step >= steps ? "steps" : interruption.requested ? "interrupted" : undefined;
      complete = reason !== undefined && reason !== "interrupted";
      log?.step(report, complete);
      if (reason || step % checkpointEvery === 0) {
        log?.sync();
        await write(bytes(), step);
      }
      if (!reason) continue;
      log?.close(complete);
      const seconds = (performance.now() - begin) / 1000;
      return { reason, step, sequences, measured: fresh ?? measuredIn(report), seconds, file };
    }
    throw new Error("Training ended by itself");
  } catch (error) {
    if (error instanceof LogError && bytes && last > plan.firstStep) {
      if (good?.step !== last)
        await write(bytes(), last).catch(({ message }: Error) => (error.message += `. ${message}`));
      error.message += `. ${kept()}`;
      if (!complete) error.message += `. Go on with: ${plan.resumeCommand}`;
    }
    // Out of range or out of memory, too: a model that has diverged cannot be saved. Shapes are wrong from the first step.
    if (error instanceof NotFiniteError || (error instanceof RangeError && !(error instanceof ShapeError))) {
      error.message += `. ${kept()}`;
    }
    throw error;
  } finally {
    log?.abandon();
    progress.stop(complete);
    interruption.end();
    engine.dispose();
  }
}
