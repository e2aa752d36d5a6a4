import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * Logarithm of softmax over what a mask keeps of the last axis: x (…, n), mask (…, n) → y (…, n). Where the mask is
 * 0, y is −10⁴, whose exp is 0. The mask has no gradient.
 */
export const maskedLogSoftmax = /* @__PURE__ */ defineOp("maskedLogSoftmax", {
  inputs: ["x", "mask"],
  shape([x, mask]) {
    expectShape("maskedLogSoftmax", "mask", mask.shape, x.shape);
    return x.shape;
  },
  forward({ emit }, y, [x, mask]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.maskedLogSoftmaxForward, { writes: [y], reads: [x, mask], sizes: [cols, rows] });
  },
  backward({ emit }, { x: [, mask], y, dy }, [dx]) {
    const [rows, cols] = rowsOf(y.shape);
    emit(Opcode.maskedLogSoftmaxBackward, { adds: [dx], reads: [dy, y, mask], sizes: [cols, rows] });
  },
});
