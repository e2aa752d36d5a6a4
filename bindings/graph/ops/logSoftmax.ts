import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { rowsOf } from "../shape.js";

/** Logarithm of softmax over the last axis: x (…, n) → y (…, n). */
export const logSoftmax = /* @__PURE__ */ defineOp("logSoftmax", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.logSoftmaxForward, { writes: [y], reads: [x], sizes: [cols, rows] });
  },
  backward({ emit }, { y, dy }, [dx]) {
    const [rows, cols] = rowsOf(y.shape);
    emit(Opcode.logSoftmaxBackward, { adds: [dx], reads: [dy, y], sizes: [cols, rows] });
  },
});
