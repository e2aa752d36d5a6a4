import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { evaluate, save, train, type AnyTask, type Engine } from "../bindings/core.js";
import { loadCheckpoint } from "../bindings/checkpoint/load.js";
import { AttentionSeq2Seq, models, PointerNetwork } from "../bindings/models/index.js";
import { PairsFile, pairsOf } from "../cli/pairs.js";
import { planTraining } from "../cli/plan.js";
import { taskEntries } from "../cli/tasks.js";
import type { PointerTask } from "../bindings/tasks/index.js";
import type { Experiment } from "./experiments.js";
import { decoded, pointed } from "./scoring.js";

/** What was measured: means a sequence, and the cross-entropy in bits a sequence as `cost`. */
export type Measured = Readonly<Record<string, number>>;

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
  /** Of training alone. */
  readonly seconds: number;
  readonly machine: string;
  /** By step. */
  readonly curve: Readonly<Record<string, Measured>>;
  /** By test. */
  readonly tests: Readonly<Record<string, Measured>>;
  /** That of a checkpoint, which a test measures again: over SCORED. */
  readonly score?: Measured;
}

/** The sequences of a checkpoint's score. */
export const SCORED = { sequences: 256, seed: 7 };

export interface PerformOptions {
  readonly engine: Engine;
  readonly machine: string;
  /** Ends after so many steps, and tests fewer sequences: to see that all of it works. */
  readonly quick?: boolean;
  /** Where an unfinished run keeps what it needs to go on. */
  readonly unfinished: string;
  readonly report: (line: string) => void;
}

const QUICK = { steps: 3, sequences: 16 };
/** Milliseconds between two checkpoints, and two lines of progress. */
const EVERY = 30_000;

/** Trains a model as the experiment says, or goes on where it was stopped, and measures it. */
export async function perform(
  { name, model: modelName, task: taskName, flags = {}, at = [], tests, text, pairs, from, checkpoint }: Experiment,
  seed: number,
  { engine, machine, quick = false, unfinished, report }: PerformOptions,
): Promise<{ run: Run; bytes: Uint8Array }> {
  const steps = quick ? { steps: QUICK.steps } : {};
  const trained = { ...(text && { text: partOf(text, "train") }), ...(pairs && { pairs: dataPairs(pairs.train) }) };
  const plan = planTraining({ ...flags, ...steps, ...trained, model: modelName, task: taskName, seed }, undefined, from === undefined ? undefined : begunFrom(from)); // prettier-ignore
  const { model, task, options, batch } = plan;
  const tested = text ? testTaskOf(task, text) : task;
  const testPairs = pairs && dataPairs(pairs.test);
  const kept = existsSync(unfinished) ? (JSON.parse(readFileSync(`${unfinished}.json`, "utf8")) as Kept) : fresh();
  const resume = kept.seconds ? { resume: new Uint8Array(readFileSync(unfinished)) } : {};
  const measure = async (test: Experiment["tests"][string]): Promise<Measured> => {
    const sequences = quick ? QUICK.sequences : (test.sequences ?? 1000);
    if (model instanceof PointerNetwork) {
      const { maps, ...drawn } = test;
      const limited = quick ? { sequences: QUICK.sequences } : {};
      const there = maps === undefined ? {} : { maps: join(dataFolder()!, maps) };
      return pointed(engine, model, task as unknown as PointerTask, { ...drawn, ...there, ...limited });
    }
    if (model instanceof AttentionSeq2Seq) {
      const limited = quick ? { sequences: QUICK.sequences } : {};
      return decoded(engine, model, taskName, testPairs, { ...test, ...limited });
    }
    // A seed of its own, so that no test has what training has seen.
    const { loss, ...measures } = await evaluate(engine, model, tested, { seed: 1_000_000, ...test, sequences });
    return { ...measures, cost: loss / Math.LN2 };
  };

  const training = train(engine, model, task, { ...options, ...resume });
  let begin = performance.now();
  let next = begin + EVERY;
  const pause = async <T>(work: () => Promise<T> | T): Promise<T> => {
    kept.seconds += (performance.now() - begin) / 1000;
    const result = await work();
    begin = performance.now();
    return result;
  };
  let sequences = 0;
  for await (const { step, sequences: seen, loss } of training) {
    sequences = seen;
    if (at.includes(step)) await pause(async () => (kept.curve[step] = await measure({})));
    if (performance.now() > next) {
      await pause(() => {
        keep(unfinished, training.checkpoint(), kept);
        report(`${name} ${seed}: step ${step} of ${plan.steps}, loss ${loss.toFixed(3)}, ${kept.seconds.toFixed(0)} s`);
      });
      next = performance.now() + EVERY;
    }
    if (step >= plan.steps) break;
  }
  kept.seconds += (performance.now() - begin) / 1000;
  const results: Record<string, Measured> = {};
  for (const [test, drawn] of Object.entries(tests).filter(([, { maps }]) => !maps || dataFolder()))
    results[test] = await measure(drawn);
  kept.curve[plan.steps] = results["as trained"] ?? (await measure({}));
  const { learningRate } = options.optimizer!;
  const rates = [learningRate(1), learningRate(plan.steps)].map((rate) => String(+rate.toPrecision(3)));
  const run: Run = {
    experiment: name,
    model: modelName,
    task: taskName,
    seed,
    options: model.options,
    taskOptions: task.options,
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
    ...(checkpoint && { score: await measure(SCORED) }),
  };
  for (const file of [unfinished, `${unfinished}.json`]) rmSync(file, { force: true });
  const bytes = save(model, { task });
  model.release(engine);
  return { run, bytes };
}

/** Where public data are, if they are anywhere. */
export const dataFolder = (): string | undefined => process.env["TAPEHEAD_DATA"];

/** A checkpoint of an earlier experiment. */
function begunFrom(name: string): Parameters<typeof planTraining>[2] {
  const file = fileURLToPath(new URL(`../checkpoints/${name}`, import.meta.url));
  const bytes = new Uint8Array(readFileSync(file));
  return { file: name, checkpoint: loadCheckpoint(bytes, { file: name, models }) };
}

/** A file of pairs in the folder of public data. */
export const dataPairs = (file: string): PairsFile => pairsOf(join(dataFolder()!, file));

function partOf({ file, ...parts }: NonNullable<Experiment["text"]>, part: "train" | "test"): string {
  const whole = gunzipSync(readFileSync(join(dataFolder()!, file))).toString("utf8");
  const [begin, end] = parts[part];
  return whole.slice(Math.floor(begin * whole.length), Math.floor(end * whole.length));
}

/** What a model is tested on: its own task, or the same one of another part of the text. */
export function testTaskOf({ name, options }: Pick<AnyTask, "name" | "options">, text: Experiment["text"]): AnyTask {
  const given = text ? { text: partOf(text, "test"), crc32: null } : {};
  return taskEntries[name]!.create({ ...options, ...given });
}

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
