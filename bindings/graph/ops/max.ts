import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { around, axisOf, type Shape } from "../shape.js";
import type { Size } from "../size.js";

/** Axis of a maximum. */
export interface MaxOptions {
  /** Default: −1, the last. */
  axis?: number;
}

/** Maximum along an axis, which goes: x (outer, n, inner) → y (outer, inner). Of equals only the first gets a gradient. */
export const max = /* @__PURE__ */ defineOp("max", {
  inputs: ["x"],
  shape([x], options: MaxOptions | undefined): Shape {
    const axis = axisOf("max", x.shape, options?.axis ?? -1);
    return x.shape.filter((_, i) => i !== axis);
  },
  forward({ emit, attributes }, y, [x]) {
    emit(Opcode.maxForward, { writes: [y], reads: [x], sizes: sizesOf(x.shape, attributes) });
  },
  backward({ emit, attributes }, { x: [x], y, dy }, [dx]) {
    emit(Opcode.maxBackward, { adds: [dx], reads: [dy, x, y], sizes: sizesOf(dx.shape, attributes) });
  },
});

function sizesOf(shape: Shape, options: MaxOptions | undefined): Size[] {
  const [outer, repeat, inner] = around(shape, axisOf("max", shape, options?.axis ?? -1));
  return [repeat, inner, outer];
}
