import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** The larger of a and b, of equal shapes, element by element. Where they are equal each gets half of the gradient. */
export const maximum = /* @__PURE__ */ defineElementwise(
  "maximum",
  ["a", "b"],
  Opcode.maximumForward,
  Opcode.maximumBackward,
  ({ x }) => x,
);
