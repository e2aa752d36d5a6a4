import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Coefficients of an affine map. */
export interface AffineOptions {
  /** Default: 1. */
  scale?: number;
  /** Default: 0. */
  shift?: number;
}

/** Affine map with fixed coefficients: x (…) → y (…) = scale · x + shift. */
export const affine = /* @__PURE__ */ defineOp("affine", {
  inputs: ["x"],
  shape: ([x], _options: AffineOptions) => x.shape,
  forward({ emit, attributes: { scale = 1, shift = 0 } }, y, [x]) {
    emit(Opcode.affineForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)], scalars: [scale, shift] });
  },
  backward({ emit, attributes: { scale = 1 } }, { dy }, [dx]) {
    emit(Opcode.affineBackward, { adds: [dx], reads: [dy], sizes: [sizeOf(dy.shape)], scalars: [scale] });
  },
});
