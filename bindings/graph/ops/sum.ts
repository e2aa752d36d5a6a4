import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { around, axisOf, type Shape } from "../shape.js";
import type { Size } from "../size.js";

/** Axis of a sum. */
export interface SumOptions {
  /** Default: −1, the last. */
  axis?: number;
}

/** Sum along an axis, which goes: x (outer, n, inner) → y (outer, inner). */
export const sum = /* @__PURE__ */ defineOp("sum", {
  inputs: ["x"],
  shape([x], options: SumOptions | undefined): Shape {
    const axis = axisOf("sum", x.shape, options?.axis ?? -1);
    return x.shape.filter((_, i) => i !== axis);
  },
  forward({ emit, attributes }, y, [x]) {
    emit(Opcode.sumForward, { writes: [y], reads: [x], sizes: sizesOf(x.shape, attributes) });
  },
  backward({ emit, attributes }, { dy }, [dx]) {
    emit(Opcode.sumBackward, { adds: [dx], reads: [dy], sizes: sizesOf(dx.shape, attributes) });
  },
});

function sizesOf(shape: Shape, options: SumOptions | undefined): Size[] {
  const [outer, repeat, inner] = around(shape, axisOf("sum", shape, options?.axis ?? -1));
  return [repeat, inner, outer];
}
