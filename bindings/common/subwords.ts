/** Words that are kept in pieces, at most: texts repeat themselves. */
const MOST_KEPT = 65_536;

/**
 * Cuts words into pieces of a vocabulary by byte-pair encoding. Sennrich, Haddow & Birch 2016, arXiv:1508.07909, over code
 * points. A vocabulary in the order in which it was learned is all that it needs: of two neighbours that are a piece
 * together the piece that was learned first is joined first, the leftmost of equals, until none are.
 *
 * A code point that is not in the vocabulary is a piece by itself.
 *
 * @example
 * new Subwords([..."elorw", "lo", "er", "low"]).of("lower"); // ["low", "er"]
 */
export class Subwords {
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #kept = new Map<string, readonly string[]>();

  constructor(symbols: readonly string[]) {
    this.#ranks = new Map(symbols.map((symbol, rank) => [symbol, rank]));
  }

  /** The pieces of a word: joined they are the word again. */
  of(word: string): readonly string[] {
    const kept = this.#kept.get(word);
    if (kept) return kept;
    const pieces = cut(word, this.#ranks);
    if (this.#kept.size < MOST_KEPT) this.#kept.set(word, pieces);
    return pieces;
  }
}

function cut(word: string, ranks: ReadonlyMap<string, number>): string[] {
  const pieces = [...word];
  for (;;) {
    let [first, place] = [Infinity, -1];
    for (let i = 0; i + 1 < pieces.length; ++i) {
      const rank = ranks.get(pieces[i]! + pieces[i + 1]!) ?? Infinity;
      if (rank < first) [first, place] = [rank, i];
    }
    if (place < 0) return pieces;
    pieces.splice(place, 2, pieces[place]! + pieces[place + 1]!);
  }
}

/** How many pieces are learned, and of what. */
export interface SubwordLimits {
  /** Most pieces, code points among them; of these there may be more. */
  readonly size: number;
  /** How often two neighbours must be seen to be one piece. */
  readonly least: number;
  /** How often a code point must be seen to be in the vocabulary. Default: 1. */
  readonly leastCharacter?: number;
}

/**
 * A vocabulary for `Subwords`, of words and how often each is seen: its code points, the most frequent first, and then
 * again and again the two neighbours that are seen together most often, as one. Of equals, those first in the order of
 * their code units.
 */
export function learnSubwords(words: ReadonlyMap<string, number>, limits: SubwordLimits): string[] {
  const { size, least, leastCharacter = 1 } = limits;
  const characters = new Map<string, number>();
  for (const [word, count] of words)
    for (const character of word) characters.set(character, (characters.get(character) ?? 0) + count);
  const symbols = [...characters]
    .filter(([, count]) => count >= leastCharacter)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([character]) => character);
  const ranks = new Map(symbols.map((symbol, rank) => [symbol, rank]));
  const neighbours = new Neighbours(words, ranks);
  while (symbols.length < size) {
    const piece = neighbours.mostFrequent(least);
    if (piece === undefined) break;
    ranks.set(piece, symbols.length);
    symbols.push(piece);
    neighbours.join(piece);
  }
  return symbols;
}

/** Neighbouring pieces of words: how often each two are seen, and in which words. */
class Neighbours {
  readonly #words: readonly string[];
  readonly #counts: readonly number[];
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #pieces: string[][];
  /** Of two neighbours, joined. */
  readonly #seen = new Map<string, number>();
  /** Words, by number, that had two neighbours at some time. */
  readonly #having = new Map<string, Set<number>>();

  constructor(words: ReadonlyMap<string, number>, ranks: ReadonlyMap<string, number>) {
    this.#words = [...words.keys()];
    this.#counts = [...words.values()];
    this.#ranks = ranks;
    this.#pieces = this.#words.map((word) => [...word]);
    this.#pieces.forEach((_, word) => this.#add(word, 1));
  }

  /** The two neighbours that are seen most often, at least so often, joined; undefined where there are none. */
  mostFrequent(least: number): string | undefined {
    let [best, most]: [string | undefined, number] = [undefined, least];
    for (const [pair, count] of this.#seen)
      if (count > most || (count === most && (best === undefined || pair < best))) [best, most] = [pair, count];
    return best;
  }

  /** Cuts the words anew that have such neighbours: their piece is in the vocabulary now. */
  join(piece: string): void {
    const having = this.#having.get(piece) ?? new Set();
    this.#having.delete(piece);
    for (const word of having) {
      this.#add(word, -1);
      this.#pieces[word] = cut(this.#words[word]!, this.#ranks);
      this.#add(word, 1);
    }
  }

  #add(word: number, sign: 1 | -1): void {
    const pieces = this.#pieces[word]!;
    for (let i = 0; i + 1 < pieces.length; ++i) {
      // What the vocabulary lacks stays by itself.
      if (!this.#ranks.has(pieces[i]!) || !this.#ranks.has(pieces[i + 1]!)) continue;
      const pair = pieces[i]! + pieces[i + 1]!;
      const count = (this.#seen.get(pair) ?? 0) + sign * this.#counts[word]!;
      if (count) this.#seen.set(pair, count);
      else this.#seen.delete(pair);
      const having = this.#having.get(pair);
      if (sign < 0) continue;
      if (having) having.add(word);
      else this.#having.set(pair, new Set([word]));
    }
  }
}
