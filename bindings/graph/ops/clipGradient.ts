import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Limit of a gradient's elements. */
export interface ClipGradientOptions {
  /** Above 0. */
  limit: number;
}

/** The same values, whose gradient is clipped to [−limit, limit], element by element: x (…) → y (…). */
export const clipGradient = /* @__PURE__ */ defineOp("clipGradient", {
  inputs: ["x"],
  shape: ([x], _: ClipGradientOptions) => x.shape,
  forward({ emit }, y, [x]) {
    emit(Opcode.identityForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });
  },
  backward({ emit, attributes: { limit } }, { dy }, [dx]) {
    emit(Opcode.clipGradientBackward, { adds: [dx], reads: [dy], sizes: [sizeOf(dy.shape)], scalars: [limit] });
  },
});
