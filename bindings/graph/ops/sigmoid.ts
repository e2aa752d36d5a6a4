import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Logistic function: x (…) → y (…) = 1 / (1 + exp(−x)). */
export const sigmoid = /* @__PURE__ */ defineElementwise(
  "sigmoid",
  ["x"],
  Opcode.sigmoidForward,
  Opcode.sigmoidBackward,
  ({ y }) => [y],
);
