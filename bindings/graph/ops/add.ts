import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Sum: a (…), b (…) → y (…) = a + b, all of one shape. */
export const add = /* @__PURE__ */ defineElementwise("add", ["a", "b"], Opcode.addForward, Opcode.addBackward);
