import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp, type Operands } from "../op.js";
import { expectRank, fixedAxis, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/**
 * What a loop put out, with each sequence in one piece: x (time, batch, n) → y (batch, time, n). The batch must be of a
 * fixed size.
 */
export const batchMajor = /* @__PURE__ */ defineOp("batchMajor", {
  inputs: ["x"],
  shape([{ shape }]) {
    expectRank("batchMajor", "x", shape, 3);
    fixedAxis("batchMajor", shape, 1);
    return [shape[1]!, shape[0]!, shape[2]!];
  },
  forward({ emit }, y, [x]) {
    for (const { byTime, byRow } of rowsOf(x.shape)) {
      emit(Opcode.copyBlocks, { writes: [y], reads: [x], sizes: blocks(byRow, byTime, x.shape) });
    }
  },
  backward({ emit }, { dy }, [dx]) {
    for (const { byTime, byRow } of rowsOf(dx.shape)) {
      const operands: Operands = { adds: [dx], reads: [dy], sizes: blocks(byTime, byRow, dx.shape) };
      emit(Opcode.addBlocks, operands);
    }
  },
});

/** Where a sequence's elements are: from the first on, one a stride. */
interface Steps {
  readonly first: Size;
  readonly stride: Size;
}

/** Each sequence, in (time, batch, n) and in (batch, time, n). */
function rowsOf([time, batch, n]: Shape): { byTime: Steps; byRow: Steps }[] {
  const width = n as number;
  return Array.from({ length: batch as number }, (_, row) => ({
    byTime: { first: row * width, stride: (batch as number) * width },
    byRow: { first: row ? product([row * width, time!]) : 0, stride: width },
  }));
}

/** Length of a block, the strides, the first elements, and how many blocks. */
const blocks = (to: Steps, from: Steps, [time, , n]: Shape): Size[] => [
  product([n!]),
  to.stride,
  from.stride,
  to.first,
  from.first,
  product([time!]),
];
