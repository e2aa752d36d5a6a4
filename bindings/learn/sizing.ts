/** Sizes of a model of pairs, and how long it is trained at most. */
export interface Size {
  readonly hiddenSize: number;
  readonly embeddingSize: number;
  readonly attentionSize: number;
  readonly dropout: number;
  /** Pairs a step. */
  readonly batch: number;
  /** Most steps; held-out pairs may end training earlier. */
  readonly steps: number;
}

/** Times that training sees every pair, at most. */
const EPOCHS = 40;

/**
 * A size for so many pairs: what a few thousand regular pairs need, and more where there are more to learn from. A small
 * set is seen more often, in smaller batches, and more is dropped.
 */
export function sizeFor(pairs: number): Size {
  const [hiddenSize, embeddingSize] = pairs < 20_000 ? [96, 48] : pairs < 100_000 ? [128, 64] : [192, 64];
  const batch = pairs < 300 ? 16 : pairs < 1000 ? 32 : 64;
  const steps = Math.min(20_000, Math.max(2000, Math.ceil((EPOCHS * pairs) / batch)));
  return { hiddenSize, embeddingSize, attentionSize: 48, dropout: pairs < 1000 ? 0.2 : 0.1, batch, steps };
}
