import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Natural logarithm: x (…) → y (…) = log(x). */
export const log = /* @__PURE__ */ defineOp("log", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.logForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
  backward({ emit }, { x: [x], dy }, [dx]) {
    emit(Opcode.logBackward, { adds: [dx], reads: [dy, x], sizes: [sizeOf(dy.shape)] });
  },
});
