import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfMany } from "../op.js";
import { expectShape, sizeOf } from "../shape.js";

/** Limits of halting. */
export interface HaltingOptions {
  /** A row halts once what it has spent is within epsilon of 1. */
  epsilon: number;
  /** Steps after which it halts in any case. */
  limit: number;
}

/**
 * Which of a row's ponder steps is its last, and how much each counts: h, the probability to halt, and sum, steps and
 * halted as the step before left them, all (rows) → p, this step's weight, and the next sum, steps and halted.
 * Start from 0; a row that starts with halted 1 takes no step. The number of steps has no derivative.
 */
export const halting = /* @__PURE__ */ defineOpOfMany("halting", {
  inputs: ["h", "sum", "steps", "halted"],
  outputs: ["p", "sum", "steps", "halted"],
  shapes([h, sum, steps, halted], _: HaltingOptions) {
    const { shape } = h;
    expectShape("halting", "sum", sum.shape, shape);
    expectShape("halting", "steps", steps.shape, shape);
    expectShape("halting", "halted", halted.shape, shape);
    return [shape, shape, shape, shape];
  },
  forward({ emit, attributes: { epsilon, limit } }, outputs, inputs) {
    const sizes = [sizeOf(inputs[0].shape)];
    emit(Opcode.haltingForward, { writes: outputs, reads: inputs, sizes, scalars: [epsilon, limit] });
  },
  backward({ emit }, { x: [, , , halted], y: [, , , nextHalted], dy: [dp, dnextSum] }, [dh, dsum]) {
    emit(Opcode.haltingBackward, {
      adds: [dh, dsum],
      reads: [dp, dnextSum, halted, nextHalted],
      sizes: [sizeOf(dh.shape)],
    });
  },
});
