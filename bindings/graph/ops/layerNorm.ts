import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/** Epsilon of a layer normalisation. */
export interface LayerNormOptions {
  /** Added to the variance. Default: 1e-5. */
  epsilon?: number;
}

/**
 * Layer normalisation over the last axis: x (…, n), gain (n), bias (n) → y (…, n), each row with mean 0 and variance 1
 * before gain and bias. Ba, Kiros & Hinton 2016, arXiv:1607.06450.
 */
export const layerNorm = /* @__PURE__ */ defineOp("layerNorm", {
  inputs: ["x", "gain", "bias"],
  shape([x, gain, bias], _options: LayerNormOptions | undefined) {
    expectShape("layerNorm", "gain", gain.shape, x.shape.slice(-1));
    expectShape("layerNorm", "bias", bias.shape, x.shape.slice(-1));
    return x.shape;
  },
  saves: ([x]) => [[...x.shape.slice(0, -1), 2]], // mean and 1 / standard deviation of each row
  forward({ emit, saved: [stats], attributes }, y, [x, gain, bias]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.layerNormForward, {
      writes: [y, stats!],
      reads: [x, gain, bias],
      sizes: [cols, rows],
      scalars: [attributes?.epsilon ?? 1e-5],
    });
  },
  backward({ emit, saved: [stats] }, { x: [x, gain], dy }, gradients) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.layerNormBackward, { adds: gradients, reads: [dy, x, gain, stats!], sizes: [cols, rows] });
  },
});
