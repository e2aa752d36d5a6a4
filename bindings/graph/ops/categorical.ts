import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, rowsOf } from "../shape.js";

/**
 * A draw from each distribution: p (…, n), not negative and of any sum, and u (…) from 0 to below 1 → the numbers (…) of
 * what was drawn, by the inverse of the cumulative distribution. `u` comes from `uniform`; the same u draws the same.
 * A row that is no distribution draws NaN, the number of nothing. No derivative: what learns from a draw weighs its
 * logarithm, as `categoricalCrossEntropy` with the draws as targets and rewards as mask does (REINFORCE, Williams 1992).
 */
export const categorical = /* @__PURE__ */ defineOp("categorical", {
  inputs: ["p", "u"],
  shape([p, u]) {
    expectShape("categorical", "u", u.shape, p.shape.slice(0, -1));
    return u.shape;
  },
  forward({ emit }, y, [p, u]) {
    const [rows, cols] = rowsOf(p.shape);
    emit(Opcode.categorical, { writes: [y], reads: [p, u], sizes: [cols, rows] });
  },
});
