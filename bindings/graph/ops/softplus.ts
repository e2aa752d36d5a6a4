import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Softplus: x (…) → y (…) = log(1 + exp(x)). */
export const softplus = /* @__PURE__ */ defineElementwise(
  "softplus",
  ["x"],
  Opcode.softplusForward,
  Opcode.softplusBackward,
  ({ x }) => x,
);
