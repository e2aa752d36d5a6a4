import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { save, train, type Engine } from "../bindings/core.js";
import { loadCheckpoint } from "../bindings/load.js";
import { models } from "../bindings/models.js";
import { pairsOf } from "../cli/pairs.js";
import { planTraining } from "../cli/plan.js";
import type { TrainingPlan } from "../cli/trainingPlan.js";
import type { Experiment } from "../recipes/recipe.js";
import { sha256, type Json } from "../runs/canonical.js";
import type { CurvePoint, Kept, RunResult } from "../runs/run.js";
import type { Performance } from "../runs/work/performer.js";
import { calibrated } from "./calibrated.js";
import { dataFolder, readData } from "./data.js";
import { measure, SCORED, scoreOf } from "./measure.js";
import type { RunFacts } from "./run.js";
import type { Measured } from "./system.js";
import { taughtFile } from "./teaching/taught.js";
import { trainedPath } from "./trainedFiles.js";

/** Ends after a few small steps, and tests fewer sequences: to see that all of it works. */
const QUICK = { steps: 3, batch: 4, sequences: 4 };

/** Training of one seed as the experiment says. */
export function planOf(experiment: Experiment, seed: number, isQuick: boolean): TrainingPlan {
  const { model, task, flags = {}, data, from } = experiment;
  const small = isQuick ? { steps: QUICK.steps, batch: QUICK.batch } : {};
  const read = () => (data!.taught ? pairsOf(taughtFile(data!, isQuick)) : readData(experiment, "train"));
  const trained = data && { [data.option]: read(), ...(data.split && { split: data.split }) };
  const given = { ...flags, ...small, ...trained, model, task, seed };
  return planTraining(given, undefined, from === undefined ? undefined : begunFrom(from, isQuick));
}

/** Tests that can be made here: some need public data. */
export const testsOf = ({ tests }: Experiment): [string, Experiment["tests"][string]][] =>
  Object.entries(tests).filter(([, { file }]) => !file || dataFolder());

/** Trains a model as an experiment says, in parts, and measures it. */
export class ExperimentRun implements Performance {
  readonly #engine: Engine;
  readonly #experiment: Experiment;
  readonly #seed: number;
  readonly #isQuick: boolean;
  readonly #plan: TrainingPlan;
  readonly #training: ReturnType<typeof train>;
  readonly #curve: CurvePoint[];
  #seconds: number;
  step: number;

  constructor(engine: Engine, experiment: Experiment, seed: number, isQuick: boolean, kept?: Kept) {
    this.#engine = engine;
    this.#experiment = experiment;
    this.#seed = seed;
    this.#isQuick = isQuick;
    this.#plan = planOf(experiment, seed, isQuick);
    const { model, task, options } = this.#plan;
    this.#training = train(engine, model, task, { ...options, ...(kept && { resume: kept.checkpoint }) });
    this.#curve = [...(kept?.curve ?? [])];
    this.#seconds = kept?.seconds ?? 0;
    this.step = kept?.step ?? 0;
  }

  async advance({ shouldStop }: Parameters<Performance["advance"]>[0]): Promise<boolean> {
    const { steps } = this.#plan;
    const { at = [] } = this.#experiment;
    let begin = processor();
    while (this.step < steps) {
      this.step = (await this.#training.next()).value!.step;
      if (this.step === steps) break;
      if (at.includes(this.step)) {
        this.#seconds += processor() - begin;
        this.#curve.push({ step: this.step, ...(await this.#measure({})) });
        begin = processor();
      }
      if (shouldStop()) break;
    }
    this.#seconds += processor() - begin;
    return this.step >= steps;
  }

  kept(): Kept {
    return { step: this.step, checkpoint: this.#training.checkpoint(), curve: this.#curve, seconds: this.#seconds };
  }

  async result(): Promise<RunResult> {
    const { model, task, options, batch, steps } = this.#plan;
    const { name, model: modelName, task: taskName, dtype = "f16" } = this.#experiment;
    const isKept = (this.#experiment.checkpoint ?? this.#experiment.teacher) !== undefined;
    const { buffer, byteOffset, byteLength } = model.parameters.values;
    const weights = sha256(new Uint8Array(buffer, byteOffset, byteLength));
    // What is measured is what is shipped: parameters in half precision, as a rule.
    const stored = save(model, { task, dtype });
    if (isKept) model.parameters.set(loadCheckpoint(stored, { file: name, models }).model.parameters.values);
    const tests: Record<string, Measured> = {};
    for (const [test, drawn] of testsOf(this.#experiment)) tests[test] = await this.#measure(drawn);
    const curve = [...this.#curve, { step: steps, ...(tests["as trained"] ?? (await this.#measure({}))) }];
    const { learningRate } = options.optimizer!;
    const rates = [learningRate(1), learningRate(steps)].map((rate) => String(+rate.toPrecision(3)));
    const facts: RunFacts = {
      experiment: name,
      model: modelName,
      task: taskName,
      seed: this.#seed,
      options: short(model.options),
      taskOptions: short(task.options),
      parameters: model.parameterCount,
      batch,
      learningRate: rates[0] === rates[1] ? rates[0]! : rates.join(" to "),
      steps,
      sequences: steps * batch,
      threads: this.#engine.threads,
      machine: `${cpus()[0]!.model.trim()}, Node ${process.versions.node}`,
      tests,
      ...(isKept && {
        score: await scoreOf(this.#engine, model, task, this.#experiment, this.#less(SCORED)),
      }),
    };
    const { calibration } = this.#experiment;
    const metadata = calibration && calibrated(this.#engine, model, task, this.#experiment, this.#isQuick);
    return {
      weights,
      step: steps,
      measured: facts as unknown as { readonly [name: string]: Json },
      curve,
      seconds: this.#seconds,
      ...(isKept && { model: save(model, { task, dtype, ...(metadata && { metadata }) }) }),
    };
  }

  dispose(): void {
    void this.#training.return();
    this.#plan.model.release(this.#engine);
  }

  #measure(test: Experiment["tests"][string]): Promise<Measured> {
    const { model, task } = this.#plan;
    return measure(this.#engine, model, task, this.#experiment, this.#less(test));
  }

  #less<T extends { readonly sequences?: number | undefined }>(test: T): T {
    if (!this.#isQuick) return test;
    return { ...test, sequences: Math.min(test.sequences ?? Infinity, QUICK.sequences) };
  }
}

/** Seconds that the processor has worked for this program: those of a clock, where nothing else is done. */
const processor = (): number => process.cpuUsage().user / 1e6;

/** A checkpoint of an earlier experiment. */
function begunFrom(name: string, isQuick: boolean): Parameters<typeof planTraining>[2] {
  const bytes = new Uint8Array(readFileSync(trainedPath(name, isQuick)));
  return { file: name, checkpoint: loadCheckpoint(bytes, { file: name, models }) };
}

/** Options without the symbols of vocabularies, which the model's file has. */
const short = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, isVocabulary(value) ? `${value.length} symbols` : value]),
  );

const isVocabulary = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((symbol) => typeof symbol === "string");
