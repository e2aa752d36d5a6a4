import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * Softmax over what a mask keeps of the last axis: x (…, n), mask (…, n) → y (…, n). Where the mask is 0, y is 0; a row
 * that keeps nothing is all 0. The mask has no gradient.
 */
export const maskedSoftmax = /* @__PURE__ */ defineOp("maskedSoftmax", {
  inputs: ["x", "mask"],
  shape([x, mask]) {
    expectShape("maskedSoftmax", "mask", mask.shape, x.shape);
    return x.shape;
  },
  forward({ emit }, y, [x, mask]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.maskedSoftmaxForward, { writes: [y], reads: [x, mask], sizes: [cols, rows] });
  },
  backward({ emit }, { y, dy }, [dx]) {
    const [rows, cols] = rowsOf(y.shape);
    emit(Opcode.softmaxBackward, { adds: [dx], reads: [dy, y], sizes: [cols, rows] });
  },
});
