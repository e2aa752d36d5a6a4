import { Opcode } from "../../assembly/generated/opcodes.js";
import { defineElementwise } from "./elementwise.js";

/**
 * A copy in a buffer of its own: x (…) → y (…). Beside the ops, since `scan` and `compile` copy what may not share a
 * buffer.
 */
export const identity = /* @__PURE__ */ defineElementwise(
  "identity",
  ["x"],
  Opcode.identityForward,
  Opcode.identityBackward,
);
