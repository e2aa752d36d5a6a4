import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, fixedAxis, ShapeError, type Shape } from "../shape.js";
import { product } from "../size.js";

/** Weights of the rows of a bag. */
export interface EmbeddingBagOptions {
  /**
   * How much places count, s in the weight of column k of the row at place j,
   * 1 + s (k − (width + 1) / 2) (j − (columns + 1) / 2) / (width · columns), with k and j from 1. Default: 0, a plain sum.
   */
  slope?: number;
  /** Places there are, of which the bags have the first. Default: as many as the bags have. */
  columns?: number;
}

/**
 * Sums of rows of a table by their numbers, weighted by their places: table (rows, width), indices (…, words) →
 * y (…, width). Bags of words, or, with a slope of 4, their position encoding in Sukhbaatar et al. 2015,
 * arXiv:1503.08895, section 4.1, as the authors' code has it.
 *
 * Indices are as those of `gather`: −1, and any other that is no row, adds nothing and passes no gradient. No compiled model
 * can have it: layers/wordBag.ts is made of other ops where nothing is trained.
 */
export const embeddingBag = /* @__PURE__ */ defineOp("embeddingBag", {
  inputs: ["table", "indices"],
  shape([table, indices], options: EmbeddingBagOptions | undefined): Shape {
    expectRank("embeddingBag", "table", table.shape, 2);
    const words = fixedAxis("embeddingBag", indices.shape, -1);
    const { columns = words } = options ?? {};
    if (columns < words) {
      const message = `embeddingBag: there are ${columns} columns, and must be at least ${words}, the words of a bag`;
      throw new ShapeError(message, "embeddingBag", String(words), String(columns));
    }
    const rows = table.shape[0]!;
    if (typeof rows === "number") indices.scope.graph.symbols.set(indices.root, rows);
    return [...indices.shape.slice(0, -1), table.shape[1]!];
  },
  forward({ emit, attributes }, y, [table, indices]) {
    const settings = settingsOf(table.shape, indices.shape, attributes);
    emit(Opcode.embeddingBagForward, { writes: [y], reads: [table, indices], ...settings });
  },
  backward({ emit, attributes }, { x: [, indices], dy }, [dtable]) {
    const settings = settingsOf(dtable.shape, indices.shape, attributes);
    emit(Opcode.embeddingBagBackward, { adds: [dtable], reads: [dy, indices], ...settings });
  },
});

/** Rows, width, words, columns, bags; the slope. */
function settingsOf([rows, width]: Shape, indices: Shape, options: EmbeddingBagOptions | undefined) {
  const words = indices.at(-1)!;
  const { slope = 0, columns = words } = options ?? {};
  const sizes = [...[rows!, width!, words, columns].map((size) => product([size])), product(indices.slice(0, -1))];
  return { sizes, scalars: [slope] };
}
