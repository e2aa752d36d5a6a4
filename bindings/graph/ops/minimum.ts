import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** The smaller of a and b, of equal shapes, element by element. Where they are equal each gets half of the gradient. */
export const minimum = /* @__PURE__ */ defineElementwise(
  "minimum",
  ["a", "b"],
  Opcode.minimumForward,
  Opcode.minimumBackward,
  ({ x }) => x,
);
