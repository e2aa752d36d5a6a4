import { Opcode } from "../../../assembly/opcodes.js";
import { defineOp } from "../op.js";
import { rowsOf } from "../shape.js";

/** Softmax over the last axis: x (…, n) → y (…, n). Each row of y sums to 1. */
export const softmax = defineOp("softmax", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.softmaxForward, { writes: [y], reads: [x], sizes: [cols, rows] });
  },
  backward({ emit }, { y, dy }, [dx]) {
    const [rows, cols] = rowsOf(y.shape);
    emit(Opcode.softmaxBackward, { adds: [dx], reads: [dy, y], sizes: [cols, rows] });
  },
});
