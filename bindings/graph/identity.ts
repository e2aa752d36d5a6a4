import { Opcode } from "../../assembly/generated/opcodes.js";
import { defineOp } from "./op.js";
import { sizeOf } from "./shape.js";

/**
 * A copy in a buffer of its own: x (…) → y (…). Beside the ops, since `scan` and `compile` copy what may not share a
 * buffer.
 */
export const identity = /* @__PURE__ */ defineOp("identity", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.identityForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
  backward({ emit }, { dy }, [dx]) {
    emit(Opcode.identityBackward, { adds: [dx], reads: [dy], sizes: [sizeOf(dy.shape)] });
  },
});
