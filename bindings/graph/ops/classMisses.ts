import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * Rows that name a wrong class: logits (…, classes), targets (…), mask (…) → (…): 1 where the mask is not 0 and the
 * largest logit, of equals the first, is not the target's, else 0. NaN is wrong, and so is a target that is no class.
 * No derivative.
 */
export const classMisses = /* @__PURE__ */ defineOp("classMisses", {
  inputs: ["logits", "targets", "mask"],
  shape([logits, targets, mask]) {
    expectShape("classMisses", "targets", targets.shape, logits.shape.slice(0, -1));
    expectShape("classMisses", "mask", mask.shape, logits.shape.slice(0, -1));
    return mask.shape;
  },
  forward({ emit }, y, [logits, targets, mask]) {
    const [rows, classes] = rowsOf(logits.shape);
    emit(Opcode.classMisses, { writes: [y], reads: [logits, targets, mask], sizes: [classes, rows] });
  },
});
