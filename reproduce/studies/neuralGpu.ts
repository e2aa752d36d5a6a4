import { adam, cosine, evaluate, staircase, train, warmup, type Engine } from "../../bindings/core.js";
import { NeuralGPU } from "../../bindings/models.js";
import { rearrangementTask } from "../../bindings/tasks.js";
import type { StudyOptions } from "../page.js";

/** Named before the first run. */
const SEEDS = [1, 2, 3, 4, 5];
/** Lengths that are tested, of 1,000 random sequences each; training ends at 20. */
export const LENGTHS = [40, 100] as const;
export const TRAINED = 20;
const STEPS = { copy: 600, reverse: 1000 } as const;

/** One model. */
export interface NeuralGPUResult {
  readonly task: keyof typeof STEPS;
  readonly seed: number;
  readonly steps: number;
  readonly seconds: number;
  /** The part of sequences of which every symbol is right, by length. */
  readonly right: Readonly<Record<string, number>>;
}

export interface NeuralGPUStudy {
  readonly machine: string;
  readonly results: readonly NeuralGPUResult[];
}

/** Trains diagonal Neural GPUs to copy and to reverse, and tests them on longer sequences. */
export async function studyNeuralGPU(
  engine: Engine,
  { quick, machine, report }: StudyOptions,
): Promise<NeuralGPUStudy> {
  const results: NeuralGPUResult[] = [];
  for (const task of ["copy", "reverse"] as const) {
    for (const seed of quick ? [1] : SEEDS) {
      const result = await trained(engine, task, seed, quick ? 3 : STEPS[task]);
      results.push(result);
      report(`${task} ${seed}: ${result.seconds.toFixed(0)} s, ${JSON.stringify(result.right)}`);
    }
  }
  return { machine, results };
}

async function trained(
  engine: Engine,
  order: NeuralGPUResult["task"],
  seed: number,
  steps: number,
): Promise<NeuralGPUResult> {
  const task = rearrangementTask({ transformation: order, maxLength: TRAINED, seed });
  const model = new NeuralGPU({ symbols: task.symbols, cell: "diagonal", maps: 30, dropout: 0.1, seed });
  const begin = performance.now();
  const options = {
    batch: 32,
    steps,
    clip: { norm: 1 },
    // What the saturation cost weighs falls, or longer sequences are not learned.
    auxiliaryWeight: staircase(1, { factor: 0.1, every: 200 }),
    optimizer: adam({ learningRate: warmup(50, cosine(5e-3, { to: 1e-4, steps })) }),
  };
  for await (const _ of train(engine, model, task, options));
  const seconds = (performance.now() - begin) / 1000;
  const right: Record<string, number> = {};
  for (const length of LENGTHS) {
    const { sequenceError } = await evaluate(engine, model, task, { sequences: 1000, length, seed: 7 });
    right[length] = 1 - sequenceError;
  }
  model.release(engine);
  return { task: order, seed, steps, seconds, right };
}
