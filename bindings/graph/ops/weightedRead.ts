import { Opcode } from "../../../assembly/generated/opcodes.js";
import { axesOf, branchOf, cutSlots, memorySizes } from "../addressing.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";
import { sliceOf } from "../tensor.js";

/**
 * What heads read, the slots of a memory weighted:
 * memory (batch, slots, width), weights (batch, heads, slots) → (batch, heads, width).
 */
export const weightedRead = /* @__PURE__ */ defineOp("weightedRead", {
  inputs: ["memory", "weights"],
  shape([memory, weights]) {
    const { batch, heads, slots, width } = axesOf("weightedRead", memory.shape, {
      what: "weights",
      shape: weights.shape,
    });
    expectShape("weightedRead", "weights", weights.shape, [batch, heads, slots]);
    return [batch, heads, width];
  },
  /** Of a large memory, what is read of each chunk, and their sum; both with room between heads. */
  saves([memory, weights]) {
    const cut = cutSlots(memory.shape, weights.shape);
    if (!cut) return [];
    const sum = [cut.batch, cut.heads, apart(cut.width)];
    return [[cut.chunks.length, ...sum], sum];
  },
  forward({ emit, fork, saved: [parts, sum] }, read, [memory, weights]) {
    const cut = cutSlots(memory.shape, weights.shape);
    if (!cut) {
      const sizes = memorySizes(memory.shape, weights.shape);
      return emit(Opcode.weightedReadForward, { writes: [read], reads: [memory, weights], sizes });
    }
    const { batch, heads, slots, width, chunks } = cut;
    const stride = apart(width);
    const rows = batch * heads;
    fork(cut.branches, (branch, emit) => {
      const { row, chunk, begin, size } = branchOf(cut, branch);
      const slice = sliceOf(memory, (row * slots + begin) * width, size * width);
      for (let head = row * heads; head < (row + 1) * heads; ++head) {
        emit(Opcode.weightedReadForward, {
          writes: [sliceOf(parts!, (chunk * rows + head) * stride, width)],
          reads: [slice, sliceOf(weights, head * slots + begin, size)],
          sizes: [1, size, width, 1],
        });
      }
    });
    emit(Opcode.sumForward, { writes: [sum!], reads: [parts!], sizes: [chunks.length, rows * stride, 1] });
    emit(Opcode.copyBlocks, { writes: [read], reads: [sum!], sizes: [width, width, stride, 0, 0, rows] });
  },
  backward({ emit }, { x: [memory, weights], dy }, gradients) {
    const sizes = memorySizes(memory.shape, weights.shape);
    emit(Opcode.weightedReadBackward, { adds: gradients, reads: [dy, memory, weights], sizes });
  },
});

/** A stride that leaves a cache line free between rows, since threads add to one row each, all the time. */
const apart = (width: number): number => 16 * (Math.ceil(width / 16) + 1);
