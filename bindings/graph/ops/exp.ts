import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Exponential: x (…) → y (…) = exp(x). */
export const exp = /* @__PURE__ */ defineOp("exp", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.expForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
  backward({ emit }, { y, dy }, [dx]) {
    emit(Opcode.expBackward, { adds: [dx], reads: [dy, y], sizes: [sizeOf(dy.shape)] });
  },
});
