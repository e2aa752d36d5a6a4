import type { Tensor } from "../../graph/tensor.js";
import { checkOptions, whole } from "../../common/options.js";
import { Random } from "../../common/random/philox.js";
import { drawLengths, seedRule, type Lengths } from "../../tasks/lengths.js";
import { pairLosses, type PairMetric } from "../../tasks/pairs.js";
import { Batch, MOST_SEQUENCES } from "../../tasks/batch.js";
import { fillPointers, pointerLayout, pointersOf, type PointerExample } from "./fillPointers.js";
import type { Answer, AnyTask, GenerateOptions } from "../../tasks/task.js";

/**
 * When pointing has come to its end:
 * - "count": once it has pointed as often as there are vectors.
 * - "repeat": once it points again at what it pointed at first.
 */
export type PointerEnd = "count" | "repeat";

/** A task of pointing at some of a set of vectors, in an order. Measured while the truth is fed to the decoder. */
export interface PointerTask extends AnyTask<PairMetric> {
  /** Numbers of a vector. */
  readonly inputSize: number;
  readonly ends: PointerEnd;
  readonly metrics: {
    /** The part of a sequence's symbols that are wrong, its end included. */
    readonly symbolError: (answer: Answer) => Tensor;
    /** 1 for a sequence with anything wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
  };
}

interface Pointing {
  /** What makes the task. */
  readonly owner: string;
  readonly name: string;
  readonly options: Lengths & { readonly seed: number };
  readonly inputSize: number;
  readonly ends: PointerEnd;
  /** What to point at, of so many vectors. */
  targets(inputs: readonly Float32Array[]): number[];
}

/** A task whose vectors are uniform in [0, 1): an example's length and difficulty are how many there are. */
export function pointerTask({ owner, name, options, inputSize, ends, targets }: Pointing): PointerTask {
  const generate = (random: Random, count: number, batch: Batch, asked: GenerateOptions = {}): void => {
    const lengths = drawLengths(owner, random, count, options, asked.difficulty ?? asked.length);
    fillPointers(
      batch,
      lengths.map((length) => {
        const inputs = Array.from({ length }, () => Float32Array.from({ length: inputSize }, () => random.uniform()));
        return { inputs, targets: targets(inputs) };
      }),
    );
  };
  const { loss, metrics } = pairLosses;
  // The papers' first.
  const { sequenceError, symbolError } = metrics;
  return {
    name,
    options: { ...options },
    inputSize,
    ends,
    seed: options.seed,
    generate,
    loss,
    metrics: { sequenceError, symbolError },
  };
}

/** Which examples to draw. */
export interface DrawExamplesOptions extends GenerateOptions {
  /** Default: 1,000. */
  count?: number;
  /** The same seed draws the same. Default: 0. */
  seed?: number;
}

/** The random stream of examples to test with; training draws from another. */
const TEST = 2;

/**
 * Examples of a task, to run a model on and to score what comes out.
 * @throws RangeError, TypeError when an option is out of range or unknown.
 * @example
 * const examples = drawExamples(convexHullTask(), { count: 500, length: 10 });
 */
export function drawExamples(task: PointerTask, options: DrawExamplesOptions = {}): PointerExample[] {
  const { count: _c, seed: _s, ...asked } = options;
  const { count, seed } = checkOptions(
    "drawExamples",
    { count: options.count, seed: options.seed },
    { count: [1000, whole(1, { most: MOST_SEQUENCES })], seed: seedRule() },
  );
  const batch = new Batch(pointerLayout(task.inputSize));
  task.generate(new Random(seed, TEST), count, batch, asked);
  return pointersOf(batch);
}
