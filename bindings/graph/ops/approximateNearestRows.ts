import { Opcode } from "../../../assembly/generated/opcodes.js";
import { foundShape, nearestRowsBackward, scalarsOf, type NearestRowsOptions } from "../nearest.js";
import { defineOpOfMany } from "../op.js";
import { expectShape, fixedAxis, ShapeError } from "../shape.js";
import { expectReach, indexSize, MOST_REACH, sparseSizes } from "../sparse.js";

/** Rows that a search keeps, unless told. */
const REACH = 96;

/** Which rows are found, and how thoroughly they are looked for. */
export interface ApproximateNearestRowsOptions extends NearestRowsOptions {
  /** Rows that are kept while the nearest are looked for, ef in the paper: from 1 to 256. Default: 96. */
  readonly reach?: number;
}

/**
 * The rows of a memory that are most like a query, as `nearestRows` finds them, but along the links of an index, so that
 * few are compared, and some may be missed: query (batch, heads, width), the tensors of a `sparseMemory` and of its
 * `memoryIndex`, which `linkRows` has linked → indices, similarities (batch, heads, count), and how many rows were compared
 * (batch). The gradient is that of `nearestRows`. Malkov & Yashunin 2016, arXiv:1603.09320, algorithm 5.
 */
export const approximateNearestRows = /* @__PURE__ */ defineOpOfMany("approximateNearestRows", {
  inputs: ["query", "rows", "norms", "used", "touched", "index", "linked"],
  outputs: ["indices", "similarities", "compared"],
  shapes([query, rows, norms, used, , index, linked], attributes: ApproximateNearestRowsOptions) {
    const found = foundShape("approximateNearestRows", { query, rows, norms, used }, attributes);
    const size = indexSize(fixedAxis("approximateNearestRows", rows.shape, 1));
    expectShape("approximateNearestRows", "index", index.shape, [found[0]!, size]);
    expectShape("approximateNearestRows", "linked", linked.shape, [found[0]!]);
    expectReach("approximateNearestRows", attributes.reach ?? REACH);
    if (attributes.count > MOST_REACH) {
      const message = `approximateNearestRows: count is ${attributes.count}, and must be at most ${MOST_REACH}, which a search keeps`;
      throw new ShapeError(message, "approximateNearestRows", `at most ${MOST_REACH}`, String(attributes.count));
    }
    return [found, found, [found[0]!]];
  },
  forward({ emit, attributes }, [indices, similarities, compared], inputs) {
    const [query, rows, norms, used, touched, index, linked] = inputs;
    const sizes = sparseSizes("approximateNearestRows", { rows, touched }, indices.shape);
    const { heads, count, slots, width, batch } = sizes;
    emit(Opcode.approximateNearestRowsForward, {
      writes: [indices, similarities, compared],
      adds: [index], // its room; that it was linked is known by `linked`, which is read
      reads: [query, rows, norms, used, linked],
      sizes: [heads, count, slots, width, expectReach("approximateNearestRows", attributes.reach ?? REACH), batch],
      scalars: scalarsOf(attributes),
    });
  },
  backward({ emit, attributes }, { x, y: [indices, similarities], dy: [, dsimilarities] }, gradients) {
    const [query, rows, norms, used, touched] = x;
    const [dquery, , , , dtouched] = gradients;
    const memory = { query, rows, norms, used, touched };
    const found = { indices, similarities, dsimilarities };
    nearestRowsBackward("approximateNearestRows", emit, memory, found, { dquery, dtouched }, attributes);
  },
});
