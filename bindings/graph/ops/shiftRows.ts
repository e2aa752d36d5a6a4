import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { around, axisOf, type Shape } from "../shape.js";
import type { Size } from "../size.js";

/** Distance of a shift. */
export interface ShiftRowsOptions {
  /** How far down; negative is up. */
  readonly by: number;
}

/** All moved along the first axis: x (rows, …) → (rows, …), x[r − by] at r, and 0 where there is none. */
export const shiftRows = /* @__PURE__ */ defineOp("shiftRows", {
  inputs: ["x"],
  shape([x], _: ShiftRowsOptions) {
    axisOf("shiftRows", x.shape, 0);
    return x.shape;
  },
  forward({ emit, attributes: { by } }, y, inputs) {
    emit(Opcode.shiftRowsForward, { writes: [y], reads: inputs, sizes: sizesOf(y.shape), scalars: [by] });
  },
  backward({ emit, attributes: { by } }, { dy }, gradients) {
    emit(Opcode.shiftRowsBackward, { adds: gradients, reads: [dy], sizes: sizesOf(dy.shape), scalars: [by] });
  },
});

/** Width, rows. */
function sizesOf(shape: Shape): Size[] {
  const [, rows, width] = around(shape, 0);
  return [width, rows];
}
