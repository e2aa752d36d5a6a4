import { categoricalCrossEntropy, classMisses } from "../graph/ops/index.js";
import { reshape } from "../graph/reshape.js";
import { checkOptions, whole } from "../common/options.js";
import { normal } from "../common/random/normal.js";
import { drawLengths, expectOrder, longestOf, seedRule } from "./lengths.js";
import { sequenceError } from "./sequenceError.js";
import type { Answer, Task } from "./task.js";

/** What sortTask draws. */
export interface SortTaskOptions {
  /** Default: 2. */
  minLength?: number;
  /** Default: 15. */
  maxLength?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const sortRules = () =>
  ({
    minLength: [2, whole(1)],
    maxLength: [15, whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Sort: numbers from N(0, 1), one a step, then as many blanks during which the places of the numbers, counted from 0,
 * are wanted in the order of their size, smallest first. Graves 2016, arXiv:1603.08983, section 3.4. Inputs are the
 * number and a flag, which is 1 at the last; answers are a choice of `maxLength`. A sequence's length, and its
 * difficulty, is the number of its numbers; it takes twice as many steps.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = sortTask({ maxLength: 10, seed: 1 });
 */
export function sortTask(options: SortTaskOptions = {}): Task<"sequenceError"> {
  const checked = checkOptions("sortTask", options, sortRules());
  const { minLength, maxLength, seed } = checked;
  expectOrder("sortTask", ["minLength", minLength], ["maxLength", maxLength]);

  const choice = ({ logits, targets, mask }: Answer) => [logits, reshape(targets, mask.shape), mask] as const;

  return {
    name: "sort",
    options: checked,
    inputSize: 2,
    outputSize: maxLength,
    targetSize: 1,
    seed,
    generate(random, count, batch, { length, difficulty = length } = {}) {
      const lengths = drawLengths("sortTask", random, count, { ...checked, most: maxLength }, difficulty);
      batch.reset(2 * longestOf(lengths), count);
      lengths.forEach((some, sequence) => {
        batch.lengths[sequence] = 2 * some;
        // In the precision that the model is given, so that the order is of what it sees.
        const numbers = Float32Array.from({ length: some }, () => normal(random));
        numbers.forEach((number, step) => (batch.inputs[batch.inputAt(step, sequence)] = number));
        batch.inputs[batch.inputAt(some - 1, sequence) + 1] = 1;
        ascending(numbers).forEach((place, i) => {
          batch.targets[batch.targetAt(some + i, sequence)] = place;
          batch.expect(some + i, sequence);
        });
      });
    },
    loss: (answer) => categoricalCrossEntropy(...choice(answer)),
    metrics: { sequenceError: (answer) => sequenceError(classMisses(...choice(answer))) },
  };
}

/** Where the numbers stand, smallest first; of equals, the first first. */
function ascending(numbers: Float32Array): number[] {
  return [...numbers.keys()].sort((a, b) => numbers[a]! - numbers[b]!);
}
