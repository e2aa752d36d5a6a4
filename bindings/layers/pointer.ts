import { concat, maskedLogSoftmax, tanh } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";
import { Attention, type Annotations, type AttentionOptions } from "./attention.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";

export interface PointerOptions extends AttentionOptions {
  /** How often the annotations are read before one is pointed at. Default: 0. */
  glimpses?: number;
}

/**
 * Attention that is the answer itself: how likely each annotation is pointed at. Vinyals, Fortunato & Jaitly 2015,
 * arXiv:1506.03134, (3). A glimpse first reads the annotations, and asks again with what it read: Vinyals, Bengio &
 * Kudlur 2015, arXiv:1511.06391, section 5.1. Both with q the query, a the annotations:
 *
 *   glimpse   q ← tanh(W [c; q] + b),   c = Σ_j α_j a_j,   α = softmax(score(q, a))
 *   pointer   p = softmax(score(q, a))
 */
export class Pointer extends Layer {
  readonly glimpses: readonly Glimpse[];
  readonly attention: Attention;

  constructor({ glimpses = 0, ...options }: PointerOptions) {
    super();
    this.glimpses = Array.from({ length: glimpses }, (_, i) => this.layer(`glimpse${i}`, new Glimpse(options)));
    this.attention = this.layer("attention", new Attention(options));
  }

  /** What every query needs: of each glimpse, then of the pointer. As Attention.annotate. */
  annotate(values: Tensor, mask: Tensor): Annotations[] {
    const attentions = [...this.glimpses.map(({ attention }) => attention), this.attention];
    return attentions.map((attention) => attention.annotate(values, mask));
  }

  /**
   * query: (batch, querySize), free: (batch, count), not 0 where it may point → log p: (batch, count), −10⁴ where it may
   * not.
   */
  forward(query: Tensor, annotations: readonly Annotations[], free: Tensor): Tensor {
    const asked = this.glimpses.reduce(
      (q, glimpse, i) => glimpse.forward(q, { ...annotations[i]!, mask: free }),
      query,
    );
    return maskedLogSoftmax(this.attention.score(asked, annotations.at(-1)!), free);
  }
}

/** A read of the annotations, and the query that follows from it. */
export class Glimpse extends Layer {
  readonly attention: Attention;
  readonly combine: Linear;

  constructor(options: AttentionOptions) {
    super();
    const { querySize, annotationSize } = options;
    this.attention = this.layer("attention", new Attention(options));
    const sizes = { inputSize: annotationSize + querySize, outputSize: querySize };
    this.combine = this.layer("combine", new Linear(sizes));
  }

  /** query: (batch, querySize) → the next query, of the same shape. */
  forward(query: Tensor, annotations: Annotations): Tensor {
    const { context } = this.attention.forward(query, annotations);
    return tanh(this.combine.forward(concat([context, query])));
  }
}
