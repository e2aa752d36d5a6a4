import { Opcode } from "../../../assembly/generated/opcodes.js";
import { axesOf, branchOf, cutSlots, memorySizes } from "../addressing.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";
import { sliceOf, type Tensor } from "../tensor.js";

/**
 * What write heads make of a memory, all erases first and then all adds: memory (batch, slots, width),
 * weights (batch, heads, slots), erase, add (batch, heads, width) → the new memory.
 */
export const eraseAdd = /* @__PURE__ */ defineOp("eraseAdd", {
  inputs: ["memory", "weights", "erase", "add"],
  shape([memory, weights, erase, add]) {
    const { batch, heads, slots, width } = axesOf("eraseAdd", memory.shape, { what: "weights", shape: weights.shape });
    expectShape("eraseAdd", "weights", weights.shape, [batch, heads, slots]);
    expectShape("eraseAdd", "erase", erase.shape, [batch, heads, width]);
    expectShape("eraseAdd", "add", add.shape, [batch, heads, width]);
    return memory.shape;
  },
  forward({ emit, fork }, next, inputs) {
    const [memory, weights, erase, add] = inputs;
    const cut = cutSlots(next.shape, weights.shape);
    // Several heads write a slot together, and their weightings of a chunk are not beside each other.
    if (!cut || cut.heads > 1) {
      const sizes = memorySizes(next.shape, weights.shape);
      return emit(Opcode.eraseAddForward, { writes: [next], reads: inputs, sizes });
    }
    const { slots, width } = cut;
    fork(cut.branches, (branch, emit) => {
      const { row, begin, size } = branchOf(cut, branch);
      const of = (whole: Tensor): Tensor => sliceOf(whole, (row * slots + begin) * width, size * width);
      const ofHead = (vectors: Tensor): Tensor => sliceOf(vectors, row * width, width);
      emit(Opcode.eraseAddForward, {
        writes: [of(next)],
        reads: [of(memory), sliceOf(weights, row * slots + begin, size), ofHead(erase), ofHead(add)],
        sizes: [1, size, width, 1],
      });
    });
  },
  backward({ emit }, { x, dy }, gradients) {
    const sizes = memorySizes(dy.shape, x[1].shape);
    emit(Opcode.eraseAddBackward, { adds: gradients, reads: [dy, ...x], sizes });
  },
});
