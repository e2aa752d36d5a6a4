import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** The same values, through which no gradient flows: x (…) → y (…). */
export const stopGradient = /* @__PURE__ */ defineOp("stopGradient", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.identityForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
});
