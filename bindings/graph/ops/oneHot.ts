import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { sizeOf, type Shape } from "../shape.js";
import { product, type Dimension } from "../size.js";

/** How many classes there are. */
export interface OneHotOptions {
  readonly classes: number | Dimension;
}

/**
 * Numbers of classes as vectors: indices (…) → y (…, classes), 1 at the index and 0 elsewhere. A number that is no class
 * gives zeros. No derivative.
 */
export const oneHot = /* @__PURE__ */ defineOp("oneHot", {
  inputs: ["indices"],
  shape: ([{ shape }], { classes }: OneHotOptions): Shape => [...shape, classes],
  forward({ emit, attributes: { classes } }, y, [indices]) {
    emit(Opcode.oneHot, { writes: [y], reads: [indices], sizes: [product([classes]), sizeOf(indices.shape)] });
  },
});
