import { naturalLogarithm } from "../common/naturalLogarithm.js";
import { shown } from "../common/shown.js";
import { rulesByLeft, type Grammar } from "./grammar.js";
import type { ParseTree } from "./tree.js";

/** A sentence's likeliest tree. */
export interface Parsed {
  /** Over the grammar's symbols, with tags over words. */
  readonly tree: ParseTree;
  /** Natural logarithm of its probability together with the words. */
  readonly score: number;
}

/** A symbol that becomes another one, or two, and the logarithm of its probability. */
interface Step {
  readonly parent: number;
  readonly right: number;
  readonly score: number;
}

/** What is known of a stretch of words: the best score of each symbol, and how it came about. */
interface Cell {
  readonly scores: Float64Array;
  /** Symbols that the stretch may be. */
  readonly found: number[];
  /** The first part of a symbol, or −1 for a tag. */
  readonly left: Int32Array;
  /** The second part, or −1 where there is one part. */
  readonly right: Int32Array;
  /** Where the second part begins. */
  readonly split: Int32Array;
}

/** Most words of a sentence: time grows with their cube. */
export const MOST_PARSED = 200;

/**
 * Finds the likeliest tree of a sentence by a grammar: Cocke, Kasami and Younger's chart of all stretches of words, with the
 * best way to make each symbol of two parts, and then of one. It is exact: nothing is pruned.
 *
 * @example
 * const parser = new ChartParser(estimateGrammar(trees, "ROOT"));
 * const { tree } = parser.parse(["the", "dog", "barked"]) ?? {};
 */
export class ChartParser {
  readonly #root: number;
  readonly #symbols: string[] = [];
  /** Symbols that stand for the rest of a rule's parts. */
  readonly #isRest: boolean[] = [];
  readonly #tags = new Map<string, [tag: number, score: number][]>();
  /** By the first part. */
  readonly #pairs: Step[][] = [];
  /** By the only part. */
  readonly #chains: Step[][] = [];

  constructor(grammar: Grammar) {
    const ids = new Map<string, number>();
    const idOf = (symbol: string): number => {
      const there = ids.get(symbol);
      if (there !== undefined) return there;
      ids.set(symbol, this.#symbols.length);
      return this.#add(symbol, false);
    };
    this.#root = idOf(grammar.root);
    for (const [tag, words] of grammar.words) {
      const total = [...words.values()].reduce((sum, weight) => sum + weight, 0);
      for (const [word, weight] of words) {
        const of = this.#tags.get(word) ?? [];
        this.#tags.set(word, of);
        of.push([idOf(tag), naturalLogarithm(weight / total)]);
      }
    }
    for (const rules of rulesByLeft(grammar).values()) {
      for (const { left, right, weight } of rules) {
        const score = naturalLogarithm(weight);
        if (score === -Infinity) continue;
        let [parent, ...rest] = [idOf(left), ...right.map(idOf)];
        let own = score;
        for (; rest.length > 2; own = 0) {
          const tail = this.#add("", true);
          this.#pairs[rest[0]!]!.push({ parent, right: tail, score: own });
          [parent, rest] = [tail, rest.slice(1)];
        }
        if (rest.length === 2) this.#pairs[rest[0]!]!.push({ parent, right: rest[1]!, score: own });
        else this.#chains[rest[0]!]!.push({ parent, right: -1, score: own });
      }
    }
  }

  /** Whether a word is under any tag. */
  knows(word: string): boolean {
    return this.#tags.has(word);
  }

  /**
   * The likeliest tree over words, or undefined where the grammar has none.
   * @throws RangeError when there are no words, or more than 200.
   */
  parse(words: readonly string[]): Parsed | undefined {
    const { length } = words;
    if (length < 1 || length > MOST_PARSED)
      throw new RangeError(`ChartParser: there are ${shown(length)} words, and must be 1 to ${MOST_PARSED}`);
    const chart = Array.from({ length }, () => new Array<Cell>(length + 1));
    for (let size = 1; size <= length; ++size) {
      for (let begin = 0; begin + size <= length; ++begin) {
        const cell = this.#emptyCell();
        chart[begin]![begin + size] = cell;
        if (size === 1)
          for (const [tag, score] of this.#tags.get(words[begin]!) ?? []) improve(cell, tag, score, -1, -1, 0);
        for (let split = begin + 1; split < begin + size; ++split)
          this.#combine(cell, chart[begin]![split]!, chart[split]![begin + size]!, split);
        this.#chain(cell);
      }
    }
    const score = chart[0]![length]!.scores[this.#root]!;
    if (score === -Infinity) return undefined;
    return { tree: this.#treeOf(chart, words, this.#root, 0, length)[0] as ParseTree, score };
  }

  #add(symbol: string, isRest: boolean): number {
    this.#pairs.push([]);
    this.#chains.push([]);
    this.#isRest.push(isRest);
    return this.#symbols.push(symbol) - 1;
  }

  #emptyCell(): Cell {
    const { length } = this.#symbols;
    return {
      scores: new Float64Array(length).fill(-Infinity),
      found: [],
      left: new Int32Array(length),
      right: new Int32Array(length),
      split: new Int32Array(length),
    };
  }

  #combine(cell: Cell, left: Cell, right: Cell, split: number): void {
    if (!right.found.length) return;
    for (const first of left.found) {
      const before = left.scores[first]!;
      const steps = this.#pairs[first]!;
      for (let i = 0; i < steps.length; ++i) {
        const step = steps[i]!;
        const behind = right.scores[step.right]!;
        if (behind === -Infinity) continue;
        const score = before + behind + step.score;
        if (score > cell.scores[step.parent]!) improve(cell, step.parent, score, first, step.right, split);
      }
    }
  }

  /** A symbol that got better makes better what is made of it alone: no chain gets better by a ring, so that it ends. */
  #chain(cell: Cell): void {
    const waiting = [...cell.found];
    for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
      for (const { parent, score } of this.#chains[part]!) {
        const sum = cell.scores[part]! + score;
        if (!(sum > cell.scores[parent]!)) continue;
        improve(cell, parent, sum, part, -1, 0);
        waiting.push(parent);
      }
    }
  }

  #treeOf(
    chart: readonly (readonly Cell[])[],
    words: readonly string[],
    symbol: number,
    begin: number,
    end: number,
  ): (ParseTree | string)[] {
    const { left, right, split } = chart[begin]![end]!;
    const [first, second] = [left[symbol]!, right[symbol]!];
    const parts = (): (ParseTree | string)[] => {
      if (first < 0) return [words[begin]!];
      if (second < 0) return this.#treeOf(chart, words, first, begin, end);
      const at = split[symbol]!;
      return [...this.#treeOf(chart, words, first, begin, at), ...this.#treeOf(chart, words, second, at, end)];
    };
    return this.#isRest[symbol] ? parts() : [{ label: this.#symbols[symbol]!, children: parts() }];
  }
}

function improve(
  { scores, found, left, right, split }: Cell,
  symbol: number,
  score: number,
  first: number,
  second: number,
  at: number,
): void {
  if (scores[symbol] === -Infinity) found.push(symbol);
  scores[symbol] = score;
  left[symbol] = first;
  right[symbol] = second;
  split[symbol] = at;
}
