import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Logistic function: x (…) → y (…) = 1 / (1 + exp(−x)). */
export const sigmoid = /* @__PURE__ */ defineOp("sigmoid", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.sigmoidForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
  backward({ emit }, { y, dy }, [dx]) {
    emit(Opcode.sigmoidBackward, { adds: [dx], reads: [dy, y], sizes: [sizeOf(dy.shape)] });
  },
});
