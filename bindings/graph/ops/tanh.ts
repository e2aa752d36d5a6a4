import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Hyperbolic tangent: x (…) → y (…) = tanh(x). */
export const tanh = /* @__PURE__ */ defineOp("tanh", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.tanhForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
  backward({ emit }, { y, dy }, [dx]) {
    emit(Opcode.tanhBackward, { adds: [dx], reads: [dy, y], sizes: [sizeOf(dy.shape)] });
  },
});
