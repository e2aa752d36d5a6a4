import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import { adam, NeuralTuringMachine, train, type Engine } from "../../bindings/core.js";
import { Random } from "../../bindings/common/random/philox.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { presetOf } from "../../recipes/presets.js";
import type { StudyOptions } from "../page.js";

/** How copying was trained, as the library's preset says beside these. */
export const { task: taskOptions, batch, learningRate, clipNorm } = presetOf("ntm", "copy");

/** Lengths of the sequences that are measured after training, which has seen the first. */
export const LENGTHS = [20, 30, 50, 100, 120] as const;
/** Wrong bits a sequence, below which the task counts as learned. */
export const GOAL = 0.1;
const TESTED = 1000;
/** Steps and tested sequences, to see that all of it works. */
const QUICK = { steps: 3, tested: 40 };

/** One seed, of the model and of the data. */
export interface CopyResult {
  readonly seed: number;
  /** Seconds and sequences until fewer than GOAL bits are wrong; none where that is not reached. */
  readonly seconds?: number;
  readonly sequences?: number;
  readonly trainedSeconds: number;
  readonly trainedSequences: number;
  /** Wrong bits a sequence, by length, after all of training. */
  readonly wrong: Readonly<Record<string, number>>;
}

export interface CopyStudy {
  readonly machine: string;
  /** Updates of every seed, whenever it gets there. */
  readonly steps: number;
  readonly results: readonly CopyResult[];
}

/** The copy task from scratch: how long each seed takes, and how far the trained models generalise. */
export async function studyCopy(engine: Engine, { quick, machine, report }: StudyOptions): Promise<CopyStudy> {
  const { steps, tested } = quick ? QUICK : { steps: 4000, tested: TESTED };
  const results: CopyResult[] = [];
  for (let seed = 1; seed <= (quick ? 1 : 10); ++seed) {
    const result = await trainSeed(engine, seed, steps, tested);
    results.push(result);
    const reached = result.seconds === undefined ? "not reached" : `${result.seconds} s`;
    report(`copy ${seed}: fewer than ${GOAL} wrong bits ${reached}, ${result.trainedSeconds} s in all`);
  }
  return { machine, steps, results };
}

const rounded = (value: number, digits: number): number => +value.toFixed(digits);

async function trainSeed(engine: Engine, seed: number, steps: number, tested: number): Promise<CopyResult> {
  const task = copyTask({ ...taskOptions, seed });
  const model = new NeuralTuringMachine({ inputSize: task.inputSize, outputSize: task.outputSize, seed });
  const options = { batch, steps, optimizer: adam({ learningRate }), clip: { norm: clipNorm } };
  let reached: Pick<CopyResult, "seconds" | "sequences"> = {};
  let trained = { trainedSeconds: 0, trainedSequences: 0 };
  let spent = 0; // on measuring, which is not training
  const start = performance.now();
  for await (const { step, bitError, sequences } of train(engine, model, task, options)) {
    const seconds = rounded((performance.now() - start) / 1000 - spent, 1);
    trained = { trainedSeconds: seconds, trainedSequences: sequences };
    if (reached.seconds === undefined && step % 50 === 0 && bitError < 1) {
      const before = performance.now();
      if (wrongBits(engine, model, LENGTHS[0], tested, step) < GOAL) reached = { seconds, sequences };
      spent += (performance.now() - before) / 1000;
    }
  }
  const wrong = LENGTHS.map((length, i) => [
    length,
    rounded(wrongBits(engine, model, length, i === 0 ? tested : Math.min(tested, 100), 0), 3),
  ]);
  model.release(engine);
  return { seed, ...reached, ...trained, wrong: Object.fromEntries(wrong) };
}

/** Wrong bits a sequence on fresh sequences of one length; each call with its own stream draws other ones. */
function wrongBits(engine: Engine, model: NeuralTuringMachine, length: number, count: number, stream: number): number {
  const task = copyTask({ bits: model.options.outputSize });
  const batch = new Batch(sequenceLayout(task));
  const random = new Random(1_000_000 + length, stream);
  let wrong = 0;
  for (let done = 0; done < count; done += 40) {
    task.generate(random, 40, batch, { length });
    const { outputs } = model.run(engine, sequencesOf(batch));
    (outputs as unknown as Float32Array[][]).forEach((rows, sequence) => {
      for (let step = length + 1; step < batch.time; ++step) {
        const target = batch.targetAt(step, sequence);
        rows[step]!.forEach((logit, i) => (wrong += Number(logit > 0 !== batch.targets[target + i]! > 0.5)));
      }
    });
  }
  return wrong / (Math.ceil(count / 40) * 40);
}

function sequencesOf(batch: Batch): Float32Array[][] {
  return Array.from({ length: batch.count }, (_, sequence) =>
    Array.from({ length: batch.time }, (_, step) => {
      const first = batch.inputAt(step, sequence);
      return batch.inputs.subarray(first, first + batch.inputSize);
    }),
  );
}
