import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * Wrong bits: logits (…, n), targets (…, n) of 0 and 1, mask (…) → their number (), each row weighted by its mask. A
 * logit above 0 says 1. No derivative.
 */
export const bitErrors = /* @__PURE__ */ defineOp("bitErrors", {
  inputs: ["logits", "targets", "mask"],
  shape([logits, targets, mask]) {
    expectShape("bitErrors", "targets", targets.shape, logits.shape);
    expectShape("bitErrors", "mask", mask.shape, logits.shape.slice(0, -1));
    return [];
  },
  forward({ emit }, y, [logits, targets, mask]) {
    const [rows, cols] = rowsOf(logits.shape);
    emit(Opcode.bitErrors, { writes: [y], reads: [logits, targets, mask], sizes: [cols, rows] });
  },
});
