import { binaryCrossEntropy, bitErrors, bitMisses } from "../graph/ops/index.js";
import { checkOptions, whole } from "../common/options.js";
import { fillBits } from "./bits.js";
import { drawLengths, seedRule } from "./lengths.js";
import { sequenceError } from "./sequenceError.js";
import type { Task } from "./task.js";

/** What parityTask draws. */
export interface ParityTaskOptions {
  /** Numbers in the vector. Default: 64. */
  bits?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const parityRules = () =>
  ({
    bits: [64, whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Parity: one vector, of which 1 to all entries are +1 or −1 and the rest 0; is the number of +1 odd? Graves 2016,
 * arXiv:1603.08983, section 3.1. One step, one logit. A sequence's length, and its difficulty, is the number of its
 * entries that are not 0. Untrained, half of the answers are wrong.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = parityTask({ bits: 16, seed: 1 });
 */
export function parityTask(options: ParityTaskOptions = {}): Task<"sequenceError" | "bitError"> {
  const checked = checkOptions("parityTask", options, parityRules());
  const { bits, seed } = checked;

  return {
    name: "parity",
    options: checked,
    inputSize: bits,
    outputSize: 1,
    targetSize: 1,
    seed,
    generate(random, count, batch, { length, difficulty = length } = {}) {
      const entries = drawLengths(
        "parityTask",
        random,
        count,
        { minLength: 1, maxLength: bits, most: bits },
        difficulty,
      );
      batch.reset(1, count);
      entries.forEach((some, sequence) => {
        const vector = batch.inputs.subarray(batch.inputAt(0, sequence), batch.inputAt(0, sequence) + bits);
        const positions = random.permutation(bits);
        fillBits(random, some, (i, bit) => (vector[positions[i]!] = 2 * bit - 1));
        batch.targets[batch.targetAt(0, sequence)] = parityOf(vector);
        batch.expect(0, sequence);
      });
    },
    loss: ({ logits, targets, mask }) => binaryCrossEntropy(logits, targets, mask),
    metrics: {
      sequenceError: ({ logits, targets, mask }) => sequenceError(bitMisses(logits, targets, mask)),
      bitError: ({ logits, targets, mask }) => bitErrors(logits, targets, mask),
    },
  };
}

/** 1 if the number of +1 is odd, else 0; a −1 does not count. */
export function parityOf(vector: ArrayLike<number>): number {
  let parity = 0;
  for (let i = 0; i < vector.length; ++i) if (vector[i] === 1) parity = 1 - parity;
  return parity;
}
