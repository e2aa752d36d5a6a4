/** How an n-gram model is smoothed. */
export interface KneserNeyOptions {
  /** Symbols of an n-gram. */
  readonly order: number;
  /** Symbols are numbers from 0 to below it. */
  readonly symbols: number;
  /** What is taken from every count. Default: by how many n-grams are seen once, twice and so on, as Chen & Goodman have it. */
  readonly discount?: number;
}

/** Discounts of n-grams that are seen once, twice, and more often. */
type Discounts = readonly [number, number, number];

/**
 * An interpolated n-gram model of Kneser & Ney 1995, modified as in Chen & Goodman 1998, section 3: n-grams of the highest
 * order by how often they are seen, those of lower orders by how many symbols are seen in front of them. The lowest
 * order is not discounted: every symbol that is asked for must have been seen.
 */
export class KneserNey {
  readonly #order: number;
  readonly #trie: Trie;
  /** By length of n-grams, from 1 on; none of the first. */
  readonly #discounts: readonly Discounts[];

  /** @param texts what is counted; the first `order − 1` symbols of each are only context. */
  constructor(texts: Iterable<ArrayLike<number>>, { order, symbols, discount }: KneserNeyOptions) {
    this.#order = order;
    this.#trie = new Trie(order, symbols);
    for (const text of texts) this.#trie.count(text);
    this.#trie.close();
    this.#discounts = Array.from({ length: order }, (_, i) =>
      discount === undefined ? this.#trie.discounts(i + 1) : [discount, discount, discount],
    );
  }

  /** Probability of a symbol after those before it, of which the last `order − 1` count. */
  probability(symbol: number, before: ArrayLike<number>): number {
    return this.probabilityIn(this.context(before), symbol);
  }

  /** What is known of the symbols before another, of which the last `order − 1` count. */
  context(before: ArrayLike<number>): Context {
    let context: Context = [0];
    for (let i = Math.max(0, before.length - this.#order + 1); i < before.length; ++i) {
      context = this.next(context, before[i]!);
    }
    return context;
  }

  /** The context that a context and one more symbol make. */
  next(context: Context, symbol: number): Context {
    const nodes = [0];
    for (const node of context) {
      const child = nodes.length < this.#order ? this.#trie.child(node, symbol) : undefined;
      if (child === undefined) break; // a longer one is not there either
      nodes.push(child);
    }
    return nodes;
  }

  /** Probability of a symbol in a context. */
  probabilityIn(context: Context, symbol: number): number {
    let probability = this.#trie.share(symbol);
    for (let length = 1; length < context.length; ++length) {
      const node = context[length]!;
      const counted = this.#trie.at(node);
      if (!counted.total) break;
      const [one, two, more] = this.#discounts[length]!;
      const count = this.#trie.countOf(node, symbol);
      const taken = count === 0 ? 0 : count === 1 ? one : count === 2 ? two : more;
      const left = (one * counted.once + two * counted.twice + more * counted.often) / counted.total;
      probability = (count - taken) / counted.total + left * probability;
    }
    return probability;
  }
}

/** The last symbols, as the model knows them: for each length from 0 on the n-gram that they are. */
export type Context = readonly number[];

/** What follows a context: how much, and how many symbols once, twice, and more often. */
interface Followers {
  readonly total: number;
  readonly once: number;
  readonly twice: number;
  readonly often: number;
}

/** All n-grams up to a length, each with its count: of the longest as they are seen, of the others by what is in front. */
class Trie {
  readonly #order: number;
  readonly #symbols: number;
  readonly #children = new Map<number, number>();
  readonly #parents: number[] = [-1];
  readonly #lengths: number[] = [0];
  readonly #counts: number[] = [0];
  #followers: { total: Float64Array; once: Float64Array; twice: Float64Array; often: Float64Array } | undefined;

  constructor(order: number, symbols: number) {
    this.#order = order;
    this.#symbols = symbols;
  }

  count(text: ArrayLike<number>): void {
    for (let end = this.#order; end <= text.length; ++end) {
      let shorter = -1; // the n-gram without its first symbol
      for (let length = 1; length <= this.#order; ++length) {
        const [node, isNew] = this.#reach(text, end - length, end);
        if (length === this.#order) ++this.#counts[node]!;
        if (isNew && shorter >= 0) ++this.#counts[shorter]!;
        shorter = node;
      }
    }
  }

  /** The node of an n-gram, made where it is not there. */
  #reach(text: ArrayLike<number>, begin: number, end: number): [node: number, isNew: boolean] {
    let node = 0;
    let isNew = false;
    for (let i = begin; i < end; ++i) {
      const key = node * this.#symbols + text[i]!;
      let child = this.#children.get(key);
      isNew = child === undefined;
      if (child === undefined) {
        child = this.#counts.length;
        this.#children.set(key, child);
        this.#parents.push(node);
        this.#lengths.push(i - begin + 1);
        this.#counts.push(0);
      }
      node = child;
    }
    return [node, isNew];
  }

  /** Sums up what follows what, once all is counted. */
  close(): void {
    const [total, once, twice, often] = [0, 1, 2, 3].map(() => new Float64Array(this.#counts.length)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    this.#counts.forEach((count, node) => {
      if (!node || !count) return;
      const parent = this.#parents[node]!;
      total[parent]! += count;
      ++(count === 1 ? once : count === 2 ? twice : often)[parent]!;
    });
    this.#followers = { total, once, twice, often };
  }

  /** The n-gram that another one and a symbol make, if it has been seen. */
  child(node: number, symbol: number): number | undefined {
    return this.#children.get(node * this.#symbols + symbol);
  }

  at(context: number): Followers {
    const { total, once, twice, often } = this.#followers!;
    return { total: total[context]!, once: once[context]!, twice: twice[context]!, often: often[context]! };
  }

  countOf(context: number, symbol: number): number {
    const node = this.child(context, symbol);
    return node === undefined ? 0 : this.#counts[node]!;
  }

  /** The part of all pairs that end with a symbol: the lowest order. */
  share(symbol: number): number {
    return this.countOf(0, symbol) / this.at(0).total;
  }

  /**
   * Equation 26 of Chen & Goodman, of the n-grams of a length; where so few are counted that it takes less than nothing,
   * or more than there is, a half, one and one and a half, as KenLM falls back to.
   */
  discounts(length: number): Discounts {
    const seen = [0, 0, 0, 0, 0];
    this.#counts.forEach((count, node) => {
      if (this.#lengths[node] === length && count > 0 && count < 5) ++seen[count]!;
    });
    const [, n1, n2, n3, n4] = seen as [number, number, number, number, number];
    const y = n1 / (n1 + 2 * n2);
    const of = (k: number, here: number, next: number): number => (here ? k - (k + 1) * y * (next / here) : 0);
    const discounts = [of(1, n1, n2), of(2, n2, n3), of(3, n3, n4)] as const;
    return discounts.every((taken, i) => taken >= 0 && taken <= i + 1) ? discounts : [0.5, 1, 1.5];
  }
}
