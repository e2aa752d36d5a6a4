import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf } from "../shape.js";

/** Bounds of a clipping. */
export interface ClipOptions {
  /** Default: −∞. */
  low?: number;
  /** Default: ∞. */
  high?: number;
}

/** Clipping to an interval: x (…) → y (…) = min(max(x, low), high). Outside [low, high] no gradient passes. */
export const clip = /* @__PURE__ */ defineOp("clip", {
  inputs: ["x"],
  shape: ([x], _options: ClipOptions) => x.shape,
  forward({ emit, attributes: { low = -Infinity, high = Infinity } }, y, [x]) {
    emit(Opcode.clipForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)], scalars: [low, high] });
  },
  backward({ emit, attributes: { low = -Infinity, high = Infinity } }, { x: [x], dy }, [dx]) {
    emit(Opcode.clipBackward, { adds: [dx], reads: [dy, x], sizes: [sizeOf(dy.shape)], scalars: [low, high] });
  },
});
