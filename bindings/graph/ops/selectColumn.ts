import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/** What cells of a row come to, their columns weighted: cells (rows, batch, columns), weights (batch, columns) → (rows, batch). */
export const selectColumn = /* @__PURE__ */ defineOp("selectColumn", {
  inputs: ["cells", "weights"],
  shape([cells, weights]) {
    expectRank("selectColumn", "cells", cells.shape, 3);
    expectShape("selectColumn", "weights", weights.shape, cells.shape.slice(1));
    return cells.shape.slice(0, 2);
  },
  forward({ emit }, y, inputs) {
    emit(Opcode.selectColumnForward, { writes: [y], reads: inputs, sizes: sizesOf(inputs[0].shape) });
  },
  backward({ emit }, { x, dy }, gradients) {
    emit(Opcode.selectColumnBackward, { adds: gradients, reads: [dy, ...x], sizes: sizesOf(x[0].shape) });
  },
});

/** Columns, rows, batch. */
const sizesOf = ([rows, batch, columns]: Shape): Size[] => [columns, rows, batch].map((axis) => product([axis!]));
