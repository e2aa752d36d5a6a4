import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { format, ShapeError, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/** Exchange of the last two axes: x (…, m, n) → y (…, n, m). */
export const transpose = /* @__PURE__ */ defineOp("transpose", {
  inputs: ["x"],
  shape([{ shape }]) {
    if (shape.length < 2) {
      const message = `transpose: x is ${format(shape)}, and must have at least 2 axes`;
      throw new ShapeError(message, "transpose", "at least 2 axes", format(shape));
    }
    return [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];
  },
  forward({ emit }, y, [x]) {
    emit(Opcode.transposeForward, { writes: [y], reads: [x], sizes: sizesOf(x.shape) });
  },
  backward({ emit }, { dy }, [dx]) {
    emit(Opcode.transposeBackward, { adds: [dx], reads: [dy], sizes: sizesOf(dx.shape) });
  },
});

/** Rows, columns, batch. */
function sizesOf(shape: Shape): Size[] {
  return [product([shape.at(-2)!]), product([shape.at(-1)!]), product(shape.slice(0, -2))];
}
