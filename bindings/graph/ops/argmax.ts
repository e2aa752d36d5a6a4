import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { rowsOf } from "../shape.js";

/** Where the largest element of each row is, the first of equals: x (…, n) → (…). NaN is never the largest. No derivative. */
export const argmax = /* @__PURE__ */ defineOp("argmax", {
  inputs: ["x"],
  shape: ([x]) => x.shape.slice(0, -1),
  forward({ emit }, y, [x]) {
    const [rows, cols] = rowsOf(x.shape);
    emit(Opcode.argmax, { writes: [y], reads: [x], sizes: [cols, rows] });
  },
});
