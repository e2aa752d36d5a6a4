import { add, affine, clip, diagonalGate, multiply, relu, slice, sum } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Convolution, unitScaling } from "./convolution.js";

export interface DiagonalCellOptions {
  maps: number;
  /** Sets of parameters, for relaxation. */
  sets: number;
}

/** hs: clamp(x / 2 + 1/2, 0, 1). */
export const hardSigmoid = (x: Tensor): Tensor => clip(affine(x, { scale: 0.5, shift: 0.5 }), { low: 0, high: 1 });

/** ht: clamp(x, −1, 1). */
export const hardTanh = (x: Tensor): Tensor => clip(x, { low: -1, high: 1 });

/** From here on a pre-activation counts as saturated. */
const SATURATED = 0.9;

/** Σ max(0, |x| − 0.9) of each example, where `inside` (batch, length) is 1: x (batch, length, n) → (batch). */
export function saturation(x: Tensor, inside: Tensor): Tensor {
  const above = relu(affine(x, { shift: -SATURATED }));
  const below = relu(affine(x, { scale: -1, shift: -SATURATED }));
  return sum(multiply(sum(add(above, below)), inside));
}

export interface DiagonalStep {
  readonly next: Tensor;
  /** Pre-activations, whose saturation may cost something. */
  readonly before: readonly Tensor[];
}

/**
 * Diagonal convolutional gated recurrent unit over a sequence. Freivalds & Liepins 2017, arXiv:1702.08727.
 *
 *   r = hs(U″ ∗ s + B″),  c = ht(U ∗ (r · s) + B),  g = hs(U′ ∗ s + B′),   s′ = g · moved(s) + (1 − g) · dropout(c)
 *
 * Of what is kept a third comes from the left and a third from the right, so that values travel without being computed
 * again. The non-linearities are flat outside; a cost on what is saturated keeps gradients alive.
 */
export class DiagonalCell extends Layer {
  /** The gate g and the reset gate r. */
  readonly gates: Convolution;
  readonly candidate: Convolution;
  readonly #maps: number;

  constructor({ maps, sets }: DiagonalCellOptions) {
    super();
    this.#maps = maps;
    const sizes = { taps: [3], inputSize: maps, kernel: unitScaling(1), sets };
    const bias = (output: number): number => (output < maps ? 0.7 : 0.5);
    this.gates = this.layer("gates", new Convolution({ ...sizes, outputSize: 2 * maps, bias }));
    this.candidate = this.layer("candidate", new Convolution({ ...sizes, outputSize: maps }));
  }

  /** s: (batch, length, maps); `drop` is what training does to a candidate. */
  step(s: Tensor, set: Tensor | undefined, drop: (candidate: Tensor) => Tensor = (c) => c): DiagonalStep {
    const toGates = this.gates.forward(s, set);
    const gates = hardSigmoid(toGates);
    const g = slice(gates, { end: this.#maps });
    const r = slice(gates, { begin: this.#maps });
    const toCandidate = this.candidate.forward(multiply(r, s), set);
    return { next: diagonalGate(s, g, drop(hardTanh(toCandidate))), before: [toGates, toCandidate] };
  }
}
