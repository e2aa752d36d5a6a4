import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Hyperbolic tangent: x (…) → y (…) = tanh(x). */
export const tanh = /* @__PURE__ */ defineElementwise(
  "tanh",
  ["x"],
  Opcode.tanhForward,
  Opcode.tanhBackward,
  ({ y }) => [y],
);
