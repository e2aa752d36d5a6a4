import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * Rows with a wrong bit: logits (…, n), targets (…, n) of 0 and 1, mask (…) → (…): 1 where the mask is not 0 and any of
 * the row's bits is wrong, else 0. A logit above 0 says 1; NaN is wrong. No derivative.
 */
export const bitMisses = /* @__PURE__ */ defineOp("bitMisses", {
  inputs: ["logits", "targets", "mask"],
  shape([logits, targets, mask]) {
    expectShape("bitMisses", "targets", targets.shape, logits.shape);
    expectShape("bitMisses", "mask", mask.shape, logits.shape.slice(0, -1));
    return mask.shape;
  },
  forward({ emit }, y, [logits, targets, mask]) {
    const [rows, cols] = rowsOf(logits.shape);
    emit(Opcode.bitMisses, { writes: [y], reads: [logits, targets, mask], sizes: [cols, rows] });
  },
});
