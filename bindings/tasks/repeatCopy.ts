import { checkOptions, whole } from "../common/options.js";
import { fillBits, inBits } from "./bits.js";
import { expectAsked, expectCount, expectOrder, seedRule } from "./lengths.js";
import type { Task } from "./task.js";

/** What repeatCopyTask draws. */
export interface RepeatCopyTaskOptions {
  /** Bits in a vector. Default: 8. */
  bits?: number;
  /** Vectors in the shortest sequence. Default: 1. */
  minLength?: number;
  /** Vectors in the longest sequence. Default: 10. */
  maxLength?: number;
  /** Default: 1. */
  minRepeats?: number;
  /** Default: 10. */
  maxRepeats?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const repeatCopyRules = () =>
  ({
    bits: [8, whole(1)],
    minLength: [1, whole(1)],
    maxLength: [10, whole(1)],
    minRepeats: [1, whole(1)],
    maxRepeats: [10, whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Repeat copy: random vectors, a delimiter, and how often they are wanted back; then so many copies, and a marker at
 * their end. Graves et al. 2014, section 4.2. Inputs are the bits, the delimiter and the count, which is scaled to mean 0
 * and variance 1 over the range of training; outputs are the bits and the end marker. A sequence of length L, repeated r
 * times, takes L + 2 + r L + 1 steps. The sequences of a batch share both.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = repeatCopyTask({ maxLength: 10, maxRepeats: 10, seed: 1 });
 */
export function repeatCopyTask(options: RepeatCopyTaskOptions = {}): Task<"bitError"> {
  const checked = checkOptions("repeatCopyTask", options, repeatCopyRules());
  const { bits, minLength, maxLength, minRepeats, maxRepeats, seed } = checked;
  expectOrder("repeatCopyTask", ["minLength", minLength], ["maxLength", maxLength]);
  expectOrder("repeatCopyTask", ["minRepeats", minRepeats], ["maxRepeats", maxRepeats]);
  const mean = (minRepeats + maxRepeats) / 2;
  const counts = maxRepeats - minRepeats + 1;
  const deviation = Math.sqrt((counts * counts - 1) / 12) || 1;

  return {
    name: "repeat-copy",
    options: checked,
    inputSize: bits + 2,
    outputSize: bits + 1,
    targetSize: bits + 1,
    seed,
    generate(random, count, batch, { length, repeats } = {}) {
      expectCount("repeatCopyTask", count);
      expectAsked("repeatCopyTask", { length, repeats });
      const vectors = length ?? random.integer(minLength, maxLength);
      const times = repeats ?? random.integer(minRepeats, maxRepeats);
      const answer = vectors + 2;
      batch.reset(answer + times * vectors + 1, count);
      for (let sequence = 0; sequence < count; ++sequence) {
        for (let step = 0; step < vectors; ++step) {
          const input = batch.inputAt(step, sequence);
          fillBits(random, bits, (i, bit) => {
            batch.inputs[input + i] = bit;
            for (let copy = 0; copy < times; ++copy) {
              batch.targets[batch.targetAt(answer + copy * vectors + step, sequence) + i] = bit;
            }
          });
        }
        batch.inputs[batch.inputAt(vectors, sequence) + bits] = 1; // the delimiter
        batch.inputs[batch.inputAt(vectors + 1, sequence) + bits + 1] = (times - mean) / deviation;
        batch.targets[batch.targetAt(batch.time - 1, sequence) + bits] = 1; // the end marker
        for (let step = answer; step < batch.time; ++step) batch.expect(step, sequence);
      }
    },
    ...inBits,
  };
}
