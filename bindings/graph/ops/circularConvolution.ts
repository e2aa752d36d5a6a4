import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, fixedAxis, format, rowsOf, ShapeError, type Shape } from "../shape.js";
import type { Size } from "../size.js";

/** Boundary of a shift. */
export interface CircularConvolutionOptions {
  /** Whether what leaves at one end enters at the other; otherwise it is lost. Default: true. */
  wrap?: boolean;
}

/**
 * A weighting moved by a distribution over shifts: weights (…, slots), shifts (…, size) → (…, slots).
 * The shifts run from −(size − 1)/2 to (size − 1)/2, so size is odd; y[i] = Σ_d shifts[d] · weights[i − d].
 */
export const circularConvolution = /* @__PURE__ */ defineOp("circularConvolution", {
  inputs: ["weights", "shifts"],
  shape([weights, shifts], _: CircularConvolutionOptions | undefined) {
    const size = fixedAxis("circularConvolution", shifts.shape, -1);
    expectShape("circularConvolution", "shifts", shifts.shape, weights.shape.with(-1, size));
    if (size % 2 === 1) return weights.shape;
    throw new ShapeError(
      `circularConvolution: shifts is ${format(shifts.shape)}, and its last axis must be odd, to be centred on 0`,
      "circularConvolution",
      "an odd number of shifts",
      String(size),
    );
  },
  forward({ emit, attributes }, y, [weights, shifts]) {
    const sizes = sizesOf(y.shape, shifts.shape, attributes);
    emit(Opcode.circularConvolutionForward, { writes: [y], reads: [weights, shifts], sizes });
  },
  backward({ emit, attributes }, { x, dy }, gradients) {
    const sizes = sizesOf(dy.shape, x[1].shape, attributes);
    emit(Opcode.circularConvolutionBackward, { adds: gradients, reads: [dy, ...x], sizes });
  },
});

/** Slots, shifts, wrap, rows. */
function sizesOf(weights: Shape, shifts: Shape, options: CircularConvolutionOptions | undefined): Size[] {
  const [rows, slots] = rowsOf(weights);
  return [slots, rowsOf(shifts)[1], (options?.wrap ?? true) ? 1 : 0, rows];
}
