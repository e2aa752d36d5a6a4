import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/**
 * The first selected row, in an order for each column: selected (rows, batch), order (rows, batch, columns), the numbers
 * of rows, of which what is no row's is skipped → (rows, batch, columns), how much each row is the first. The order has
 * no gradient.
 */
export const firstInOrder = /* @__PURE__ */ defineOp("firstInOrder", {
  inputs: ["selected", "order"],
  shape([selected, order]) {
    expectRank("firstInOrder", "order", order.shape, 3);
    expectShape("firstInOrder", "selected", selected.shape, order.shape.slice(0, 2));
    return order.shape;
  },
  /** How much of one row has not been met before each. */
  saves: ([, order]) => [order.shape],
  forward({ emit, saved: [rest] }, y, inputs) {
    emit(Opcode.firstInOrderForward, { writes: [y, rest!], reads: inputs, sizes: sizesOf(y.shape) });
  },
  backward({ emit, saved: [rest] }, { x, dy }, [dselected]) {
    emit(Opcode.firstInOrderBackward, { adds: [dselected], reads: [dy, rest!, ...x], sizes: sizesOf(dy.shape) });
  },
});

/** Columns, rows, batch. */
const sizesOf = ([rows, batch, columns]: Shape): Size[] => [columns, rows, batch].map((axis) => product([axis!]));
