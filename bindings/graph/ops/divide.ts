import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, sizeOf } from "../shape.js";

/** Quotient, element by element: a (…), b (…) → y (…) = a / b, all of one shape. */
export const divide = /* @__PURE__ */ defineOp("divide", {
  inputs: ["a", "b"],
  shape([a, b]) {
    expectShape("divide", "b", b.shape, a.shape);
    return a.shape;
  },
  forward({ emit }, y, [a, b]) {
    emit(Opcode.divideForward, { writes: [y], reads: [a, b], sizes: [sizeOf(y.shape)] });
  },
  backward({ emit }, { x: [, b], y, dy }, [da, db]) {
    emit(Opcode.divideBackward, { adds: [da, db], reads: [dy, b, y], sizes: [sizeOf(dy.shape)] });
  },
});
