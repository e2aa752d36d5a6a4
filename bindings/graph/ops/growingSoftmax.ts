import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/** Segments of a growing softmax. */
export interface GrowingSoftmaxOptions {
  /** Elements of the first two segments. */
  first: number;
  /** How many lengths there are, each one more than that before it. */
  pairs: number;
}

/**
 * Softmax over each of the segments of a row, of which two have `first` elements, two first + 1, and so on:
 * x (…, pairs · (2 first + pairs − 1)) → y. Each segment of y sums to 1.
 */
export const growingSoftmax = /* @__PURE__ */ defineOp("growingSoftmax", {
  inputs: ["x"],
  shape([{ shape }], { first, pairs }: GrowingSoftmaxOptions) {
    expectShape("growingSoftmax", "x", shape, shape.with(-1, pairs * (2 * first + pairs - 1)));
    return shape;
  },
  forward({ emit, attributes: { first, pairs } }, y, [x]) {
    const sizes = [first, pairs, rowsOf(x.shape)[0]];
    emit(Opcode.growingSoftmaxForward, { writes: [y], reads: [x], sizes });
  },
  backward({ emit, attributes: { first, pairs } }, { y, dy }, [dx]) {
    const sizes = [first, pairs, rowsOf(y.shape)[0]];
    emit(Opcode.growingSoftmaxBackward, { adds: [dx], reads: [dy, y], sizes });
  },
});
