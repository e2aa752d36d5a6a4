import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, sizeOf } from "../shape.js";

/** Sum: a (…), b (…) → y (…) = a + b, all of one shape. */
export const add = /* @__PURE__ */ defineOp("add", {
  inputs: ["a", "b"],
  shape([a, b]) {
    expectShape("add", "b", b.shape, a.shape);
    return a.shape;
  },
  forward({ emit }, y, [a, b]) {
    emit(Opcode.addForward, { writes: [y], reads: [a, b], sizes: [sizeOf(y.shape)] });
  },
  backward({ emit }, { dy }, [da, db]) {
    emit(Opcode.addBackward, { adds: [da, db], reads: [dy], sizes: [sizeOf(dy.shape)] });
  },
});
