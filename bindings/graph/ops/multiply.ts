import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Product, element by element: a (…), b (…) → y (…) = a · b, all of one shape. */
export const multiply = /* @__PURE__ */ defineElementwise(
  "multiply",
  ["a", "b"],
  Opcode.multiplyForward,
  Opcode.multiplyBackward,
  ({ x }) => x,
);
