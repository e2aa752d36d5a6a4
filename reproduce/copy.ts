/**
 * The copy task from scratch, ten seeds: how long each takes to fewer than 0.1 wrong bits a sequence, and how far the
 * trained models generalise. Writes docs/results/copy.md and the README's summary.
 *
 *   npm run reproduce:copy [-- --seeds 1,2,3 --quick]
 */
import { sequenceLayout } from "../bindings/models/sequenceLayout.js";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { adam, Engine, NeuralTuringMachine, train } from "../bindings/core.js";
import { Random } from "../bindings/common/random/philox.js";
import { Batch } from "../bindings/tasks/batch.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { presetOf } from "../cli/presets.js";
import { replaceBlock } from "./replaceBlock.js";

const copyPreset = presetOf("ntm", "copy");
const { values } = parseArgs({ options: { seeds: { type: "string" }, quick: { type: "boolean", default: false } } });
const seeds = values.seeds?.split(",").map(Number) ?? Array.from({ length: 10 }, (_, i) => i + 1);
const LENGTHS = [20, 30, 50, 100, 120];
/** Every seed trains for so long, whenever it gets there. */
const STEPS = values.quick ? 200 : 4000;
const GOAL = 0.1;
const TESTED = 1000;

interface Result {
  seed: number;
  /** To fewer than 0.1 wrong bits, or undefined. */
  seconds?: number;
  sequences?: number;
  trainedSeconds: number;
  trainedSequences: number;
  /** Wrong bits a sequence, by length, after all of training. */
  wrong: Record<number, number>;
}

const engine = await Engine.create({ bytes: readFileSync(new URL("../build/tapehead.full.wasm", import.meta.url)) });
const results: Result[] = [];
for (const seed of seeds) {
  const result = await reproduce(seed);
  results.push(result);
  console.log(row(result));
}
report();

async function reproduce(seed: number): Promise<Result> {
  const { task: taskOptions, batch, learningRate, clipNorm } = copyPreset;
  const task = copyTask({ ...taskOptions, seed });
  const model = new NeuralTuringMachine({ inputSize: task.inputSize, outputSize: task.outputSize, seed });
  const options = { batch, steps: STEPS, optimizer: adam({ learningRate }), clip: { norm: clipNorm } };
  const result: Result = { seed, trainedSeconds: 0, trainedSequences: 0, wrong: {} };
  let spent = 0; // on measuring, which is not training
  const start = performance.now();
  for await (const { step, bitError, sequences } of train(engine, model, task, options)) {
    const seconds = (performance.now() - start) / 1000 - spent;
    Object.assign(result, { trainedSeconds: seconds, trainedSequences: sequences });
    if (result.seconds === undefined && step % 50 === 0 && bitError < 1) {
      const before = performance.now();
      if (measure(model, 20, TESTED, step) < GOAL) Object.assign(result, { seconds, sequences });
      spent += (performance.now() - before) / 1000;
    }
    if (step % 500 === 0 && process.stderr.isTTY)
      process.stderr.write(`\rseed ${seed}: step ${step}, ${bitError.toFixed(2)} wrong bits `);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  for (const length of LENGTHS) result.wrong[length] = measure(model, length, length === 20 ? TESTED : 100, 0);
  return result;
}

/** Wrong bits a sequence on fresh sequences of one length; each call with its own stream draws other ones. */
function measure(model: NeuralTuringMachine, length: number, count: number, stream: number): number {
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

function row({ seed, seconds, sequences, trainedSeconds, trainedSequences, wrong }: Result): string {
  const cells = [
    seed,
    seconds === undefined ? "not reached" : seconds.toFixed(1),
    sequences?.toLocaleString("en-US") ?? "",
    trainedSeconds.toFixed(1),
    trainedSequences.toLocaleString("en-US"),
    ...LENGTHS.map((length) => wrong[length]!.toFixed(wrong[length]! < 10 ? 3 : 1)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function report(): void {
  const reached = results.filter(({ seconds }) => seconds !== undefined);
  const summary =
    `${reached.length} of ${results.length} seeds reach fewer than ${GOAL} wrong bits a sequence (1,000 fresh sequences of ` +
    `length 20); the median takes ${median(results.map(({ seconds = Infinity }) => seconds)).toFixed(0)} s on one thread. ` +
    `Median wrong bits a sequence after all of training: ` +
    LENGTHS.map(
      (length) => `${median(results.map(({ wrong }) => wrong[length]!)).toFixed(2)} at length ${length}`,
    ).join(", ") +
    ".";
  console.log(summary);
  if (values.quick) return;
  const { batch, learningRate, clipNorm } = copyPreset;
  const lines = [
    "# Copy, ten seeds",
    "",
    "Made by `npm run reproduce:copy`; do not edit. Copy of 8-bit vectors, lengths 1 to 20 in training, one thread of a",
    `${cpus()[0]!.model.trim()} with Node ${process.versions.node}. Each seed is that of the model and of the data.`,
    "",
    summary,
    "",
    `The model has the library's defaults (LSTM controller of 100 units, memory of 128 x 20, one read and one write head);`,
    `batches of ${batch}, Adam with a learning rate of ${learningRate}, gradients clipped to a length of ${clipNorm}, ${STEPS} steps.`,
    "",
    `| seed | seconds to < ${GOAL} | sequences to it | seconds in all | sequences in all | ${LENGTHS.map((length) => `wrong bits at ${length}`).join(" | ")} |`,
    `| ${Array.from({ length: 5 + LENGTHS.length }, () => "---:").join(" | ")} |`,
    ...results.map(row),
    "",
    "Wrong bits are means a sequence: 1,000 fresh sequences of length 20, 120 of each other length. Length 120 needs 121",
    "of the memory's 128 slots.",
    "",
  ];
  mkdirSync(new URL("../docs/results/", import.meta.url), { recursive: true });
  writeFileSync(new URL("../docs/results/copy.md", import.meta.url), lines.join("\n"));
  const readme = new URL("../README.md", import.meta.url);
  writeFileSync(readme, replaceBlock(readFileSync(readme, "utf8"), "copy", summary));
}
