import type { Shape } from "./shape.js";
import type { Size } from "./size.js";

/** Rows from which the product of matrices copies part of its second factor, and the floats it needs for that. */
const PACKED_ROWS = 32;
const PANEL: Shape = [2560];

/** What `saves` returns: scratch for matmulPacked where there may be enough rows, which only forward uses. */
export function panelFor(rows: Size): readonly Shape[] {
  return typeof rows === "number" && rows < PACKED_ROWS ? [] : [PANEL];
}
