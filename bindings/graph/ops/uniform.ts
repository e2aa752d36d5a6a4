import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, sizeOf, type Shape } from "../shape.js";

/** Shape of random numbers. */
export interface UniformOptions {
  readonly shape: Shape;
}

/**
 * Random numbers from 0 to below 1: stream (4), the words of a random stream, see assembly/kernels/random/philox.ts →
 * (shape). No derivative.
 */
export const uniform = /* @__PURE__ */ defineOp("uniform", {
  inputs: ["stream"],
  shape([stream], { shape }: UniformOptions) {
    expectShape("uniform", "stream", stream.shape, [4]);
    return shape;
  },
  forward({ emit }, y, inputs) {
    emit(Opcode.uniform, { writes: [y], reads: inputs, sizes: [sizeOf(y.shape)], scalars: [0, 1] });
  },
});
