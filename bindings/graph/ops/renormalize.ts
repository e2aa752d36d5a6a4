import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { rowsOf, sizeOf } from "../shape.js";

/**
 * Rows divided by their sums: x (…, n) → y (…, n), for distributions that rounding has let drift. The gradient passes
 * as it is. Kurach et al. 2016, arXiv:1511.06392, section 4.1.
 */
export const renormalize = /* @__PURE__ */ defineOp("renormalize", {
  inputs: ["x"],
  shape: ([x]) => x.shape,
  forward({ emit }, y, [x]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.renormalizeForward, { writes: [y], reads: [x], sizes: [cols, rows] });
  },
  backward({ emit }, { dy }, [dx]) {
    emit(Opcode.identityBackward, { adds: [dx], reads: [dy], sizes: [sizeOf(dy.shape)] });
  },
});
