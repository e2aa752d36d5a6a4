import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/** Sums of columns over selected rows: selected (rows, batch), cells (rows, batch, columns) → (batch, columns). */
export const columnSums = /* @__PURE__ */ defineOp("columnSums", {
  inputs: ["selected", "cells"],
  shape([selected, cells]) {
    expectRank("columnSums", "cells", cells.shape, 3);
    expectShape("columnSums", "selected", selected.shape, cells.shape.slice(0, 2));
    return cells.shape.slice(1);
  },
  forward({ emit }, y, inputs) {
    emit(Opcode.columnSumsForward, { writes: [y], reads: inputs, sizes: sizesOf(inputs[1].shape) });
  },
  backward({ emit }, { x, dy }, gradients) {
    emit(Opcode.columnSumsBackward, { adds: gradients, reads: [dy, ...x], sizes: sizesOf(x[1].shape) });
  },
});

/** Columns, rows, batch. */
const sizesOf = ([rows, batch, columns]: Shape): Size[] => [columns, rows, batch].map((axis) => product([axis!]));
