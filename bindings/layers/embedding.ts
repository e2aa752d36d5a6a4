import { gather } from "../graph/ops/index.js";
import type { Initializer, Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { uniform } from "./initializers.js";
import { Layer } from "./layer.js";

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
}
