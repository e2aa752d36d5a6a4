import { gather } from "../graph/ops/index.js";
import type { Initializer, Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { uniform } from "./initializers.js";
import { Layer } from "./layer.js";

/** Sizes of an Embedding. */
export interface EmbeddingOptions {
  /** Symbols there are. */
  symbols: number;
  /** Numbers that stand for a symbol. */
  width: number;
  /** How the vectors start. Default: uniform, with variance 1 / width. */
  vectors?: Initializer;
}

/** A learned vector for each symbol. */
export class Embedding extends Layer {
  readonly vectors: Parameter;

  constructor({ symbols, width, vectors = uniform(Math.sqrt(3 / width)) }: EmbeddingOptions) {
    super();
    this.vectors = this.parameter("vectors", [symbols, width], vectors);
  }

  /** indices: (…), whole numbers → (…, width). */
  forward(indices: Tensor): Tensor {
    return gather(indices.scope.graph.parameter(this.vectors), indices);
  }

  /**
   * The same, and then a map of every vector by itself: of all vectors there are, where so many symbols are looked up
   * that this is less work.
   */
  through(map: (vectors: Tensor) => Tensor, indices: Tensor, count: number): Tensor {
    const table = indices.scope.graph.parameter(this.vectors);
    return count < this.vectors.shape[0]! ? map(gather(table, indices)) : gather(map(table), indices);
  }
}
