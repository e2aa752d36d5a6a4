import type { Engine } from "../../engine/engine.js";
import { shown } from "../../common/shown.js";
import { addBits, additionExample, BIT, type Bits } from "./binaryAddition.js";
import type { NeuralGPU } from "./neuralGPU.js";
import type { SymbolStep } from "./symbolRunner.js";

/** A sum of two binary numbers as people write it. */
export interface BinarySum {
  /** What was asked, tidied: "1011 + 110". */
  readonly text: string;
  /** The operands, the lowest bit first, equally long. */
  readonly operands: readonly [a: Bits, b: Bits];
}

/** What a model makes of a sum. */
export interface BinaryAnswer {
  readonly text: string;
  /** The sum, highest bit first; "?" stands where the model put no bit. */
  readonly answer: string;
  /** The true sum. */
  readonly sum: string;
  /** Steps that the model took. */
  readonly steps: number;
}

/** An answer, and what led to it. */
export interface TracedAnswer extends BinaryAnswer {
  /** What went in, the lowest bit first, and the plus sign. */
  readonly input: readonly string[];
  readonly trace: readonly SymbolStep[];
}

/** Bits of an operand, at most: a sum of two takes the square of twice as many. */
const MOST_BITS = 2000;

const SYMBOLS = ["", "0", "1", "+"];

/** A symbol as people write it; nothing for what stands for nothing. */
export const symbolText = (symbol: number): string => SYMBOLS[symbol] ?? "?";

const highestFirst = (bits: Bits): string => bits.toReversed().join("");

/**
 * Reads a sum such as "1011 + 110".
 * @throws SyntaxError unless it is two binary numbers with a plus sign between them, RangeError when one has more than
 * 2,000 bits.
 */
export function parseBinarySum(text: string): BinarySum {
  const found = /^\s*([01]+)\s*\+\s*([01]+)\s*$/.exec(text);
  if (!found) {
    throw new SyntaxError(
      `The sum is ${shown(text)}, and must be two binary numbers and a plus sign, such as 1011 + 110`,
    );
  }
  const [, first, second] = found as unknown as [string, string, string];
  const length = Math.max(first.length, second.length);
  if (length > MOST_BITS) {
    throw new RangeError(`The sum has a number of ${length} bits, and must have numbers of at most ${MOST_BITS}`);
  }
  const bits = (number: string): number[] => [...number.padStart(length, "0")].reverse().map(Number);
  return { text: `${first} + ${second}`, operands: [bits(first), bits(second)] };
}

/**
 * What a model that learned binaryAdditionTask makes of a sum.
 *
 * @throws SyntaxError, RangeError when the sum cannot be read; RangeError when the model has other symbols.
 * @example
 * const { answer } = addBinary(engine, model, "1011 + 110"); // "10001"
 */
export function addBinary(engine: Engine, model: NeuralGPU, text: string): BinaryAnswer {
  const { answer, sum, steps, text: asked } = traceBinary(engine, model, text, false);
  return { text: asked, answer, sum, steps };
}

/** The same, and the state of every step. */
export function traceBinary(engine: Engine, model: NeuralGPU, text: string, trace = true): TracedAnswer {
  const { operands, text: asked } = parseBinarySum(text);
  const { input } = additionExample(...operands);
  const [run] = model.run(engine, [input], { trace });
  const { symbols, steps = [] } = run!;
  const end = symbols.findLastIndex((symbol) => symbol !== 0) + 1;
  const answer = symbols
    .slice(0, end)
    .map((symbol) => (symbol === BIT || symbol === BIT + 1 ? symbolText(symbol) : "?"))
    .reverse()
    .join("");
  return {
    text: asked,
    answer,
    sum: highestFirst(addBits(...operands)),
    steps: input.length,
    input: Array.from(input, symbolText),
    trace: steps,
  };
}
