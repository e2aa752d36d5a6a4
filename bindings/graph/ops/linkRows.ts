import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";
import { indexSize, expectReach, sparseSizes } from "../sparse.js";

/** Rows that a search keeps, unless told. */
const REACH = 32;

/** How rows are linked. */
export interface LinkRowsOptions {
  /** Rows that are kept while those a row is to be linked to are looked for, efConstruction in the paper: up to 256. Default: 32. */
  readonly reach?: number;
  /** A row is linked anew when what was added to it since makes more than this of it. Default: 0.25. */
  readonly turn?: number;
}

/**
 * Links the rows that `writeRows` wrote to rows that are like them, in place: weights (batch, heads, count + 1), add (batch,
 * heads, width) and indices (batch, heads, count) as they were given to it, oldest (batch, heads) as it found them, and the
 * tensors of a `sparseMemory` and of its `memoryIndex` → how many pairs of rows were compared (batch). Malkov & Yashunin
 * 2016, arXiv:1603.09320.
 */
export const linkRows = /* @__PURE__ */ defineOp("linkRows", {
  inputs: ["weights", "add", "indices", "oldest", "rows", "norms", "used", "touched", "index", "linked"],
  shape([weights, add, indices, oldest, rows, norms, used, touched, index, linked], options?: LinkRowsOptions) {
    const { heads, count, slots, width } = sparseSizes("linkRows", { rows, touched }, indices.shape);
    const batch = rows.shape[0]!;
    expectShape("linkRows", "weights", weights.shape, [batch, heads, count + 1]);
    expectShape("linkRows", "add", add.shape, [batch, heads, width]);
    expectShape("linkRows", "oldest", oldest.shape, [batch, heads]);
    expectShape("linkRows", "norms", norms.shape, [batch, slots]);
    expectShape("linkRows", "used", used.shape, [batch]);
    expectShape("linkRows", "index", index.shape, [batch, indexSize(slots)]);
    expectShape("linkRows", "linked", linked.shape, [batch]);
    expectReach("linkRows", options?.reach ?? REACH);
    return [batch];
  },
  forward({ emit, attributes }, compared, inputs) {
    const [weights, add, indices, oldest, rows, norms, used, touched, index, linked] = inputs;
    const { heads, count, slots, width, batch } = sparseSizes("linkRows", { rows, touched }, indices.shape);
    emit(Opcode.linkRowsForward, {
      writes: [compared],
      adds: [index, linked],
      reads: [rows, norms, used, weights, add, indices, oldest],
      sizes: [heads, count, slots, width, expectReach("linkRows", attributes?.reach ?? REACH), batch],
      scalars: [attributes?.turn ?? 0.25],
    });
  },
});
