import { expectRank, format, ShapeError, type Shape } from "./shape.js";
import { product, type Size } from "./size.js";

/**
 * Side of a stack, queue or deque. Rows stand behind the end at which they came in, the newest first: "first" begins with
 * the newest row of the first end, "last" with the newest of the second, or where there is one end, with the oldest row.
 */
export interface SideOptions {
  readonly side: "first" | "last";
}

/** Sizes of strengths (batch, ends, slots). @throws ShapeError unless there are three axes, and one or two ends. */
export function endsOf(op: string, strengths: Shape): { batch: Size; ends: number; slots: Size } {
  expectRank(op, "strengths", strengths, 3);
  const [batch, ends, slots] = strengths as [Shape[number], Shape[number], Shape[number]];
  if (ends !== 1 && ends !== 2) {
    const message = `${op}: strengths are ${format(strengths)}, and must have one end or two on axis 1`;
    throw new ShapeError(message, op, "1 or 2", String(ends));
  }
  return { batch: product([batch]), ends, slots: product([slots]) };
}

/** The same, and the number of a side. @throws RangeError of a side that is none. */
export function sidedSizes(op: string, strengths: Shape, side: SideOptions["side"]) {
  const from = ["first", "last"].indexOf(side);
  if (from < 0) throw new RangeError(`${op}: side is ${JSON.stringify(side)}, and must be "first" or "last"`);
  return { ...endsOf(op, strengths), from };
}
