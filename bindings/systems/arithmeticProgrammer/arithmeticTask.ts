import { add, affine, bitErrors, divide, huber, log, relu, subtract } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { checkOptions, number, positive, rising, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { apply, arithmeticInputSize, encodeExpression, type Expression, type Operator } from "./expression.js";
import { drawLengths, expectOrder, longestOf, seedRule, type Lengths } from "../../tasks/lengths.js";
import type { Answer, Task } from "../../tasks/task.js";

/** What arithmeticTask draws. */
export interface ArithmeticTaskOptions {
  /** Operators of the shortest expression. Default: 1. */
  minOperators?: number;
  /** Operators of the longest. Default: 3. */
  maxOperators?: number;
  /** Numbers that the inputs have places for. Default: one more than `maxOperators`. */
  numbers?: number;
  /** The smallest number. Default: 1. */
  least?: number;
  /** The largest number. Default: 10. */
  most?: number;
  /** No answer is further from 0. Default: 1,000. */
  mostAnswer?: number;
  /**
   * Steps of training: at first expressions have as few operators as there can be, after each of these they may have one
   * more, and after the last all. Zaremba & Sutskever 2014, "Learning to Execute", arXiv:1410.4615, the mixed strategy.
   * Default: [], all from the start.
   */
  curriculum?: readonly number[];
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** No divisor is closer to 0. */
const LEAST_DIVISOR = 0.5;
/** An answer is right within this part of it, or, of a small one, this much. */
const TOLERANCE = 1e-3;
/** More operators than anybody waits for; and numbers are counted by inputs. */
const MOST_OPERATORS = 32;
/** Numbers have one decimal. */
const DECIMALS = 10;
/** So many expressions in a row are never refused unless nearly all are. */
const MOST_ATTEMPTS = 10_000;

/** Default and check of each option; a function, since importing calls nothing. */
export const arithmeticRules = (options?: ArithmeticTaskOptions) =>
  ({
    minOperators: [1, whole(1, { most: MOST_OPERATORS })],
    maxOperators: [3, whole(1, { most: MOST_OPERATORS })],
    numbers: [
      (typeof options?.maxOperators === "number" ? options.maxOperators : 3) + 1,
      whole(2, { most: MOST_OPERATORS + 1 }),
    ],
    least: [1, number()],
    most: [10, number()],
    mostAnswer: [1000, positive()],
    curriculum: [[], rising()],
    seed: seedRule(),
  }) as const;

/**
 * Arithmetic: an expression goes in, a symbol a step, in brackets wherever it has an operator inside; then come as many
 * steps as it has operators, to compute in, and at the last of these its value is wanted. After Olah & Carter 2016,
 * "Attention and Augmented Recurrent Neural Networks", section "Neural Programmer"; the article leaves out the sizes,
 * which are ours.
 *
 * Inputs are a one-hot choice of `( ) + − × ÷`, "compute" and the places of the numbers, x₁ to one more than
 * `maxOperators`, and, where there is a number, its value. Numbers have one decimal, no divisor inside is closer to 0
 * than ½. The loss is Huber's, of the difference of answers as symlog has them, sign(x) ln(1 + |x|) (Hafner et al. 2023,
 * arXiv:2301.04104): products are large and quotients small, and all are to count alike. An answer is wrong if it is off
 * by more than a thousandth of it, or of 1 if it is smaller than 1. A sequence's length, and its difficulty, is the number
 * of its operators. What is trained on follows the curriculum; what is evaluated on is the whole task.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = arithmeticTask({ maxOperators: 2, seed: 1 });
 */
export function arithmeticTask(options: ArithmeticTaskOptions = {}): Task<"sequenceError"> {
  const checked = checkOptions("arithmeticTask", options, arithmeticRules(options));
  const { minOperators, maxOperators, numbers, least, most, mostAnswer, curriculum, seed } = checked;
  expectOrder("arithmeticTask", ["minOperators", minOperators], ["maxOperators", maxOperators]);
  expectOrder("arithmeticTask", ["maxOperators", maxOperators], ["numbers − 1", numbers - 1]);
  const tenths = { least: Math.ceil(least * DECIMALS), most: Math.floor(most * DECIMALS) };
  if (tenths.least > tenths.most || !Number.isSafeInteger(tenths.most - tenths.least)) {
    throw new RangeError(`arithmeticTask: there is no number with one decimal from least, ${least}, to most, ${most}`);
  }
  const lengthsAt = (step: number): Lengths => {
    const stage = curriculum.filter((last) => step > last).length;
    const here = stage === curriculum.length ? maxOperators : Math.min(minOperators + stage, maxOperators);
    return { minLength: minOperators, maxLength: here, most: numbers - 1 };
  };

  return {
    name: "arithmetic",
    options: checked,
    inputSize: arithmeticInputSize(numbers),
    outputSize: 1,
    targetSize: 1,
    seed,
    generate(random, count, batch, { length, difficulty = length, step = Infinity } = {}) {
      const drawn = drawLengths("arithmeticTask", random, count, lengthsAt(step), difficulty).map((operators) => {
        for (let attempt = 0; attempt < MOST_ATTEMPTS; ++attempt) {
          const { expression, value } = drawExpression(random, operators, tenths);
          if (Math.abs(value) <= mostAnswer) return { value, rows: encodeExpression(expression, numbers) };
        }
        const range = `numbers from ${least} to ${most} and an answer within ±${mostAnswer}`;
        throw new RangeError(`arithmeticTask: ${MOST_ATTEMPTS} draws gave no expression with ${range}`);
      });
      batch.reset(longestOf(drawn.map(({ rows }) => rows.length)), count);
      drawn.forEach(({ rows, value }, sequence) => {
        batch.lengths[sequence] = rows.length;
        rows.forEach((row, step) => batch.inputs.set(row, batch.inputAt(step, sequence)));
        batch.targets[batch.targetAt(rows.length - 1, sequence)] = value;
        batch.expect(rows.length - 1, sequence);
      });
    },
    loss: ({ logits, targets, mask }) => huber(symlog(logits), symlog(targets), mask),
    metrics: {
      sequenceError: (answer) => {
        const { x, target } = inUnits(answer);
        const excess = affine(magnitude(subtract(x, target)), { shift: -TOLERANCE });
        // An excess counts as a set bit where none is wanted; one that is no number is above nothing, and so is wrong
        // where a set bit is wanted: hence the negative.
        const within = affine(excess, { scale: -1 });
        return bitErrors(within, affine(target, { scale: 0, shift: 1 }), answer.mask);
      },
    },
  };
}

/** |x|, element by element. */
const magnitude = (x: Tensor): Tensor => add(relu(x), relu(affine(x, { scale: -1 })));

/** sign(x) ln(1 + |x|), element by element. */
function symlog(x: Tensor): Tensor {
  const oneAbove = (side: Tensor): Tensor => log(affine(relu(side), { shift: 1 }));
  return subtract(oneAbove(x), oneAbove(affine(x, { scale: -1 })));
}

/** Answers and targets in units of max(1, |target|). */
function inUnits({ logits, targets }: Answer): { x: Tensor; target: Tensor } {
  const unit = affine(relu(affine(magnitude(targets), { shift: -1 })), { shift: 1 });
  return { x: divide(logits, unit), target: divide(targets, unit) };
}

interface Drawn {
  readonly expression: Expression;
  /** NaN if a divisor is too close to 0. */
  readonly value: number;
}

const OPERATORS = ["+", "-", "*", "/"] as const satisfies readonly Operator[];

/** A tree of so many operators: every split into left and right is as likely. */
function drawExpression(random: Random, operators: number, tenths: { least: number; most: number }): Drawn {
  if (operators === 0) {
    const value = random.integer(tenths.least, tenths.most) / DECIMALS;
    return { expression: value, value };
  }
  const onTheLeft = random.integer(0, operators - 1);
  const left = drawExpression(random, onTheLeft, tenths);
  const right = drawExpression(random, operators - 1 - onTheLeft, tenths);
  const operator = OPERATORS[random.integer(0, OPERATORS.length - 1)]!;
  const isRefused = operator === "/" && Math.abs(right.value) < LEAST_DIVISOR;
  return {
    expression: { operator, left: left.expression, right: right.expression },
    value: isRefused ? NaN : apply(operator, left.value, right.value),
  };
}
