import { constant, gruCell } from "../../graph/ops/index.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";

/** Sizes of a gated unit. */
export interface UnitSizes {
  readonly inputSize: number;
  readonly hiddenSize: number;
}

/**
 * A gated recurrent unit, without an initial state of its own: the paper's start from 0, or from the question.
 * z = σ(W_z x + U_z h), r = σ(W_r x + U_r h), n = tanh(W x + r ∘ (U h)), h' = z ∘ h + (1 − z) ∘ n, each product with a bias.
 */
export class GatedUnit extends Layer {
  readonly #size: number;
  /** W: (inputSize, 3 · hiddenSize), in the order reset, update, new. */
  readonly input: Linear;
  /** U: (hiddenSize, 3 · hiddenSize). */
  readonly hidden: Linear;

  constructor({ inputSize, hiddenSize }: UnitSizes) {
    super();
    this.#size = hiddenSize;
    this.input = this.layer("input", new Linear({ inputSize, outputSize: 3 * hiddenSize }));
    this.hidden = this.layer("hidden", new Linear({ inputSize: hiddenSize, outputSize: 3 * hiddenSize }));
  }

  /** The next state: projected (batch, 3 · hiddenSize), what `input` makes of an input; h (batch, hiddenSize). */
  advance(projected: Tensor, h: Tensor): Tensor {
    return gruCell(projected, this.hidden.forward(h), h);
  }

  /** The state after each step, from 0: projected (steps, batch, 3 · hiddenSize) → (steps, batch, hiddenSize). */
  states(projected: Tensor): Tensor {
    const { graph } = projected.scope;
    const start = constant(graph, [projected.shape[1] as number, this.#size], 0);
    const step = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
      const next = this.advance(x, h);
      return [next, next];
    };
    return scan(step, start, projected)[1];
  }
}
