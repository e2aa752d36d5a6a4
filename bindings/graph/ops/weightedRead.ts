import { Opcode } from "../../../assembly/opcodes.js";
import { axesOf, memorySizes } from "../addressing.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";

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
  forward({ emit }, read, [memory, weights]) {
    const sizes = memorySizes(memory.shape, weights.shape);
    emit(Opcode.weightedReadForward, { writes: [read], reads: [memory, weights], sizes });
  },
  backward({ emit }, { x: [memory, weights], dy }, gradients) {
    const sizes = memorySizes(memory.shape, weights.shape);
    emit(Opcode.weightedReadBackward, { adds: gradients, reads: [dy, memory, weights], sizes });
  },
});
