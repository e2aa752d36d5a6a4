import { additiveScore, affine, matmul, maskedSoftmax, weightedRead } from "../graph/ops/index.js";
import type { Parameter } from "../graph/parameter.js";
import { reshape } from "../graph/reshape.js";
import type { Tensor } from "../graph/tensor.js";
import { glorot, uniform } from "./initializers.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";

/**
 * How well a query s fits an annotation h:
 * - "additive": v · tanh(W s + U h + b). Bahdanau, Cho & Bengio 2015, arXiv:1409.0473.
 * - "dot": s · h, for queries as wide as annotations. Luong, Pham & Manning 2015, arXiv:1508.04025.
 * - "scaledDot": s · h / √width. Vaswani et al. 2017, arXiv:1706.03762.
 * - "general": s · W h. Luong, Pham & Manning 2015.
 */
export type AttentionScore = "additive" | "dot" | "scaledDot" | "general";

export interface AttentionOptions {
  /** Numbers of a query. */
  querySize: number;
  /** Numbers of an annotation. */
  annotationSize: number;
  /** Default: "additive". */
  score?: AttentionScore;
  /** Units of the additive score. Default: 64. */
  size?: number;
}

/** What queries are held against, computed once for all of them. */
export interface Annotations {
  /** (batch, count, annotationSize) */
  readonly values: Tensor;
  /** (batch, count, …): what of the score does not depend on the query. */
  readonly keys: Tensor;
  /** (batch, count): 0 where there is no annotation. */
  readonly mask: Tensor;
}

/** What a query finds. */
export interface Attended {
  /** (batch, count), before the softmax; what the mask leaves out means nothing. */
  readonly scores: Tensor;
  /** (batch, count): each row sums to 1, or is all 0 where there are no annotations. */
  readonly weights: Tensor;
  /** The annotations, weighted: (batch, annotationSize). */
  readonly context: Tensor;
}

/**
 * Attention of one query at a time to any number of annotations, wherever they are from. `annotate` computes once what
 * every query needs, outside of the loop that asks.
 */
export class Attention extends Layer {
  readonly #scale: number;
  /** What a query is multiplied by: (querySize, …). */
  readonly query: Parameter | undefined;
  readonly key: Linear | undefined;
  readonly vector: Parameter | undefined;

  /** @throws RangeError when a score of products is to compare vectors of different sizes. */
  constructor({ querySize, annotationSize, score = "additive", size = 64 }: AttentionOptions) {
    super();
    this.#scale = score === "scaledDot" ? 1 / Math.sqrt(annotationSize) : 1;
    if (score === "additive") {
      this.query = this.parameter("query", [querySize, size], glorot());
      this.vector = this.parameter("vector", [size], uniform(Math.sqrt(3 / size)));
      this.key = this.layer("key", new Linear({ inputSize: annotationSize, outputSize: size }));
    } else if (score === "general") {
      this.query = this.parameter("query", [querySize, annotationSize], glorot());
    } else if (querySize !== annotationSize) {
      const sizes = `${querySize} numbers and annotations of ${annotationSize}`;
      throw new RangeError(`Attention: the score "${score}" needs queries as wide as annotations, and not of ${sizes}`);
    }
  }

  /** values: (batch, count, annotationSize); mask: (batch, count), 0 where there is no annotation. */
  annotate(values: Tensor, mask: Tensor): Annotations {
    return { values, mask, keys: this.key ? this.key.forward(values) : values };
  }

  /** query: (batch, querySize). */
  forward(query: Tensor, annotations: Annotations): Attended {
    const { values, mask } = annotations;
    const scores = this.score(query, annotations);
    const weights = maskedSoftmax(scores, mask);
    const [batch, count, width] = values.shape;
    const read = weightedRead(values, reshape(weights, [batch!, 1, count!]));
    return { scores, weights, context: reshape(read, [batch!, width!]) };
  }

  /** The scores alone, for those who point: (batch, count). */
  score(query: Tensor, { keys }: Annotations): Tensor {
    const s = this.query ? matmul(query, query.scope.graph.parameter(this.query)) : query;
    if (this.vector) return additiveScore(s, keys, query.scope.graph.parameter(this.vector));
    const [batch, count, width] = keys.shape;
    const product = matmul(reshape(s, [batch!, 1, width!]), keys, { transposeB: true });
    const scores = reshape(product, [batch!, count!]);
    return this.#scale === 1 ? scores : affine(scores, { scale: this.#scale });
  }
}
