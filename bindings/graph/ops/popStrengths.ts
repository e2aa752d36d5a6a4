import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";
import { sidedSizes, type SideOptions } from "../stacks.js";

/**
 * Strengths of a stack, queue or deque after a pop from one side: strengths (batch, ends, slots), at least 0, and how
 * much to pop (batch, 1) → (batch, ends, slots). Grefenstette et al. 2015, arXiv:1506.02516, (2), (5), (8), (9).
 */
export const popStrengths = /* @__PURE__ */ defineOp("popStrengths", {
  inputs: ["strengths", "pop"],
  shape([strengths, pop], { side }: SideOptions) {
    sidedSizes("popStrengths", strengths.shape, side);
    expectShape("popStrengths", "pop", pop.shape, [strengths.shape[0]!, 1]);
    return strengths.shape;
  },
  forward({ emit, attributes: { side } }, y, inputs) {
    const { batch, ends, slots, from } = sidedSizes("popStrengths", y.shape, side);
    emit(Opcode.popStrengthsForward, { writes: [y], reads: inputs, sizes: [ends, slots, from, batch] });
  },
  backward({ emit, attributes: { side } }, { x, y, dy }, gradients) {
    const { batch, ends, slots, from } = sidedSizes("popStrengths", y.shape, side);
    emit(Opcode.popStrengthsBackward, { adds: gradients, reads: [dy, y, ...x], sizes: [ends, slots, from, batch] });
  },
});
