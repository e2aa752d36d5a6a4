import { checkOptions, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { expectOrder, seedRule } from "../../tasks/lengths.js";
import { followersOf, stringTask, type StringReader, type StringTask } from "./stringTask.js";

/** What binarySumsTask draws. */
export interface BinarySumsTaskOptions {
  /** Digits of both operands together, at least. Default: 2. */
  minLength?: number;
  /** Digits of both operands together, at most. Default: 19. */
  maxLength?: number;
  /** Sums of a sequence, one behind the other. Default: 5. */
  strings?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const binarySumsRules = (options?: BinarySumsTaskOptions) =>
  ({
    minLength: [2, whole(1)],
    maxLength: [Math.max(19, options?.minLength ?? 0), whole(1)],
    strings: [5, whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Binary addition as text, Joulin & Mikolov 2015, arXiv:1503.01007, section 4.1: 101+1=011. has two operands with their
 * highest digit first, and their sum with its lowest first, one sum behind the other. Only what is behind the equals sign
 * is learned, and counts. A sequence's length is the number of digits of both operands, of which the first has any part;
 * one without digits is written 0.
 *
 * @throws RangeError when an option is out of range, TypeError when one is unknown.
 * @example
 * const task = binarySumsTask({ maxLength: 10, seed: 1 });
 */
export function binarySumsTask(options: BinarySumsTaskOptions = {}): StringTask {
  const owner = "binarySumsTask";
  const checked = checkOptions(owner, options, binarySumsRules(options));
  const { minLength, maxLength } = checked;
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  return stringTask({
    owner,
    name: "binary-sums",
    alphabet: "01+=.",
    options: checked,
    learnsDetermined: true,
    draw(random, length) {
      const first = random.integer(0, length);
      const [a, b] = [drawOperand(random, first), drawOperand(random, length - first)];
      const asked = `${a}+${b}=`;
      return { text: `${asked}${answerTo(a, b)}`, determined: asked.length };
    },
    followers: (text) => followersOf(text, new Adder()),
  });
}

/** Digits of a number without leading zeros, the highest first. */
const drawOperand = (random: Random, length: number): string =>
  length ? `1${Array.from({ length: length - 1 }, () => random.integer(0, 1)).join("")}` : "0";

/** What is behind the equals sign: the sum with its lowest digit first, and a full stop. */
function answerTo(a: string, b: string): string {
  const sum = (BigInt(`0b${a}`) + BigInt(`0b${b}`)).toString(2);
  return `${[...sum].reverse().join("")}.`;
}

/** Recogniser of sums that are right. */
class Adder implements StringReader {
  #operands = [""];
  #due: string[] = [];

  allowed(): string {
    if (this.#due.length) return this.#due[0]!;
    const operand = this.#operands.at(-1)!;
    const behind = this.#operands.length === 1 ? "+" : "=";
    if (operand === "0") return behind;
    return operand ? `01${behind}` : "01";
  }

  read(character: string): void {
    if (character === "+") this.#operands.push("");
    else if (character === "=") this.#due = [...answerTo(this.#operands[0]!, this.#operands[1]!)];
    else if (this.#due.length) {
      this.#due.shift();
      if (!this.#due.length) this.#operands = [""];
    } else this.#operands.push(this.#operands.pop()! + character);
  }
}
