import { shown } from "./shown.js";
import type { Check } from "./options.js";

/** Symbols, such as letters, phonemes or words, and the numbers they have in a model: from 1 up. */
export class Vocabulary {
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(readonly symbols: readonly string[]) {
    this.#numbers = new Map(symbols.map((symbol, i) => [symbol, i + 1]));
  }

  /** Numbers there are: what 0 stands for is up to its user, an unknown symbol or the end. */
  get size(): number {
    return this.symbols.length + 1;
  }

  /** The number of a symbol, or undefined if it is not in the vocabulary. */
  numberOf(symbol: string): number | undefined {
    return this.#numbers.get(symbol);
  }

  /** @throws RangeError unless it is the number of a symbol. */
  symbolOf(number: number): string {
    const symbol = this.symbols[number - 1];
    if (symbol === undefined) throw new RangeError(`The vocabulary has no symbol ${shown(number)}`);
    return symbol;
  }
}

/** A list of symbols as an option: each once, none empty. */
export const isVocabulary: Check<readonly string[]> = (value) => {
  const symbols = value as readonly unknown[];
  const isOne =
    Array.isArray(value) &&
    symbols.length > 0 &&
    symbols.length < 0x100_0000 &&
    symbols.every((symbol) => typeof symbol === "string" && symbol !== "") &&
    new Set(symbols).size === symbols.length;
  return isOne ? undefined : "an array of symbols, each a string and each once";
};
