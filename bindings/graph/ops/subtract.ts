import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Difference: a (…), b (…) → y (…) = a − b, all of one shape. */
export const subtract = /* @__PURE__ */ defineElementwise(
  "subtract",
  ["a", "b"],
  Opcode.subtractForward,
  Opcode.subtractBackward,
);
