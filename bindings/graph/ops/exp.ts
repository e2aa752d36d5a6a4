import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Exponential: x (…) → y (…) = exp(x). */
export const exp = /* @__PURE__ */ defineElementwise("exp", ["x"], Opcode.expForward, Opcode.expBackward, ({ y }) => [
  y,
]);
