import { add, convolution, relu } from "../../graph/ops/index.js";
import type { Initializer, Parameter } from "../../graph/parameter.js";
import type { Tensor } from "../../graph/tensor.js";
import { uniform, zeros } from "../../layers/initializers.js";
import { Layer } from "../../layers/layer.js";

/** Taps of a kernel, each way. */
const TAPS = 3;

/** A convolution of 3 × 3 taps that keeps height and width. */
export class Filters extends Layer {
  readonly kernel: Parameter;
  readonly bias: Parameter;

  constructor(inputs: number, outputs: number, kernel: Initializer = rectified(inputs)) {
    super();
    this.kernel = this.parameter("kernel", [TAPS, TAPS, inputs, outputs], kernel);
    this.bias = this.parameter("bias", [outputs], zeros);
  }

  /** (batch, height, width, inputs) → (batch, height, width, outputs). */
  forward(x: Tensor): Tensor {
    const { graph } = x.scope;
    return convolution(x, graph.parameter(this.kernel), graph.parameter(this.bias));
  }
}

/** He et al. 2015, arXiv:1502.01852: keeps the variance behind a rectifier. */
const rectified = (inputs: number): Initializer => uniform(Math.sqrt(6 / (TAPS * TAPS * inputs)));

/** Sizes of a ResidualTower. */
export interface ResidualTowerOptions {
  /** Planes that go in. */
  readonly planes: number;
  /** Maps of every layer. */
  readonly maps: number;
  readonly blocks: number;
}

/**
 * Residual blocks of convolutions, as of AlphaGo Zero, Silver et al. 2017, "Neural network architecture":
 *
 *   x ← relu(K ∗ planes + b)
 *   x ← relu(x + K₂ ∗ relu(K₁ ∗ x + b₁) + b₂)     each block
 *
 * Instead of batch normalisation, which makes an answer depend on what is answered with it, every block starts as the
 * identity: K₂ is 0. Zhang, Dauphin & Ma 2019, arXiv:1901.09321.
 */
export class ResidualTower extends Layer {
  /** @internal */
  readonly first: Filters;
  /** @internal */
  readonly blocks: readonly (readonly [inner: Filters, outer: Filters])[];

  constructor({ planes, maps, blocks }: ResidualTowerOptions) {
    super();
    this.first = this.layer("first", new Filters(planes, maps));
    this.blocks = Array.from({ length: blocks }, (_, i) => [
      this.layer(`inner${i}`, new Filters(maps, maps)),
      this.layer(`outer${i}`, new Filters(maps, maps, zeros)),
    ]);
  }

  /** (batch, height, width, planes) → (batch, height, width, maps). */
  forward(planes: Tensor): Tensor {
    return this.blocks.reduce(
      (x, [inner, outer]) => relu(add(x, outer.forward(relu(inner.forward(x))))),
      relu(this.first.forward(planes)),
    );
  }
}
