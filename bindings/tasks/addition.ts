import { broadcast, categoricalCrossEntropy, classMisses } from "../graph/ops/index.js";
import { reshape } from "../graph/reshape.js";
import { checkOptions, expectValue, whole } from "../common/options.js";
import { drawLengths, expectOrder, longestOf, seedRule } from "./lengths.js";
import { sequenceError } from "./sequenceError.js";
import type { Answer, Task } from "./task.js";

/** What additionTask draws. */
export interface AdditionTaskOptions {
  /** Default: 1. */
  minLength?: number;
  /** At most 10, since the sum of more numbers may have more digits than there are answers. Default: 5. */
  maxLength?: number;
  /** Digits of the longest number. Default: 5. */
  maxDigits?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Ten numbers have a sum of one digit more than they. */
const MOST_NUMBERS = 10;
/** Their sum is a whole number that doubles hold. */
const MOST_DIGITS = 14;
/** Digits, and the mark of the end. */
const CLASSES = 11;
const END = 10;

/** Default and check of each option; a function, since importing calls nothing. */
export const additionRules = () =>
  ({
    minLength: [1, whole(1)],
    maxLength: [5, whole(1, { most: MOST_NUMBERS })],
    maxDigits: [5, whole(1, { most: MOST_DIGITS })],
    seed: seedRule(),
  }) as const;

/**
 * Addition: a number of 1 to `maxDigits` random digits a step; from the second step on, the sum so far is wanted.
 * Graves 2016, arXiv:1603.08983, section 3.3. Inputs are a one-hot choice of ten for each digit, most significant
 * first, and zeros behind the last. Answers are `maxDigits` + 1 choices of eleven at once: the digits of the sum, most
 * significant first, and a mark in each place behind them. A sequence's length is the number of its numbers, its
 * difficulty that of the digits of each.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = additionTask({ minLength: 2, seed: 1 });
 */
export function additionTask(options: AdditionTaskOptions = {}): Task<"sequenceError"> {
  const checked = checkOptions("additionTask", options, additionRules());
  const { minLength, maxLength, maxDigits, seed } = checked;
  expectOrder("additionTask", ["minLength", minLength], ["maxLength", maxLength]);
  const places = maxDigits + 1;

  /** The answers of a step, each a choice of its own. */
  const choices = ({
    logits,
    targets,
    mask,
  }: Answer): [logits: Answer["logits"], targets: Answer["targets"], mask: Answer["mask"]] => [
    reshape(logits, [...targets.shape, CLASSES]),
    targets,
    broadcast(mask, { axis: -1, count: places }),
  ];

  return {
    name: "addition",
    options: checked,
    inputSize: 10 * maxDigits,
    outputSize: CLASSES * places,
    targetSize: places,
    seed,
    generate(random, count, batch, { length, difficulty } = {}) {
      if (difficulty !== undefined) expectValue("additionTask: difficulty", difficulty, whole(1, { most: maxDigits }));
      const lengths = drawLengths("additionTask", random, count, { ...checked, most: MOST_NUMBERS }, length);
      batch.reset(longestOf(lengths), count);
      lengths.forEach((steps, sequence) => {
        batch.lengths[sequence] = steps;
        let sum = 0;
        for (let step = 0; step < steps; ++step) {
          const input = batch.inputAt(step, sequence);
          const drawn = difficulty ?? random.integer(1, maxDigits);
          const digits = Array.from({ length: drawn }, () => random.integer(0, 9));
          digits.forEach((digit, place) => (batch.inputs[input + 10 * place + digit] = 1));
          sum += digits.reduce((number, digit) => 10 * number + digit, 0);
          if (step === 0) continue;
          batch.targets.set(placesOf(sum, places), batch.targetAt(step, sequence));
          batch.expect(step, sequence);
        }
      });
    },
    loss: (answer) => categoricalCrossEntropy(...choices(answer)),
    metrics: { sequenceError: (answer) => sequenceError(classMisses(...choices(answer))) },
  };
}

/** A number's digits, most significant first, and END in the places behind. */
function placesOf(number: number, places: number): number[] {
  const digits = [...String(number)].map(Number);
  return Array.from({ length: places }, (_, place) => digits[place] ?? END);
}
