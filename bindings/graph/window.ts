import { ShapeError } from "./shapeError.js";

/** The size of a window around a head. @throws ShapeError unless it is odd, so that there is a middle. */
export function expectOdd(op: string, size: number): number {
  if (Number.isInteger(size) && size > 0 && size % 2 === 1) return size;
  throw new ShapeError(`${op}: the window has ${size} cells, and must have an odd number`, op, "odd", String(size));
}
