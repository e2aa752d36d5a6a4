import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";
import { sparseSizes } from "../sparse.js";

/** When a row counts as used. */
export interface ReadRowsOptions {
  /** Weights above this use a row, δ in the paper. Default: 0.005. */
  readonly delta?: number;
}

/**
 * A weighted sum of the rows that were found, which are used by it: weights, indices (batch, heads, count), and the
 * tensors of a `sparseMemory` → (batch, heads, width). Rae et al. 2016, arXiv:1610.09027, (4), (6).
 */
export const readRows = /* @__PURE__ */ defineOp("readRows", {
  inputs: ["weights", "indices", "rows", "norms", "ring", "used", "touched"],
  shape([weights, indices, rows, norms, ring, used, touched], _: ReadRowsOptions | undefined) {
    const { heads, slots, width } = sparseSizes("readRows", { rows, touched }, indices.shape);
    const batch = rows.shape[0]!;
    expectShape("readRows", "weights", weights.shape, indices.shape);
    expectShape("readRows", "norms", norms.shape, [batch, slots]);
    expectShape("readRows", "ring", ring.shape, [batch, 2, slots + 1]);
    expectShape("readRows", "used", used.shape, [batch]);
    return [batch, heads, width];
  },
  forward({ emit, attributes }, read, [weights, indices, rows, norms, ring, used, touched]) {
    const { heads, count, slots, width, batch } = sparseSizes("readRows", { rows, touched }, indices.shape);
    emit(Opcode.readRowsForward, {
      writes: [read],
      adds: [rows, norms, ring, used],
      reads: [weights, indices],
      sizes: [heads, count, slots, width, batch],
      scalars: [attributes?.delta ?? 0.005],
    });
  },
  backward({ emit }, { x: [weights, indices, rows, , , , touched], dy }, [dweights, , , , , , dtouched]) {
    const { heads, count, slots, width, places, batch } = sparseSizes("readRows", { rows, touched }, indices.shape);
    emit(Opcode.readRowsBackward, {
      adds: [dweights, dtouched],
      reads: [dy, weights, indices, rows],
      sizes: [heads, count, slots, width, places, batch],
    });
  },
});
