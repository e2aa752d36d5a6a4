import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { format, rowsOf, ShapeError, sizeOf, type Shape } from "../shape.js";
import type { Size } from "../size.js";

/**
 * Rows of a table by their numbers, an embedding: table (rows, width), indices (…) → y (…, width). Rows may be on several
 * axes, (steps, batch, width), and then are counted through: row b of step t is t · batch + b.
 *
 * Indices are whole numbers from 0 to rows − 1, held as numbers, so there are at most 2²⁴ rows; −1 is none of them. Of an
 * input they are checked by the call that takes it. Any other index gives a row of zeros and passes no gradient.
 */
export const gather = /* @__PURE__ */ defineOp("gather", {
  inputs: ["table", "indices"],
  shape([table, indices]) {
    if (table.shape.length < 2) {
      const message = `gather: table is ${format(table.shape)}, and must have 2 axes or more`;
      throw new ShapeError(message, "gather", "2 axes or more", format(table.shape));
    }
    const [rows] = rowsOf(table.shape);
    if (typeof rows === "number") indices.scope.graph.symbols.set(indices.root, rows);
    return [...indices.shape, table.shape.at(-1)!];
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
const sizesOf = (table: Shape, indices: Shape): Size[] => [...rowsOf(table), sizeOf(indices)];
