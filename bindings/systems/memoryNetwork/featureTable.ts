import { normal } from "../../common/random/normal.js";
import type { Random } from "../../common/random/philox.js";
import type { Initializer, Parameter } from "../../graph/parameter.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { wordBag } from "../../layers/wordBag.js";
import type { SentenceFeatures } from "./wordFeatures.js";

/** Normal with mean 0. */
export const normalWith =
  (deviation: number): Initializer =>
  (values, random: Random) => {
    for (let i = 0; i < values.length; ++i) values[i] = deviation * normal(random);
  };

/** Sizes of a FeatureTable. */
export interface FeatureTableOptions {
  readonly features: SentenceFeatures;
  /** Rows: see featureCount. */
  readonly count: number;
  readonly width: number;
  readonly deviation: number;
}

/** How much places count in position encoding. */
const SLOPE = 4;

/** One of the copies of the features that the paper's U has side by side: columns of U, each a row here. */
export class FeatureTable extends Layer {
  readonly #slope: number;
  readonly vectors: Parameter;

  constructor({ features, count, width, deviation }: FeatureTableOptions) {
    super();
    this.#slope = features === "position" ? SLOPE : 0;
    this.vectors = this.parameter("vectors", [count, width], normalWith(deviation));
  }

  /** U Φ of sentences: numbers of their features (…, count), −1 for none → (…, width). */
  of(numbers: Tensor): Tensor {
    const columns = numbers.shape.at(-1) as number;
    return wordBag(numbers.scope.graph.parameter(this.vectors), numbers, { slope: this.#slope, columns });
  }
}
