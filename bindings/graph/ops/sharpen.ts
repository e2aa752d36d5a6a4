import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/** Epsilon of a sharpening. */
export interface SharpenOptions {
  /** Added to the sum of the powers that each is divided by: 0, or from 1e-30 on. Default: 0. */
  epsilon?: number;
}

/**
 * A weighting raised to a power and normalised again: weights (…, slots), gamma (…) → (…, slots).
 * γ ≥ 1; what is below 0 by rounding counts as 0, and a row of zeros stays one.
 */
export const sharpen = /* @__PURE__ */ defineOp("sharpen", {
  inputs: ["weights", "gamma"],
  shape([weights, gamma], _: SharpenOptions | undefined) {
    expectShape("sharpen", "gamma", gamma.shape, weights.shape.slice(0, -1));
    return weights.shape;
  },
  /** Logarithms of the weights, and a factor for each row. */
  saves: ([weights, gamma]) => [weights.shape, gamma.shape],
  forward({ emit, saved, attributes }, y, inputs) {
    const [rows, slots] = rowsOf(y.shape);
    emit(Opcode.sharpenForward, {
      writes: [y, ...saved],
      reads: inputs,
      sizes: [slots, rows],
      scalars: [attributes?.epsilon ?? 0],
    });
  },
  backward({ emit, saved }, { x: [, gamma], y, dy }, gradients) {
    const [rows, slots] = rowsOf(y.shape);
    emit(Opcode.sharpenBackward, { adds: gradients, reads: [dy, y, ...saved, gamma], sizes: [slots, rows] });
  },
});
