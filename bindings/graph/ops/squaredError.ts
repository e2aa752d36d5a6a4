import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * Squared error: x (…, n), targets (…, n), mask (…) → the sum () over all elements, each row weighted by its mask.
 * Targets and mask have no gradient.
 */
export const squaredError = /* @__PURE__ */ defineOp("squaredError", {
  inputs: ["x", "targets", "mask"],
  shape([x, targets, mask]) {
    expectShape("squaredError", "targets", targets.shape, x.shape);
    expectShape("squaredError", "mask", mask.shape, x.shape.slice(0, -1));
    return [];
  },
  forward({ emit }, y, [x, targets, mask]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.squaredErrorForward, { writes: [y], reads: [x, targets, mask], sizes: [cols, rows] });
  },
  backward({ emit }, { x: [x, targets, mask], dy }, [dx]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.squaredErrorBackward, { adds: [dx], reads: [dy, x, targets, mask], sizes: [cols, rows] });
  },
});
