import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/** Width of the square part of a Huber loss. */
export interface HuberOptions {
  /** Where the square turns into a line. Default: 1. */
  delta?: number;
}

/**
 * Huber loss, d² / 2 for |d| ≤ delta and linear beyond, d = x − target: x (…, n), targets (…, n), mask (…) → the sum ()
 * over all elements, each row weighted by its mask. Targets and mask have no gradient.
 */
export const huber = /* @__PURE__ */ defineOp("huber", {
  inputs: ["x", "targets", "mask"],
  shape([x, targets, mask], _options: HuberOptions | undefined) {
    expectShape("huber", "targets", targets.shape, x.shape);
    expectShape("huber", "mask", mask.shape, x.shape.slice(0, -1));
    return [];
  },
  forward({ emit, attributes }, y, [x, targets, mask]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.huberForward, {
      writes: [y],
      reads: [x, targets, mask],
      sizes: [cols, rows],
      scalars: [attributes?.delta ?? 1],
    });
  },
  backward({ emit, attributes }, { x: [x, targets, mask], dy }, [dx]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.huberBackward, {
      adds: [dx],
      reads: [dy, x, targets, mask],
      sizes: [cols, rows],
      scalars: [attributes?.delta ?? 1],
    });
  },
});
