import type { Random } from "../common/random/philox.js";
import { shown } from "../common/shown.js";
import { rulesByLeft, type Grammar, type Rule } from "./grammar.js";
import type { ParseTree } from "./tree.js";

/**
 * Draws trees of a grammar that are over exactly so many words, each as likely as the grammar makes it among those: the
 * probabilities of all lengths are computed once, from the shortest.
 */
export class TreeDrawer {
  readonly #grammar: Grammar;
  readonly #rules: ReadonlyMap<string, readonly Rule[]>;
  readonly #most: number;
  /** Probability that a symbol becomes so many words. */
  readonly #inside = new Map<string, Float64Array>();
  /** Probability that the symbols of a rule from the i-th on become so many words. */
  readonly #tails = new Map<Rule, readonly Float64Array[]>();

  /**
   * `most`: words of the longest sentence.
   * @throws RangeError when a symbol has neither rules nor words, or may be made of itself alone.
   */
  constructor(grammar: Grammar, most: number) {
    this.#grammar = grammar;
    this.#rules = rulesByLeft(grammar);
    this.#most = most;
    const table = (): Float64Array => new Float64Array(most + 1);
    for (const tag of grammar.words.keys()) this.#inside.set(tag, table().fill(1, 1, 2));
    for (const left of this.#rules.keys()) this.#inside.set(left, table());
    for (const rule of [...this.#rules.values()].flat()) this.#tails.set(rule, this.#tailsOf(rule, table));
    for (let n = 1; n <= most; ++n) this.#addLength(n);
  }

  /** Probability that a sentence of the grammar has so many words. */
  probabilityOf(words: number): number {
    return this.#inside.get(this.#grammar.root)?.[words] ?? 0;
  }

  /** A tree with tags over words. @throws RangeError when the grammar has none of that length. */
  draw(random: Random, words: number): ParseTree {
    if (this.probabilityOf(words) > 0) return this.#drawSymbol(random, this.#grammar.root, words);
    const wanted = `a length up to ${this.#most} that sentences of the grammar have`;
    throw new RangeError(`TreeDrawer: the number of words is ${shown(words)}, and must be ${wanted}`);
  }

  /** The last symbol's is its own table. */
  #tailsOf({ left, right }: Rule, table: () => Float64Array): Float64Array[] {
    return right.map((symbol, i) => {
      const inside = this.#inside.get(symbol);
      if (inside) return i === right.length - 1 ? inside : table();
      throw new RangeError(`TreeDrawer: ${shown(symbol)}, a part of ${shown(left)}, has neither rules nor words`);
    });
  }

  #addLength(n: number): void {
    for (const [{ right }, tails] of this.#tails) {
      for (let i = right.length - 2; i >= 0; --i) {
        const first = this.#inside.get(right[i]!)!;
        for (let k = 1; k < n; ++k) tails[i]![n]! += first[k]! * tails[i + 1]![n - k]!;
      }
    }
    // A rule of one symbol waits for that symbol at this very length.
    for (let pass = 0, isChanged = true; isChanged; ++pass) {
      if (pass > this.#rules.size) throw new RangeError("TreeDrawer: a symbol may be made of itself alone");
      isChanged = false;
      for (const [left, rules] of this.#rules) {
        const inside = this.#inside.get(left)!;
        const sum = rules.reduce((all, rule) => all + rule.weight * this.#tails.get(rule)![0]![n]!, 0);
        isChanged ||= sum !== inside[n];
        inside[n] = sum;
      }
    }
  }

  #drawSymbol(random: Random, symbol: string, words: number): ParseTree {
    const own = this.#grammar.words.get(symbol);
    if (own) return { label: symbol, children: [drawn(random, [...own.keys()], (word) => own.get(word)!)] };
    const rule = drawn(random, this.#rules.get(symbol)!, (each) => each.weight * this.#tails.get(each)![0]![words]!);
    const tails = this.#tails.get(rule)!;
    let rest = words;
    const children = rule.right.map((part, i) => {
      const first = this.#inside.get(part)!;
      const sizes = Array.from({ length: rest - 1 }, (_, k) => k + 1);
      const isLast = i === rule.right.length - 1;
      const size = isLast ? rest : drawn(random, sizes, (k) => first[k]! * tails[i + 1]![rest - k]!);
      rest -= size;
      return this.#drawSymbol(random, part, size);
    });
    return { label: symbol, children };
  }
}

/** One of several, each as likely as its weight says. */
function drawn<T>(random: Random, among: readonly T[], weightOf: (item: T) => number): T {
  const weights = among.map(weightOf);
  const total = weights.reduce((a, b) => a + b, 0);
  let rest = random.uniform(0, total);
  const at = weights.findIndex((weight) => (rest -= weight) < 0);
  // Rounding may leave a trace of the whole: then it is the last that is possible.
  return among[at >= 0 ? at : weights.findLastIndex((weight) => weight > 0)]!;
}
