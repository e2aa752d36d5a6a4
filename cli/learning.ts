import { existsSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { NotFiniteError } from "../bindings/full.js";
import { learn, type Learned, type LearningStart, type LearnOptions, type TextPair } from "../bindings/learn.js";
import { Engine } from "../bindings/threads.js";
import { UsageError } from "./errors.js";
import { expectWritable, readBytes, writeWhole } from "./files.js";
import { Interruption } from "./interruption.js";
import { count, plural } from "./numbers.js";
import { print } from "./output.js";
import { shownProgress, type WatchedPlan } from "./progress.js";

/** What `tapehead learn` does, decided in every detail. */
export interface LearningPlan {
  readonly pairs: readonly TextPair[];
  readonly options: Pick<LearnOptions, "source" | "target" | "heldOut" | "precision" | "seed" | "steps" | "hiddenSize">;
  readonly threads?: number | undefined;
  /** File of the model. */
  readonly file: string;
  /** Begins anew, whatever was stopped before. */
  readonly restart: boolean;
  readonly json: boolean;
}

export interface LearningOutcome {
  readonly learned: Learned & { readonly report: NonNullable<Learned["report"]> };
  readonly seconds: number;
  /** Steps of the run that these seconds are of: fewer than the report's where it went on. */
  readonly steps: number;
  readonly interrupted: boolean;
}

/** File of what a stopped run goes on from, beside the model's. */
export const stateFileOf = (file: string): string => `${file.replace(/\.safetensors$/, "")}.learning.safetensors`;

/**
 * Learns pairs and saves the model; goes on where a run of the same file was stopped.
 * @throws UsageError when options are wrong, or that run was of other pairs or options; NotFiniteError that names what
 * was saved.
 */
export async function runLearning(plan: LearningPlan): Promise<LearningOutcome> {
  const { pairs, options, threads, file, restart, json } = plan;
  const stateFile = stateFileOf(file);
  await expectWritable(file);
  await expectWritable(stateFile);
  const resumes = !restart && existsSync(stateFile);
  const resume = resumes ? { model: await bytesOf(file), training: await bytesOf(stateFile) } : undefined;
  const engine = await Engine.create(threads === undefined ? {} : { threads });
  const interruption = new Interruption();
  const signal = {
    get aborted(): boolean {
      return interruption.requested;
    },
  };
  const progress = json ? undefined : shownProgress();
  let [first, steps] = [0, 0];
  let saved = false;
  let complete = false;
  const begin = performance.now();
  try {
    const learned = await learn(engine, pairs, {
      ...options,
      ...(resume && { resume }),
      signal,
      onStart: (start) => {
        first = start.step;
        steps = start.steps;
        if (json) print({ event: "start", ...start, file });
        else sayStart(start, file);
        progress?.start(watched(start, () => steps));
      },
      onStep: ({ exact, ...step }) => {
        steps = step.steps;
        if (json) print({ event: "step", ...step, ...(exact !== undefined && { exact }) });
        progress?.step({ ...step, ...(exact !== undefined && { evaluation: { exact } }) });
      },
      onSave: async ({ model, training }) => {
        await writeWhole(file, model);
        await writeWhole(stateFile, training);
        saved = true;
      },
    });
    const { isComplete: whole } = learned.report;
    await writeWhole(file, learned.save());
    if (whole) await unlink(stateFile).catch(() => undefined);
    complete = whole;
    const seconds = (performance.now() - begin) / 1000;
    return { learned, seconds, steps: learned.report.steps - first, interrupted: !whole };
  } catch (error) {
    if (error instanceof NotFiniteError)
      error.message += saved ? `. The best model so far is in ${file}` : ". Nothing has been saved yet";
    throw resume ? asOthers(error as Error, stateFile) : asUsage(error as Error);
  } finally {
    progress?.stop(complete);
    interruption.end();
    engine.dispose();
  }
}

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readBytes(file));
}

/** A resumed run that is of other pairs or options. */
function asOthers(error: Error, stateFile: string): Error {
  if (!/^Cannot resume|^learn: what to resume/.test(error.message)) return asUsage(error);
  const advice = "name another --out, or begin anew with --restart";
  const why = `${stateFile} is of a run that was stopped, of other pairs or options: ${advice}`;
  return new UsageError(`${why} (${error.message})`, { cause: error });
}

/** What options and pairs say that cannot be. */
const asUsage = (error: Error): Error =>
  /^(learn|AttentionSeq2Seq): /.test(error.message)
    ? new UsageError(error.message.replace(/^learn: /, ""), { cause: error })
    : error;

/** What the bar or the lines show. */
const watched = ({ batch, step }: LearningStart, steps: () => number): WatchedPlan => ({
  metrics: ["exact"],
  batch,
  firstStep: step,
  until: 0, // it may end earlier
  options: { evaluate: {} },
  get steps() {
    return steps();
  },
});

function sayStart({ sides, sources, leftOut, ambiguous, model, step }: LearningStart, file: string): void {
  const { training, development, test } = sources;
  if (leftOut) console.log(`Not learned from, since the test has them: ${plural(leftOut, "source")}`);
  if (ambiguous) console.log(`With several targets, each of which is right: ${plural(ambiguous, "source")}`);
  console.log(`Learning ${sides.source} to ${sides.target} from ${plural(training, "source")}`);
  console.log(`Held out: ${plural(development, "source")} to say when to stop, ${count(test)} for the test`);
  const from = step ? `, from step ${count(step)}` : "";
  console.log(`${model.name} with ${count(model.parameterCount)} parameters${from}, into ${file}`);
}
