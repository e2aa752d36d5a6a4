import { Opcode } from "../../../assembly/opcodes.js";
import { axesOf, branchOf, cutSlots, memorySizes } from "../addressing.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";
import { sliceOf } from "../tensor.js";

/**
 * What heads read, the slots of a memory weighted:
 * memory (batch, slots, width), weights (batch, heads, slots) → (batch, heads, width).
 */
export const weightedRead = defineOp("weightedRead", {
  inputs: ["memory", "weights"],
  shape([memory, weights]) {
    const { batch, heads, slots, width } = axesOf("weightedRead", memory.shape, {
      what: "weights",
      shape: weights.shape,
    });
    expectShape("weightedRead", "weights", weights.shape, [batch, heads, slots]);
    return [batch, heads, width];
  },
  /** Of a large memory, what is read of each chunk. */
  saves([memory, weights]) {
    const cut = cutSlots(memory.shape, weights.shape);
    return cut ? [[cut.chunks.length, cut.batch, cut.heads, cut.width]] : [];
  },
  forward({ emit, fork, saved: [parts] }, read, [memory, weights]) {
    const cut = cutSlots(memory.shape, weights.shape);
    if (!cut) {
      const sizes = memorySizes(memory.shape, weights.shape);
      return emit(Opcode.weightedReadForward, { writes: [read], reads: [memory, weights], sizes });
    }
    const { batch, heads, slots, width, chunks } = cut;
    fork(cut.branches, (branch, emit) => {
      const { row, chunk, begin, size } = branchOf(cut, branch);
      const slice = sliceOf(memory, (row * slots + begin) * width, size * width);
      for (let head = row * heads; head < (row + 1) * heads; ++head) {
        emit(Opcode.weightedReadForward, {
          writes: [sliceOf(parts!, (chunk * batch * heads + head) * width, width)],
          reads: [slice, sliceOf(weights, head * slots + begin, size)],
          sizes: [1, size, width, 1],
        });
      }
    });
    emit(Opcode.sumForward, { writes: [read], reads: [parts!], sizes: [chunks.length, batch * heads * width, 1] });
  },
  backward({ emit }, { x: [memory, weights], dy }, gradients) {
    const sizes = memorySizes(memory.shape, weights.shape);
    emit(Opcode.weightedReadBackward, { adds: gradients, reads: [dy, memory, weights], sizes });
  },
});
