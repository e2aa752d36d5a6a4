import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, sizeOf } from "../shape.js";

/** Rate of dropout. */
export interface DropoutOptions {
  /** The part that is dropped: from 0 to below 1. */
  rate: number;
}

/**
 * Dropout, Srivastava et al. 2014: x (…) → y (…), a random part of it 0 and the rest divided by 1 − rate. The stream (4)
 * holds the words of a random stream, see assembly/kernels/random/philox.ts, whose position is a multiple of 4.
 */
export const dropout = /* @__PURE__ */ defineOp("dropout", {
  inputs: ["x", "stream"],
  shape([x, stream], _: DropoutOptions) {
    expectShape("dropout", "stream", stream.shape, [4]);
    return x.shape;
  },
  forward({ emit, attributes: { rate } }, y, inputs) {
    emit(Opcode.dropoutForward, { writes: [y], reads: inputs, sizes: [sizeOf(y.shape)], scalars: [rate] });
  },
  backward({ emit, attributes: { rate } }, { x: [, stream], dy }, [dx]) {
    emit(Opcode.dropoutBackward, { adds: [dx], reads: [dy, stream], sizes: [sizeOf(dy.shape)], scalars: [rate] });
  },
});
