import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfMany } from "../op.js";
import { expectShape, ShapeError } from "../shape.js";
import { sparseSizes } from "../sparse.js";
import type { ReadRowsOptions } from "./readRows.js";

/**
 * Writes into few rows of a memory, in place: each head adds a vector, add (batch, heads, width), to the rows it has read,
 * indices (batch, heads, count), and to one that is not in use yet or was not used for longest, which is erased first, by weights (batch,
 * heads, count + 1). What else is given are the tensors of a `sparseMemory`, and `version` (batch), the number of writes
 * so far, which a scan carries on: through it backward finds every write, and undoes it, so that memory is at the end
 * what it was. Rae et al. 2016, arXiv:1610.09027, (3), (5), (6), (8).
 *
 * → version (batch), one more; oldest (batch, heads), the rows that were erased.
 */
export const writeRows = /* @__PURE__ */ defineOpOfMany("writeRows", {
  inputs: ["version", "weights", "add", "indices", "rows", "norms", "ring", "used", "touched"],
  outputs: ["version", "oldest"],
  shapes([version, weights, add, indices, rows, norms, ring, used, touched], _: ReadRowsOptions | undefined) {
    const { heads, count, slots, width } = sparseSizes("writeRows", { rows, touched }, indices.shape);
    const batch = rows.shape[0]!;
    expectShape("writeRows", "version", version.shape, [batch]);
    expectShape("writeRows", "weights", weights.shape, [batch, heads, count + 1]);
    expectShape("writeRows", "add", add.shape, [batch, heads, width]);
    expectShape("writeRows", "norms", norms.shape, [batch, slots]);
    expectShape("writeRows", "ring", ring.shape, [batch, 2, slots + 1]);
    expectShape("writeRows", "used", used.shape, [batch]);
    if (heads > slots) {
      const message = `writeRows: there are ${heads} heads, and must be at most as many as rows, ${slots}`;
      throw new ShapeError(message, "writeRows", `at most ${slots}`, String(heads));
    }
    return [[batch], [batch, heads]];
  },
  /** The rows as they were. */
  saves([, , , indices, rows, , , , touched]) {
    const { heads, count, width } = sparseSizes("writeRows", { rows, touched }, indices.shape);
    return [[rows.shape[0]!, heads * (count + 1), width]];
  },
  forward({ emit, saved, attributes }, outputs, inputs) {
    const [version, weights, add, indices, rows, norms, ring, used, touched] = inputs;
    const { heads, count, slots, width, batch } = sparseSizes("writeRows", { rows, touched }, indices.shape);
    emit(Opcode.writeRowsForward, {
      writes: [...outputs, ...saved],
      adds: [rows, norms, ring, used],
      reads: [version, weights, add, indices],
      sizes: [heads, count, slots, width, batch],
      scalars: [attributes?.delta ?? 0.005],
    });
  },
  backward({ emit, saved }, { x, y: [, oldest] }, [, dweights, dadd, , , , , , dtouched]) {
    const [, weights, add, indices, rows, norms, , , touched] = x;
    const { heads, count, slots, width, places, batch } = sparseSizes("writeRows", { rows, touched }, indices.shape);
    emit(Opcode.writeRowsBackward, {
      adds: [dweights, dadd, rows, norms],
      // It is changed, too, and named here, since only what somebody reads is kept.
      reads: [dtouched, weights, add, indices, oldest, ...saved],
      sizes: [heads, count, slots, width, places, batch],
    });
  },
});
