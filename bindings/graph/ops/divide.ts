import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Quotient, element by element: a (…), b (…) → y (…) = a / b, all of one shape. */
export const divide = /* @__PURE__ */ defineElementwise(
  "divide",
  ["a", "b"],
  Opcode.divideForward,
  Opcode.divideBackward,
  ({ x, y }) => [x[1]!, y],
);
