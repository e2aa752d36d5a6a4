import type { Random } from "../../common/random/philox.js";

/** Words in, and words out. */
export interface WordPair {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** Rule of a synchronous grammar. */
export interface GrammarRule {
  /** Probability among the rules of its name. */
  readonly probability: number;
  /** Names of rules, and other words, which stand for themselves. */
  readonly source: readonly string[];
  /** Parts of the source by their places, and words. */
  readonly target: readonly (number | string)[];
}

/** Synchronous grammar: rules by name, and the words of names that have no rules, each as likely as the next. */
export interface Grammar {
  readonly start: string;
  readonly rules: Readonly<Record<string, readonly GrammarRule[]>>;
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/**
 * Sentences of a synchronous grammar, by the number of words of their source: how probable a length is, and sentences of
 * one, as probable as the grammar makes them among those. So sentences are as if drawn freely until one fits, but also
 * where few do.
 */
export class Sentences {
  readonly #grammar: Grammar;
  readonly #probabilities = new Map<string, number>();

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  /** Probability that a sentence has so many words. */
  weight(length: number): number {
    return this.#ofName(this.#grammar.start, length);
  }

  /** A sentence of a length whose weight is not 0. */
  draw(random: Random, length: number): WordPair {
    return this.#draw(random, this.#grammar.start, length);
  }

  /** The target of a source; undefined where the grammar has no such sentence. */
  targetOf(source: readonly string[]): readonly string[] | undefined {
    const found = new Map<string, readonly string[] | undefined>();
    const once = (key: string, find: () => readonly string[] | undefined): readonly string[] | undefined => {
      if (!found.has(key)) found.set(key, find());
      return found.get(key);
    };
    const ofName = (name: string, begin: number, end: number): readonly string[] | undefined => {
      const rules = this.#grammar.rules[name];
      if (rules) return once(`${name} ${begin} ${end}`, () => first(rules, (rule) => ofRule(rule, begin, end)));
      const [word] = end - begin === 1 ? source.slice(begin, end) : [];
      return word !== undefined && (this.#grammar.words[name] ?? [name]).includes(word) ? [word] : undefined;
    };
    const ofRule = ({ source: parts, target }: GrammarRule, begin: number, end: number) => {
      const targets = ofParts(parts, begin, end);
      return targets && target.flatMap((part) => (typeof part === "string" ? [part] : targets[part]!));
    };
    const ofParts = (
      [part, ...rest]: readonly string[],
      begin: number,
      end: number,
    ): (readonly string[])[] | undefined => {
      if (part === undefined) return begin === end ? [] : undefined;
      const ends = rest.length
        ? Array.from({ length: Math.max(0, end - rest.length - begin) }, (_, i) => begin + 1 + i)
        : [end];
      return first(ends, (middle) => {
        const own = middle > begin ? ofName(part, begin, middle) : undefined;
        const others = own && ofParts(rest, middle, end);
        return own && others && [own, ...others];
      });
    };
    return ofName(this.#grammar.start, 0, source.length);
  }

  #ofName(name: string, length: number): number {
    const rules = this.#grammar.rules[name];
    if (!rules) return Number(length === 1);
    return this.#once(`${name} ${length}`, () => sum(this.#ofRules(rules, length)));
  }

  #ofRules(rules: readonly GrammarRule[], length: number): number[] {
    return rules.map(({ probability, source }) => probability * this.#ofParts(source, length));
  }

  /** Probability that parts have so many words together. Each has at least one, so that a rule may begin with its own name. */
  #ofParts(parts: readonly string[], length: number): number {
    if (parts.length === 1) return this.#ofName(parts[0]!, length);
    return this.#once(`${parts.join()} ${length}`, () => sum(this.#splits(parts, length)));
  }

  /** The same by the words of the first part, from 1 up. */
  #splits([first, ...rest]: readonly string[], length: number): number[] {
    return Array.from({ length: Math.max(0, length - rest.length) }, (_, i) => {
      const own = this.#ofName(first!, i + 1);
      return own && own * this.#ofParts(rest, length - 1 - i);
    });
  }

  #once(key: string, compute: () => number): number {
    let found = this.#probabilities.get(key);
    if (found === undefined) this.#probabilities.set(key, (found = compute()));
    return found;
  }

  #draw(random: Random, name: string, length: number): WordPair {
    const rules = this.#grammar.rules[name];
    if (!rules) {
      const words = this.#grammar.words[name] ?? [name];
      const word = [words[random.integer(0, words.length - 1)]!];
      return { source: word, target: word };
    }
    const rule = rules[weighted(random, this.#ofRules(rules, length))]!;
    const parts: WordPair[] = [];
    let left = length;
    rule.source.forEach((part, i) => {
      const rest = rule.source.slice(i);
      const own = rest.length === 1 ? left : 1 + weighted(random, this.#splits(rest, left));
      parts.push(this.#draw(random, part, own));
      left -= own;
    });
    return {
      source: parts.flatMap(({ source }) => source),
      target: rule.target.flatMap((part) => (typeof part === "string" ? [part] : parts[part]!.target)),
    };
  }
}

/** The first result that is there. */
function first<T, Result>(all: readonly T[], find: (each: T) => Result | undefined): Result | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Number of one of several weights, drawn by them. */
export function weighted(random: Random, weights: readonly number[]): number {
  let left = random.uniform() * sum(weights);
  const found = weights.findIndex((weight) => weight > 0 && (left -= weight) < 0);
  return found < 0 ? weights.findLastIndex((weight) => weight > 0) : found;
}
