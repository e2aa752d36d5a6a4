import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, sizeOf, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/**
 * Rows of a table by their numbers, an embedding: table (rows, width), indices (…) → y (…, width).
 *
 * Indices are whole numbers from 0 to rows − 1, held as numbers, so there are at most 2²⁴ rows; −1 is none of them. Of an
 * input they are checked by the call that takes it. Any other index gives a row of zeros and passes no gradient.
 */
export const gather = /* @__PURE__ */ defineOp("gather", {
  inputs: ["table", "indices"],
  shape([table, indices]) {
    expectRank("gather", "table", table.shape, 2);
    const rows = table.shape[0]!;
    if (typeof rows === "number") indices.scope.graph.symbols.set(indices.root, rows);
    return [...indices.shape, table.shape[1]!];
  },
  forward({ emit }, y, [table, indices]) {
    const sizes = sizesOf(table.shape, indices.shape);
    emit(Opcode.gatherForward, { writes: [y], reads: [table, indices], sizes });
  },
  backward({ emit }, { x: [, indices], dy }, [dtable]) {
    const sizes = sizesOf(dtable.shape, indices.shape);
    emit(Opcode.gatherBackward, { adds: [dtable], reads: [dy, indices], sizes });
  },
});

/** Rows and width of the table, number of indices. */
function sizesOf([rows, width]: Shape, indices: Shape): Size[] {
  return [product([rows!]), product([width!]), sizeOf(indices)];
}
