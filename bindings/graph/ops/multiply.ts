import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, sizeOf } from "../shape.js";

/** Product, element by element: a (…), b (…) → y (…) = a · b, all of one shape. */
export const multiply = /* @__PURE__ */ defineOp("multiply", {
  inputs: ["a", "b"],
  shape([a, b]) {
    expectShape("multiply", "b", b.shape, a.shape);
    return a.shape;
  },
  forward({ emit }, y, [a, b]) {
    emit(Opcode.multiplyForward, { writes: [y], reads: [a, b], sizes: [sizeOf(y.shape)] });
  },
  backward({ emit }, { x: [a, b], dy }, [da, db]) {
    emit(Opcode.multiplyBackward, { adds: [da, db], reads: [dy, a, b], sizes: [sizeOf(dy.shape)] });
  },
});
