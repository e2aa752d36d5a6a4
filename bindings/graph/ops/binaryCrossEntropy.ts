import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * Binary cross-entropy, in nats: logits (…, n), targets (…, n) in [0, 1], mask (…) → the sum () over all elements, each
 * row weighted by its mask. Targets and mask have no gradient.
 */
export const binaryCrossEntropy = /* @__PURE__ */ defineOp("binaryCrossEntropy", {
  inputs: ["logits", "targets", "mask"],
  shape([logits, targets, mask]) {
    expectShape("binaryCrossEntropy", "targets", targets.shape, logits.shape);
    expectShape("binaryCrossEntropy", "mask", mask.shape, logits.shape.slice(0, -1));
    return [];
  },
  forward({ emit }, y, [logits, targets, mask]) {
    const [rows, cols] = rowsOf(logits.shape);
    emit(Opcode.binaryCrossEntropyForward, { writes: [y], reads: [logits, targets, mask], sizes: [cols, rows] });
  },
  backward({ emit }, { x: [logits, targets, mask], dy }, [dlogits]) {
    const [rows, cols] = rowsOf(logits.shape);
    emit(Opcode.binaryCrossEntropyBackward, {
      adds: [dlogits],
      reads: [dy, logits, targets, mask],
      sizes: [cols, rows],
    });
  },
});
