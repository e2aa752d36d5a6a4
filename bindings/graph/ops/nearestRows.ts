import { Opcode } from "../../../assembly/generated/opcodes.js";
import { foundShape, nearestRowsBackward, scalarsOf, type NearestRowsOptions } from "../nearest.js";
import { defineOpOfMany } from "../op.js";
import { sparseSizes } from "../sparse.js";

/**
 * The rows of a memory that are most like a query, by the cosine, most alike first, of equal ones the first row first:
 * query (batch, heads, width), and the tensors of a `sparseMemory` → indices, similarities (batch, heads, count). Only the
 * rows that were found have a gradient. Rae et al. 2016, arXiv:1610.09027, (2), (4).
 */
export const nearestRows = /* @__PURE__ */ defineOpOfMany("nearestRows", {
  inputs: ["query", "rows", "norms", "used", "touched"],
  outputs: ["indices", "similarities"],
  shapes([query, rows, norms, used], attributes: NearestRowsOptions) {
    const found = foundShape("nearestRows", { query, rows, norms, used }, attributes);
    return [found, found];
  },
  forward({ emit, attributes }, [indices, similarities], [query, rows, norms, used, touched]) {
    const { heads, count, slots, width, batch } = sparseSizes("nearestRows", { rows, touched }, indices.shape);
    emit(Opcode.nearestRowsForward, {
      writes: [indices, similarities],
      reads: [query, rows, norms, used],
      sizes: [heads, count, slots, width, batch],
      scalars: scalarsOf(attributes),
    });
  },
  backward({ emit, attributes }, { x, y: [indices, similarities], dy: [, dsimilarities] }, gradients) {
    const [query, rows, norms, used, touched] = x;
    const [dquery, , , , dtouched] = gradients;
    const memory = { query, rows, norms, used, touched };
    const found = { indices, similarities, dsimilarities };
    nearestRowsBackward("nearestRows", emit, memory, found, { dquery, dtouched }, attributes);
  },
});
