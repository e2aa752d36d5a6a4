import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/**
 * One more term of a weighted sum: total, x (rows, …), p (rows) → total + p · x. A row whose p is 0 is copied, whatever
 * its x is, and gives x and p no gradient.
 */
export const accumulate = /* @__PURE__ */ defineOp("accumulate", {
  inputs: ["total", "x", "p"],
  shape([total, x, p]) {
    expectShape("accumulate", "x", x.shape, total.shape);
    expectShape("accumulate", "p", p.shape, total.shape.slice(0, 1));
    return total.shape;
  },
  forward({ emit }, y, inputs) {
    emit(Opcode.accumulateForward, { writes: [y], reads: inputs, sizes: sizesOf(y.shape) });
  },
  backward({ emit }, { x: [, x, p], dy }, gradients) {
    emit(Opcode.accumulateBackward, { adds: gradients, reads: [dy, x, p], sizes: sizesOf(dy.shape) });
  },
});

/** Columns, rows. */
const sizesOf = (shape: Shape): Size[] => [product(shape.slice(1)), product(shape.slice(0, 1))];
