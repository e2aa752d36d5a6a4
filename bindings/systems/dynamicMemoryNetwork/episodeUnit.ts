import { add, interpolate, multiply, sigmoid, slice, tanh } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";
import { GatedUnit, type UnitSizes } from "./gatedUnit.js";

/** What an episode is gathered with: its state after a sentence that it reads as far as a gate is open. */
export interface EpisodeUnit extends Layer {
  readonly input: Linear;
  /** projected: (batch, …), what `input` makes of a fact; gate (batch); h (batch, hiddenSize). */
  read(projected: Tensor, gate: Tensor, h: Tensor): Tensor;
}

/** Of Kumar et al. 2015: h' = g GRU(c, h) + (1 − g) h. */
export class GatedEpisodeUnit extends GatedUnit implements EpisodeUnit {
  read(projected: Tensor, gate: Tensor, h: Tensor): Tensor {
    return interpolate(gate, this.advance(projected, h), h);
  }
}

/**
 * The attention GRU of Xiong, Merity & Socher 2016, arXiv:1603.01417: the gate of attention in the place of the update gate.
 * r = σ(W_r c + U_r h), n = tanh(W c + r ∘ (U h)), h' = g n + (1 − g) h, each product with a bias.
 */
export class AttentionUnit extends Layer implements EpisodeUnit {
  readonly #size: number;
  /** W: (inputSize, 2 · hiddenSize), in the order reset, new. */
  readonly input: Linear;
  /** U: (hiddenSize, 2 · hiddenSize). */
  readonly hidden: Linear;

  constructor({ inputSize, hiddenSize }: UnitSizes) {
    super();
    this.#size = hiddenSize;
    this.input = this.layer("input", new Linear({ inputSize, outputSize: 2 * hiddenSize }));
    this.hidden = this.layer("hidden", new Linear({ inputSize: hiddenSize, outputSize: 2 * hiddenSize }));
  }

  read(projected: Tensor, gate: Tensor, h: Tensor): Tensor {
    const resetOf = (x: Tensor): Tensor => slice(x, { end: this.#size });
    const newOf = (x: Tensor): Tensor => slice(x, { begin: this.#size });
    const ofState = this.hidden.forward(h);
    const reset = sigmoid(add(resetOf(projected), resetOf(ofState)));
    return interpolate(gate, tanh(add(newOf(projected), multiply(reset, newOf(ofState)))), h);
  }
}
