import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { around, axisOf, type Shape } from "../shape.js";
import type { Dimension, Size } from "../size.js";

/** Place and length of the new axis. */
export interface BroadcastOptions {
  /** Where the new axis goes in the output. Default: 0. */
  axis?: number;
  /** Its length. */
  count: number | Dimension;
}

/** Repetition along a new axis: x (outer, inner) → y (outer, count, inner). */
export const broadcast = /* @__PURE__ */ defineOp("broadcast", {
  inputs: ["x"],
  shape([x], { axis = 0, count }: BroadcastOptions): Shape {
    const at = axisOf("broadcast", [count, ...x.shape], axis);
    return [...x.shape.slice(0, at), count, ...x.shape.slice(at)];
  },
  forward({ emit, attributes }, y, [x]) {
    emit(Opcode.broadcastForward, { writes: [y], reads: [x], sizes: sizesOf(y.shape, attributes) });
  },
  backward({ emit, attributes }, { dy }, [dx]) {
    emit(Opcode.broadcastBackward, { adds: [dx], reads: [dy], sizes: sizesOf(dy.shape, attributes) });
  },
});

function sizesOf(shape: Shape, { axis = 0 }: BroadcastOptions): Size[] {
  const [outer, repeat, inner] = around(shape, axisOf("broadcast", shape, axis));
  return [repeat, inner, outer];
}
