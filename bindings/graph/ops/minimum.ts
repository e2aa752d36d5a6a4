import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, sizeOf } from "../shape.js";

/** The smaller of a and b, of equal shapes, element by element. Where they are equal each gets half of the gradient. */
export const minimum = /* @__PURE__ */ defineOp("minimum", {
  inputs: ["a", "b"],
  shape([a, b]) {
    expectShape("minimum", "b", b.shape, a.shape);
    return a.shape;
  },
  forward({ emit }, y, inputs) {
    emit(Opcode.minimumForward, { writes: [y], reads: inputs, sizes: [sizeOf(y.shape)] });
  },
  backward({ emit }, { x, dy }, gradients) {
    emit(Opcode.minimumBackward, { adds: gradients, reads: [dy, ...x], sizes: [sizeOf(dy.shape)] });
  },
});
