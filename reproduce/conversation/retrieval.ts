type Words = readonly string[];

/**
 * Which of several replies shares the most words with what it answers, rare words counting more: cosines of counts
 * weighted by log (texts / texts with the word). The baseline TF-IDF of Lowe et al. 2015, arXiv:1506.08909.
 */
export class SharedWords {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #unseen: number;

  /** @param texts of training. */
  constructor(texts: readonly Words[]) {
    const seen = new Map<string, number>();
    for (const text of texts) for (const word of new Set(text)) seen.set(word, (seen.get(word) ?? 0) + 1);
    this.#weights = new Map([...seen].map(([word, count]) => [word, Math.log(texts.length / count)]));
    this.#unseen = Math.log(texts.length);
  }

  /** Cosine of two texts, from 0 to 1; 0 where one has nothing that counts. */
  likeness(a: Words, b: Words): number {
    const [x, y] = [this.#vector(a), this.#vector(b)];
    const product = [...x].reduce((sum, [word, weight]) => sum + weight * (y.get(word) ?? 0), 0);
    return product && product / (norm(x) * norm(y));
  }

  #vector(text: Words): Map<string, number> {
    const vector = new Map<string, number>();
    for (const word of text) vector.set(word, (vector.get(word) ?? 0) + (this.#weights.get(word) ?? this.#unseen));
    return vector;
  }
}

const norm = (vector: ReadonlyMap<string, number>): number =>
  Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight * weight, 0));
