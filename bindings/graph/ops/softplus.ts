import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Softplus: x (…) → y (…) = log(1 + exp(x)). */
export const softplus = /* @__PURE__ */ defineOp("softplus", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.softplusForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
  backward({ emit }, { x: [x], dy }, [dx]) {
    emit(Opcode.softplusBackward, { adds: [dx], reads: [dy, x], sizes: [sizeOf(dy.shape)] });
  },
});
