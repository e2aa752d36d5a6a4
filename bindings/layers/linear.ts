import { linear } from "../graph/ops/index.js";
import type { Initializer, Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { glorot, zeros } from "./initializers.js";
import { Layer } from "./layer.js";

/** Sizes and initializers of a Linear. */
export interface LinearOptions {
  inputSize: number;
  outputSize: number;
  /** How the weights start. Default: Glorot, uniform. */
  weights?: Initializer;
  /** How the bias starts. Default: 0. */
  bias?: Initializer;
}

/** y = x W + b. Weights are (inputSize, outputSize). */
export class Linear extends Layer {
  readonly weights: Parameter;
  readonly bias: Parameter;

  constructor({ inputSize, outputSize, weights = glorot(), bias = zeros }: LinearOptions) {
    super();
    this.weights = this.parameter("weights", [inputSize, outputSize], weights);
    this.bias = this.parameter("bias", [outputSize], bias);
  }

  /** x: (…, inputSize) → (…, outputSize). */
  forward(x: Tensor): Tensor {
    return linear(x, this.weights, this.bias);
  }
}
