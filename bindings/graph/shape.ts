import { ShapeError } from "./shapeError.js";
import { Dimension, product, type Size } from "./size.js";

export { ShapeError };

/** Lengths of the axes, outermost first. An axis may be a dimension whose length is known only at run time. */
export type Shape = readonly (number | Dimension)[];

/** (batch, 4) as people write it. */
export const format = (shape: Shape): string => `(${shape.join(", ")})`;

export const sizeOf = (shape: Shape): Size => product(shape);

/** All axes but the last as rows, and the last as columns. A scalar is one row of one column. */
export function rowsOf(shape: Shape): [rows: Size, cols: Size] {
  return [product(shape.slice(0, -1)), product(shape.slice(-1))];
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}

/** The axes around one: what lies outside it, its own length, and what lies inside it. */
export function around(shape: Shape, axis: number): [outer: Size, length: Size, inner: Size] {
  return [product(shape.slice(0, axis)), product([shape[axis]!]), product(shape.slice(axis + 1))];
}

/** An axis counted from the front; given negative, it counts from the back. */
export function axisOf(op: string, shape: Shape, axis: number): number {
  const found = axis < 0 ? axis + shape.length : axis;
  if (Number.isInteger(found) && found >= 0 && found < shape.length) return found;
  throw new ShapeError(
    `${op}: ${format(shape)} has no axis ${axis}`,
    op,
    `an axis from ${-shape.length} to ${shape.length - 1}`,
    String(axis),
  );
}

/** An axis that must be a plain number, because a kernel was written for that. */
export function fixedAxis(op: string, shape: Shape, axis: number): number {
  const length = shape.at(axis);
  if (typeof length === "number") return length;
  throw new ShapeError(
    `${op} needs a fixed length on axis ${axis} of ${format(shape)}, and ${length} is known only at run time`,
    op,
    "a fixed length",
    String(length),
  );
}

/** Throws unless the shapes are equal. */
export function expectShape(op: string, what: string, actual: Shape, expected: Shape): void {
  if (sameShape(actual, expected)) return;
  throw new ShapeError(
    `${op}: ${what} is ${format(actual)}, and must be ${format(expected)}`,
    op,
    format(expected),
    format(actual),
  );
}

/** Throws unless the shape has that many axes. */
export function expectRank(op: string, what: string, actual: Shape, rank: number): void {
  if (actual.length === rank) return;
  throw new ShapeError(
    `${op}: ${what} is ${format(actual)}, and must have ${rank} axes`,
    op,
    `${rank} axes`,
    format(actual),
  );
}
