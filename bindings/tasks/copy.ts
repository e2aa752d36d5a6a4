import { checkOptions, expectValue, oneOf, whole } from "../common/options.js";
import { MOST_SEQUENCES } from "./batch.js";
import { fillBits, inBits } from "./bits.js";
import { seedRule } from "./lengths.js";
import type { Task } from "./task.js";

/** What copyTask draws. */
export interface CopyTaskOptions {
  /** Bits in a vector. Default: 8. */
  bits?: number;
  /** Default: 1. */
  minLength?: number;
  /** Default: 20. */
  maxLength?: number;
  /**
   * "shared": the sequences of a batch have one random length, and nothing is padded. "mixed": each has its own.
   * Default: "shared".
   */
  lengths?: "shared" | "mixed";
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const copyRules = () =>
  ({
    bits: [8, whole(1)],
    minLength: [1, whole(1)],
    maxLength: [20, whole(1)],
    lengths: ["shared", oneOf("shared", "mixed")],
    seed: seedRule(),
  }) as const;

/**
 * Copy: random vectors, a delimiter, then blanks during which the vectors are wanted back.
 * Graves et al. 2014, section 4.1. Inputs are the bits and a channel for the delimiter; a sequence of length L takes
 * 2L + 1 steps. Untrained, half of the 8 L bits are wrong.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = copyTask({ bits: 8, maxLength: 20, seed: 1 });
 */
export function copyTask(options: CopyTaskOptions = {}): Task<"bitError"> {
  const checked = checkOptions("copyTask", options, copyRules());
  const { bits, minLength, maxLength, lengths, seed } = checked;
  if (minLength > maxLength) {
    throw new RangeError(`copyTask: minLength is ${minLength}, and must be at most maxLength, which is ${maxLength}`);
  }

  return {
    name: "copy",
    options: checked,
    inputSize: bits + 1,
    outputSize: bits,
    targetSize: bits,
    seed,
    generate(random, count, batch, { length } = {}) {
      expectValue("copyTask: count", count, whole(1, { most: MOST_SEQUENCES }));
      const draw = (): number => length ?? random.integer(minLength, maxLength);
      const shared = lengths === "shared" ? draw() : 0;
      const drawn = Array.from({ length: count }, () => shared || draw());
      const longest = drawn.reduce((a, b) => Math.max(a, b));
      batch.reset(2 * longest + 1, count);
      drawn.forEach((steps, sequence) => {
        batch.lengths[sequence] = 2 * steps + 1;
        for (let step = 0; step < steps; ++step) {
          const input = batch.inputAt(step, sequence);
          const target = batch.targetAt(steps + 1 + step, sequence);
          fillBits(random, bits, (i, bit) => (batch.inputs[input + i] = batch.targets[target + i] = bit));
          batch.expect(steps + 1 + step, sequence);
        }
        batch.inputs[batch.inputAt(steps, sequence) + bits] = 1; // the delimiter
      });
    },
    ...inBits,
  };
}
