import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/**
 * Sequences of different lengths, each from its own end to its begin: x (time, batch, …), lengths (batch) → (time,
 * batch, …). What lies behind an end stays where it is, so reversing twice changes nothing. Lengths have no gradient.
 */
export const reverseSequence = /* @__PURE__ */ defineOp("reverseSequence", {
  inputs: ["x", "lengths"],
  shape([x, lengths]) {
    expectShape("reverseSequence", "lengths", lengths.shape, x.shape.slice(1, 2));
    return x.shape;
  },
  forward({ emit }, y, inputs) {
    emit(Opcode.reverseSequenceForward, { writes: [y], reads: inputs, sizes: sizesOf(y.shape) });
  },
  backward({ emit }, { x: [, lengths], dy }, [dx]) {
    emit(Opcode.reverseSequenceBackward, { adds: [dx], reads: [dy, lengths], sizes: sizesOf(dy.shape) });
  },
});

/** Batch, width, time. */
const sizesOf = ([time, batch, ...inner]: Shape): Size[] => [product([batch!]), product(inner), product([time!])];
