/** Application, the lambda behind a quantifier, and what stands in nearly every formula: little is known by them. */
const DROPPED: ReadonlySet<string> = new Set(["*", "/", "!", "c&", "c=>"]);

/** A bound variable, by its de Bruijn index. */
const BOUND = /^b\d+$/;

/** The symbols of a formula, in their order, without application, bound variables, quantifiers, "and" and "implies". */
export const symbolsOf = (formula: readonly string[]): string[] =>
  formula.filter((token) => !DROPPED.has(token) && !BOUND.test(token));

/** Kind of a Mizar symbol: relation, functor, mode, attribute and so on, two letters. */
const KIND = /^[a-z]{1,2}/;

/** Symbols by number, those that are seen too rarely by their kind. */
export class TokenNumbers {
  readonly #numbers = new Map<string, number>();

  /** `least`: in how many formulas a symbol must be. */
  constructor(formulas: Iterable<readonly string[]>, least: number) {
    const seen = new Map<string, number>();
    for (const formula of formulas)
      for (const symbol of new Set(formula)) seen.set(symbol, (seen.get(symbol) ?? 0) + 1);
    for (const [symbol, count] of seen) {
      const key = count < least ? kindOf(symbol) : symbol;
      if (!this.#numbers.has(key)) this.#numbers.set(key, this.#numbers.size);
    }
    this.#numbers.set("?", this.#numbers.size);
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** Of at most so many symbols: of a longer formula the first and the last, half each. */
  of(symbols: readonly string[], most: number): Uint32Array {
    const half = most >> 1;
    const kept = symbols.length <= most ? symbols : [...symbols.slice(0, half), ...symbols.slice(half - most)];
    return Uint32Array.from(kept, (symbol) => this.#one(symbol));
  }

  #one(symbol: string): number {
    return this.#numbers.get(symbol) ?? this.#numbers.get(kindOf(symbol)) ?? this.size - 1;
  }
}

/** A name that no symbol has. */
const kindOf = (symbol: string): string => `a rare ${KIND.exec(symbol)?.[0] ?? ""}`;
