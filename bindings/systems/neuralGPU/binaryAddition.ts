import { checkOptions, oneOf, rising, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { expectOrder, seedRule } from "../../tasks/lengths.js";
import { symbolTask, type SymbolExample, type SymbolTask } from "./symbolTask.js";

/** What binaryAdditionTask draws. */
export interface BinaryAdditionTaskOptions {
  /** Bits of each operand, at least. Default: 1. */
  minLength?: number;
  /** Bits of each operand, at most. Default: 10. */
  maxLength?: number;
  /**
   * Steps of training: at first operands have as few bits as there can be, after each of these they may have one more,
   * and after the last all. Default: [], all from the start.
   */
  curriculum?: readonly number[];
  /**
   * Positions to which batches are padded, each to one of these that is drawn at random; the last holds the longest
   * sequence. Default: [], sequences of one length in a batch, without padding.
   */
  bins?: readonly number[];
  /** How operands are drawn: "uniform", or "carries", where long runs of carries are frequent. Default: "uniform". */
  operands?: "uniform" | "carries";
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** What the numbers of symbols stand for: nothing, the bits, and the plus sign. */
export const BIT = 1;
export const PLUS = 3;
/** Symbols there are. */
export const ADDITION_SYMBOLS = 4;

/** Bits, the lowest first. */
export type Bits = readonly number[];

/** The symbols of a sum of two numbers that have as many bits, and of what it comes to, without leading zeros. */
export function additionExample(a: Bits, b: Bits): SymbolExample {
  const sum = addBits(a, b);
  const input = [...a.map((bit) => bit + BIT), PLUS, ...b.map((bit) => bit + BIT)];
  return { input, target: input.map((_, i) => (i < sum.length ? sum[i]! + BIT : 0)) };
}

/** a + b without leading zeros; 0 is one bit. */
export function addBits(a: Bits, b: Bits): number[] {
  const sum: number[] = [];
  let carry = 0;
  for (let i = 0; i < Math.max(a.length, b.length); ++i) {
    const digit = (a[i] ?? 0) + (b[i] ?? 0) + carry;
    sum.push(digit & 1);
    carry = digit >> 1;
  }
  sum.push(carry);
  while (sum.length > 1 && !sum.at(-1)) sum.pop();
  return sum;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const binaryAdditionRules = (options?: BinaryAdditionTaskOptions) =>
  ({
    minLength: [1, whole(1)],
    maxLength: [Math.max(10, options?.minLength ?? 1), whole(1)],
    curriculum: [[], rising()],
    bins: [[], rising()],
    operands: ["uniform", oneOf("uniform", "carries")],
    seed: seedRule(),
  }) as const;

/**
 * Addition of binary numbers, the lowest bit first: k bits, a plus sign and k bits go in, and their sum is wanted from
 * the first position on, without leading zeros, and nothing behind it. A sequence's length is k. Kaiser & Sutskever
 * 2016, arXiv:1511.08228, section 3.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = binaryAdditionTask({ maxLength: 10, seed: 1 });
 */
export function binaryAdditionTask(options: BinaryAdditionTaskOptions = {}): SymbolTask {
  const owner = "binaryAdditionTask";
  const checked = checkOptions(owner, options, binaryAdditionRules(options));
  const { minLength, maxLength, curriculum, operands } = checked;
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  return symbolTask({
    owner,
    name: "binary-addition",
    options: checked,
    symbols: ADDITION_SYMBOLS,
    longestAt: (step) => longestAt(step, { minLength, maxLength, curriculum }),
    positions: (length) => 2 * length + 1,
    draw: (random, length) =>
      additionExample(...(operands === "carries" ? drawCarries(random, length) : drawUniform(random, length))),
  });
}

/** The longest sequence of a step of training: one more after each step of the curriculum, and after its last all. */
export function longestAt(
  step: number,
  { minLength, maxLength, curriculum }: { minLength: number; maxLength: number; curriculum: readonly number[] },
): number {
  const stage = curriculum.filter((last) => step > last).length;
  return stage === curriculum.length ? maxLength : Math.min(minLength + stage, maxLength);
}

type Operands = [a: number[], b: number[]];

const drawBits = (random: Random, length: number): number[] => Array.from({ length }, () => random.integer(0, 1));

const drawUniform = (random: Random, length: number): Operands => [drawBits(random, length), drawBits(random, length)];

/**
 * Operands that are hard for whoever has learned to carry over short distances only: with probability 1/5 two whose sum
 * has one long run of carries, with 1/5 two whose sum is close to a power of two, otherwise uniform ones. Price, Zaremba &
 * Sutskever 2016, arXiv:1611.00736.
 */
function drawCarries(random: Random, length: number): Operands {
  const kind = random.uniform();
  if (kind < 0.2) {
    // A carry begins at `begin` and runs through places where exactly one operand has a bit, up to `end`.
    const begin = random.integer(0, length - 1);
    const end = random.integer(begin, length);
    const a = drawBits(random, length);
    const b = a.map((bit, i) => (i < begin ? 0 : i === begin ? 1 : i < end ? 1 - bit : 0));
    a[begin] = 1;
    return [a, b];
  }
  if (kind < 0.4) {
    // a + b = 2^length + d with a small d: b = 2^length − a + d.
    const a = drawBits(random, length);
    const complement = a.map((bit) => 1 - bit); // 2^length − 1 − a
    const d = random.integer(0, 2);
    const b = d ? addBits(complement, d === 1 ? [1] : [0, 1]) : complement;
    return [a, Array.from({ length }, (_, i) => b[i] ?? 0)];
  }
  return drawUniform(random, length);
}
