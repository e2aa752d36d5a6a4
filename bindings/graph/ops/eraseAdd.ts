import { Opcode } from "../../../assembly/opcodes.js";
import { axesOf, memorySizes } from "../addressing.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";

/**
 * What write heads make of a memory, all erases first and then all adds: memory (batch, slots, width),
 * weights (batch, heads, slots), erase, add (batch, heads, width) → the new memory.
 */
export const eraseAdd = defineOp("eraseAdd", {
  inputs: ["memory", "weights", "erase", "add"],
  shape([memory, weights, erase, add]) {
    const { batch, heads, slots, width } = axesOf("eraseAdd", memory.shape, { what: "weights", shape: weights.shape });
    expectShape("eraseAdd", "weights", weights.shape, [batch, heads, slots]);
    expectShape("eraseAdd", "erase", erase.shape, [batch, heads, width]);
    expectShape("eraseAdd", "add", add.shape, [batch, heads, width]);
    return memory.shape;
  },
  forward({ emit }, next, inputs) {
    const sizes = memorySizes(next.shape, inputs[1].shape);
    emit(Opcode.eraseAddForward, { writes: [next], reads: inputs, sizes });
  },
  backward({ emit }, { x, dy }, gradients) {
    const sizes = memorySizes(dy.shape, x[1].shape);
    emit(Opcode.eraseAddBackward, { adds: gradients, reads: [dy, ...x], sizes });
  },
});
