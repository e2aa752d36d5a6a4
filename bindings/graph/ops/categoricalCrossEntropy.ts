import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * Cross-entropy of softmax, in nats: logits (…, classes), targets (…), mask (…) → the sum () over all rows, weighted by
 * the mask. A target is the number of the true class; one that is no class makes the loss NaN, unless its mask is 0.
 * Targets and mask have no gradient.
 */
export const categoricalCrossEntropy = /* @__PURE__ */ defineOp("categoricalCrossEntropy", {
  inputs: ["logits", "targets", "mask"],
  shape([logits, targets, mask]) {
    expectShape("categoricalCrossEntropy", "targets", targets.shape, logits.shape.slice(0, -1));
    expectShape("categoricalCrossEntropy", "mask", mask.shape, logits.shape.slice(0, -1));
    return [];
  },
  saves: ([logits]) => [logits.shape.slice(0, -1)], // log Σ exp of each row
  forward({ emit, saved: [logSum] }, y, inputs) {
    const [rows, classes] = rowsOf(inputs[0].shape);
    emit(Opcode.categoricalCrossEntropyForward, { writes: [y, logSum!], reads: inputs, sizes: [classes, rows] });
  },
  backward({ emit, saved: [logSum] }, { x, dy }, [dlogits]) {
    const [rows, classes] = rowsOf(dlogits.shape);
    const reads = [dy, ...x, logSum!];
    emit(Opcode.categoricalCrossEntropyBackward, { adds: [dlogits], reads, sizes: [classes, rows] });
  },
});
