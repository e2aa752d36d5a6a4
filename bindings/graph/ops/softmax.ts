import { Opcode } from "../../../assembly/generated/opcodes.js";
import { chunksOf, isFixed, type Chunk } from "../chunks.js";
import { defineOp } from "../op.js";
import { rowsOf } from "../shape.js";
import { sliceOf, type Tensor } from "../tensor.js";

/** Softmax over the last axis: x (…, n) → y (…, n). Each row of y sums to 1. */
export const softmax = /* @__PURE__ */ defineOp("softmax", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  /** Of long rows, the maximum and the sum of each part. */
  saves([x]) {
    const cut = cutOf(x);
    return cut ? [[cut.rows, cut.chunks.length, 2]] : [];
  },
  forward({ emit, fork, saved: [sums] }, y, [x]) {
    const cut = cutOf(x);
    if (!cut) {
      const [rows, cols] = rowsOf(x.shape);
      return emit(Opcode.softmaxForward, { writes: [y], reads: [x], sizes: [cols, rows] });
    }
    const { rows, cols, chunks } = cut;
    const parts = chunks.length;
    const placeOf = (branch: number) => {
      const [row, part] = [Math.floor(branch / parts), branch % parts];
      const { begin, size } = chunks[part]!;
      const of = (whole: Tensor): Tensor => sliceOf(whole, row * cols + begin, size);
      return { size, of, sum: sliceOf(sums!, 2 * branch, 2), sumsOfRow: sliceOf(sums!, 2 * parts * row, 2 * parts) };
    };
    fork(rows * parts, (branch, emit) => {
      const { size, of, sum } = placeOf(branch);
      emit(Opcode.softmaxPart, { writes: [of(y), sum], reads: [of(x)], sizes: [size] });
    });
    fork(rows * parts, (branch, emit) => {
      const { size, of, sum, sumsOfRow } = placeOf(branch);
      emit(Opcode.softmaxJoin, { adds: [of(y)], reads: [sum, sumsOfRow], sizes: [parts, size] });
    });
  },
  backward({ emit }, { y, dy }, [dx]) {
    const [rows, cols] = rowsOf(y.shape);
    emit(Opcode.softmaxBackward, { adds: [dx], reads: [dy, y], sizes: [cols, rows] });
  },
});

/** How rows are cut that are long. */
function cutOf({ shape }: Tensor): { rows: number; cols: number; chunks: readonly Chunk[] } | undefined {
  const chunks = chunksOf(shape.at(-1)!);
  const [rows, cols] = rowsOf(shape);
  return chunks && isFixed(rows) ? { rows, cols: cols as number, chunks } : undefined;
}
