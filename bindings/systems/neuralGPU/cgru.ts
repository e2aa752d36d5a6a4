import { add, affine, clip, multiply, sigmoid, slice, subtract, tanh } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Convolution, unitScaling } from "./convolution.js";

export interface CGRUOptions {
  maps: number;
  /** Sets of parameters, for relaxation. */
  sets: number;
}

/** A gate that reaches 0 and 1, where a sigmoid comes near: clamp(1.2 σ(x) − 0.1, 0, 1). */
export const cutoff = (x: Tensor): Tensor => clip(affine(sigmoid(x), { scale: 1.2, shift: -0.1 }), { low: 0, high: 1 });

/**
 * Convolutional gated recurrent unit over images. Kaiser & Sutskever 2016, arXiv:1511.08228, section 2.
 *
 *   u, r = cutoff(U′ ∗ s + B′), cutoff(U″ ∗ s + B″),   s′ = u · s + (1 − u) · tanh(U ∗ (r · s) + B)
 */
export class CGRU extends Layer {
  /** Update gate and reset gate. */
  readonly gates: Convolution;
  readonly candidate: Convolution;
  readonly #maps: number;

  constructor({ maps, sets }: CGRUOptions) {
    super();
    this.#maps = maps;
    const sizes = { taps: [3, 3], inputSize: maps, kernel: unitScaling(1.8), sets };
    // The gates start open, at +1, as in the authors' code.
    this.gates = this.layer("gates", new Convolution({ ...sizes, outputSize: 2 * maps, bias: () => 1 }));
    this.candidate = this.layer("candidate", new Convolution({ ...sizes, outputSize: maps }));
  }

  /** (batch, width, length, maps) → the same. */
  step(s: Tensor, set: Tensor | undefined): Tensor {
    const gates = cutoff(this.gates.forward(s, set));
    const u = slice(gates, { end: this.#maps });
    const r = slice(gates, { begin: this.#maps });
    const candidate = tanh(this.candidate.forward(multiply(r, s), set));
    return add(candidate, multiply(u, subtract(s, candidate)));
  }
}
