import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Rectifier: x (…) → y (…) = max(x, 0). */
export const relu = /* @__PURE__ */ defineElementwise(
  "relu",
  ["x"],
  Opcode.reluForward,
  Opcode.reluBackward,
  ({ y }) => [y],
);
