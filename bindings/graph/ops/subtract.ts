import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, sizeOf } from "../shape.js";

/** Difference: a (…), b (…) → y (…) = a − b, all of one shape. */
export const subtract = /* @__PURE__ */ defineOp("subtract", {
  inputs: ["a", "b"],
  shape([a, b]) {
    expectShape("subtract", "b", b.shape, a.shape);
    return a.shape;
  },
  forward({ emit }, y, [a, b]) {
    emit(Opcode.subtractForward, { writes: [y], reads: [a, b], sizes: [sizeOf(y.shape)] });
  },
  backward({ emit }, { dy }, [da, db]) {
    emit(Opcode.subtractBackward, { adds: [da, db], reads: [dy], sizes: [sizeOf(dy.shape)] });
  },
});
