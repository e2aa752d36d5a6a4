import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { save, train, type Engine } from "../bindings/core.js";
import { loadCheckpoint } from "../bindings/load.js";
import { models, type AttentionSeq2Seq } from "../bindings/models.js";
import { planTraining } from "../cli/plan.js";
import type { Experiment } from "../recipes/recipe.js";
import { calibrated } from "./calibrated.js";
import { dataFolder, readData } from "./data.js";
import { measure, SCORED, scoreOf } from "./measure.js";
import type { Measured } from "./system.js";

/** The result of one training run. */
export interface Run {
  readonly experiment: string;
  readonly model: string;
  readonly task: string;
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly taskOptions: Readonly<Record<string, unknown>>;
  readonly parameters: number;
  readonly batch: number;
  readonly learningRate: string;
  readonly steps: number;
  readonly sequences: number;
  readonly threads: number;
  /** Of the processor, for training alone. */
  readonly seconds: number;
  readonly machine: string;
  /** By step. */
  readonly curve: Readonly<Record<string, Measured>>;
  /** By test. */
  readonly tests: Readonly<Record<string, Measured>>;
  /** That of a checkpoint, which a test measures again: over SCORED. */
  readonly score?: Measured;
}

export interface PerformOptions {
  readonly engine: Engine;
  readonly machine: string;
  /** Ends after a few small steps, and tests fewer sequences: to see that all of it works. */
  readonly quick?: boolean;
  /** Where an unfinished run keeps what it needs to go on. */
  readonly unfinished: string;
  readonly report: (line: string) => void;
}

const QUICK = { steps: 3, batch: 4, sequences: 4 };
/** Milliseconds between two checkpoints, and two lines of progress. */
const EVERY = 30_000;

/** Trains a model as the experiment says, or goes on where it was stopped, and measures it. */
export async function perform(
  experiment: Experiment,
  seed: number,
  { engine, machine, quick = false, unfinished, report }: PerformOptions,
): Promise<{ run: Run; bytes: Uint8Array }> {
  const { name, model: modelName, task: taskName, flags = {}, at = [], tests, data, from, checkpoint } = experiment;
  const small = quick ? { steps: QUICK.steps, batch: QUICK.batch } : {};
  const trained = data && { [data.option]: readData(experiment, "train"), ...(data.split && { split: data.split }) };
  const plan = planTraining(
    { ...flags, ...small, ...trained, model: modelName, task: taskName, seed },
    undefined,
    from === undefined ? undefined : begunFrom(from),
  );
  const { model, task, options, batch } = plan;
  const kept = existsSync(unfinished) ? (JSON.parse(readFileSync(`${unfinished}.json`, "utf8")) as Kept) : fresh();
  const resume = kept.seconds ? { resume: new Uint8Array(readFileSync(unfinished)) } : {};
  const score = async (test: Experiment["tests"][string]): Promise<Measured> =>
    measure(engine, model, task, experiment, quick ? { ...test, sequences: QUICK.sequences } : test);

  const training = train(engine, model, task, { ...options, ...resume });
  let begin = processor();
  let next = performance.now() + EVERY;
  const pause = async <T>(work: () => Promise<T> | T): Promise<T> => {
    kept.seconds += processor() - begin;
    const result = await work();
    begin = processor();
    return result;
  };
  let sequences = 0;
  for await (const { step, sequences: seen, loss } of training) {
    sequences = seen;
    if (at.includes(step)) await pause(async () => (kept.curve[step] = await score({})));
    if (performance.now() > next) {
      await pause(() => {
        keep(unfinished, training.checkpoint(), kept);
        report(`${name} ${seed}: step ${step} of ${plan.steps}, loss ${loss.toFixed(3)}, ${kept.seconds.toFixed(0)} s`);
      });
      next = performance.now() + EVERY;
    }
    if (step >= plan.steps) break;
  }
  kept.seconds += processor() - begin;
  // What is measured is what is shipped: parameters in half precision, as a rule.
  const dtype = experiment.dtype ?? "f16";
  const stored = save(model, { task, dtype });
  if (checkpoint) model.parameters.set(loadCheckpoint(stored, { file: name, models }).model.parameters.values);
  const results: Record<string, Measured> = {};
  for (const [test, drawn] of Object.entries(tests).filter(([, { file }]) => !file || dataFolder()))
    results[test] = await score(drawn);
  kept.curve[plan.steps] = results["as trained"] ?? (await score({}));
  const { learningRate } = options.optimizer!;
  const rates = [learningRate(1), learningRate(plan.steps)].map((rate) => String(+rate.toPrecision(3)));
  const run: Run = {
    experiment: name,
    model: modelName,
    task: taskName,
    seed,
    options: short(model.options),
    taskOptions: short(task.options),
    parameters: model.parameterCount,
    batch,
    learningRate: rates[0] === rates[1] ? rates[0]! : rates.join(" to "),
    steps: plan.steps,
    sequences,
    threads: engine.threads,
    seconds: Math.round(kept.seconds * 10) / 10,
    machine,
    curve: kept.curve,
    tests: results,
    ...(checkpoint && {
      score: await scoreOf(engine, model, task, experiment, quick ? { ...SCORED, sequences: QUICK.sequences } : SCORED),
    }),
  };
  for (const file of [unfinished, `${unfinished}.json`]) rmSync(file, { force: true });
  const metadata = experiment.calibration && calibrated(engine, model as AttentionSeq2Seq, task, experiment, quick);
  const bytes = save(model, { task, dtype, ...(metadata && { metadata }) });
  model.release(engine);
  return { run, bytes };
}

/** Seconds that the processor has worked for this program: those of a clock, where nothing else is done. */
const processor = (): number => process.cpuUsage().user / 1e6;

/** A checkpoint of an earlier experiment. */
function begunFrom(name: string): Parameters<typeof planTraining>[2] {
  const file = fileURLToPath(new URL(`../checkpoints/${name}`, import.meta.url));
  const bytes = new Uint8Array(readFileSync(file));
  return { file: name, checkpoint: loadCheckpoint(bytes, { file: name, models }) };
}

/** Options without the symbols of vocabularies, which the model's file has. */
const short = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, isVocabulary(value) ? `${value.length} symbols` : value]),
  );

const isVocabulary = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((symbol) => typeof symbol === "string");

/** What an unfinished run has beside its checkpoint. */
interface Kept {
  seconds: number;
  readonly curve: Record<string, Measured>;
}

const fresh = (): Kept => ({ seconds: 0, curve: {} });

/** The checkpoint comes last and whole: without it the rest counts for nothing. */
function keep(file: string, bytes: Uint8Array, kept: Kept): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.json`, JSON.stringify(kept));
  writeFileSync(`${file}.new`, bytes);
  renameSync(`${file}.new`, file);
}
