import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineElementwise } from "../elementwise.js";

/** Natural logarithm: x (…) → y (…) = log(x). */
export const log = /* @__PURE__ */ defineElementwise("log", ["x"], Opcode.logForward, Opcode.logBackward, ({ x }) => x);
