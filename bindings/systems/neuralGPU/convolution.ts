import { convolution } from "../../graph/ops/index.js";
import type { Initializer, Parameter } from "../../graph/parameter.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { eachSet, setOf } from "./parameterSets.js";

export interface ConvolutionOptions {
  /** Taps along each axis, odd numbers: of the width and of the length, or of the length alone. */
  taps: readonly number[];
  inputSize: number;
  outputSize: number;
  /** How a kernel starts. */
  kernel: Initializer;
  /** What the bias starts at, by output. Default: 0. */
  bias?: (output: number) => number;
  /** Sets of parameters. */
  sets: number;
}

/** Convolution that keeps the lengths, with several sets of parameters: kernels (sets, …taps, inputSize, outputSize). */
export class Convolution extends Layer {
  readonly kernel: Parameter;
  readonly bias: Parameter;

  constructor({ taps, inputSize, outputSize, kernel, bias = () => 0, sets }: ConvolutionOptions) {
    super();
    this.kernel = this.parameter("kernel", [sets, ...taps, inputSize, outputSize], eachSet(kernel));
    this.bias = this.parameter("bias", [sets, outputSize], (values) => {
      for (let i = 0; i < values.length; ++i) values[i] = bias(i % outputSize);
    });
  }

  /** `set` (1) is the number of the set, if there are several. */
  forward(x: Tensor, set: Tensor | undefined): Tensor {
    const { graph } = x.scope;
    return convolution(x, setOf(this.kernel, set, graph), setOf(this.bias, set, graph));
  }
}

/** Uniform, with variance 1 / inputs of an output times the square of the gain. */
export const unitScaling =
  (gain: number): Initializer =>
  (values, random, shape) => {
    const inputs = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const limit = gain * Math.sqrt(3 / inputs);
    for (let i = 0; i < values.length; ++i) values[i] = random.uniform(-limit, limit);
  };
