import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Rectifier: x (…) → y (…) = max(x, 0). */
export const relu = /* @__PURE__ */ defineOp("relu", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.reluForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
  backward({ emit }, { y, dy }, [dx]) {
    emit(Opcode.reluBackward, { adds: [dx], reads: [dy, y], sizes: [sizeOf(dy.shape)] });
  },
});
