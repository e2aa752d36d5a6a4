import { binaryCrossEntropy, bitErrors, bitMisses } from "../graph/ops/index.js";
import { checkOptions, expectValue, whole } from "../common/options.js";
import { drawLengths, expectOrder, longestOf, seedRule } from "./lengths.js";
import { sequenceError } from "./sequenceError.js";
import type { Task } from "./task.js";

/** What logicTask draws. */
export interface LogicTaskOptions {
  /** Default: 1. */
  minLength?: number;
  /** Default: 10. */
  maxLength?: number;
  /** The most gates in a vector. Default: 10. */
  maxGates?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Table 1 of the paper, column by column: what a gate says to (P, Q) = TT, TF, FT, FF. */
const GATES = [
  "FFFT", // NOR
  "FFTF", // Xq
  "FTFF", // ABJ
  "FTTF", // XOR
  "FTTT", // NAND
  "TFFF", // AND
  "TFFT", // XNOR
  "TFTT", // if/then
  "TTFT", // then/if
  "TTTF", // OR
];

/** Default and check of each option; a function, since importing calls nothing. */
export const logicRules = () =>
  ({
    minLength: [1, whole(1)],
    maxLength: [10, whole(1)],
    maxGates: [10, whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Logic: every vector holds two bits b₀, b₁ and 1 to `maxGates` gates in a row, each applied to the last two bits; the
 * last bit is wanted. Graves 2016, arXiv:1603.08983, section 3.2. The first vector shows both bits; later ones show b₁,
 * and their b₀ is the answer to the vector before, which is shown as 0. Inputs are the two bits and a one-hot choice
 * of ten for each gate; one logit. A sequence's length is the number of its vectors, its difficulty that of the gates
 * in each.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = logicTask({ maxLength: 5, seed: 1 });
 */
export function logicTask(options: LogicTaskOptions = {}): Task<"sequenceError" | "bitError"> {
  const checked = checkOptions("logicTask", options, logicRules());
  const { minLength, maxLength, maxGates, seed } = checked;
  expectOrder("logicTask", ["minLength", minLength], ["maxLength", maxLength]);

  return {
    name: "logic",
    options: checked,
    inputSize: 2 + GATES.length * maxGates,
    outputSize: 1,
    targetSize: 1,
    seed,
    generate(random, count, batch, { length, difficulty } = {}) {
      if (difficulty !== undefined) expectValue("logicTask: difficulty", difficulty, whole(1, { most: maxGates }));
      const lengths = drawLengths("logicTask", random, count, checked, length);
      batch.reset(longestOf(lengths), count);
      lengths.forEach((steps, sequence) => {
        batch.lengths[sequence] = steps;
        let b0 = random.integer(0, 1);
        for (let step = 0; step < steps; ++step) {
          const input = batch.inputAt(step, sequence);
          const b1 = random.integer(0, 1);
          if (step === 0) batch.inputs[input] = b0;
          batch.inputs[input + 1] = b1;
          const drawn = difficulty ?? random.integer(1, maxGates);
          const gates = Array.from({ length: drawn }, () => random.integer(0, GATES.length - 1));
          gates.forEach((gate, i) => (batch.inputs[input + 2 + i * GATES.length + gate] = 1));
          b0 = applyGates(b0, b1, gates);
          batch.targets[batch.targetAt(step, sequence)] = b0;
          batch.expect(step, sequence);
        }
      });
    },
    loss: ({ logits, targets, mask }) => binaryCrossEntropy(logits, targets, mask),
    metrics: {
      sequenceError: ({ logits, targets, mask }) => sequenceError(bitMisses(logits, targets, mask)),
      bitError: ({ logits, targets, mask }) => bitErrors(logits, targets, mask),
    },
  };
}

/** The last of the bits b₀, b₁, …, where bᵢ₊₁ = gateᵢ(bᵢ, bᵢ₋₁). */
export function applyGates(b0: number, b1: number, gates: readonly number[]): number {
  let [before, last] = [b0, b1];
  for (const gate of gates) [before, last] = [last, Number(GATES[gate]![3 - 2 * last - before] === "T")];
  return last;
}
