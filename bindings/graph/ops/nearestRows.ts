import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfMany } from "../op.js";
import { expectRank, expectShape, fixedAxis, ShapeError, type Shape } from "../shape.js";
import { sparseSizes } from "../sparse.js";
import type { Size } from "../size.js";
import type { Tensor } from "../tensor.js";

/** Which rows are found. */
export interface NearestRowsOptions {
  /** Rows for each head. */
  readonly count: number;
  /** Guards the cosine against 0/0: the product of the norms plus this divides. Default: 1e-8. */
  readonly epsilon?: number;
}

/**
 * The rows of a memory that are most like a query, by the cosine, most alike first, of equal ones the first row first:
 * query (batch, heads, width), and the tensors of a `sparseMemory` → indices, similarities (batch, heads, count). Only the
 * rows that were found have a gradient. Rae et al. 2016, arXiv:1610.09027, (2), (4).
 */
export const nearestRows = /* @__PURE__ */ defineOpOfMany("nearestRows", {
  inputs: ["query", "rows", "norms", "used", "touched"],
  outputs: ["indices", "similarities"],
  shapes([query, rows, norms, used], { count }: NearestRowsOptions) {
    expectRank("nearestRows", "rows", rows.shape, 3);
    expectRank("nearestRows", "query", query.shape, 3);
    const [batch, slots, width] = rows.shape;
    const heads = fixedAxis("nearestRows", query.shape, 1);
    expectShape("nearestRows", "query", query.shape, [batch!, heads, width!]);
    expectShape("nearestRows", "norms", norms.shape, [batch!, slots!]);
    expectShape("nearestRows", "used", used.shape, [batch!]);
    if (!(Number.isInteger(count) && count >= 1 && count <= fixedAxis("nearestRows", rows.shape, 1))) {
      const message = `nearestRows: count is ${count}, and must be from 1 to the rows there are, ${slots!}`;
      throw new ShapeError(message, "nearestRows", `1 to ${slots!}`, String(count));
    }
    const found: Shape = [batch!, heads, count];
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
    const [dquery, , , , dtouched] = gradients as readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
    const { heads, count, slots, width, places, batch } = sparseSizes("nearestRows", { rows, touched }, indices.shape);
    const sizes: Size[] = [heads, count, slots, width, places, batch];
    emit(Opcode.nearestRowsBackward, {
      adds: [dquery, dtouched],
      reads: [dsimilarities, query, rows, norms, used, indices, similarities],
      sizes,
      scalars: scalarsOf(attributes),
    });
  },
});

const scalarsOf = ({ epsilon = 1e-8 }: NearestRowsOptions): number[] => [epsilon];
