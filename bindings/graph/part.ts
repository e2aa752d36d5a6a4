import { around, type Shape } from "./shape.js";
import { product, type Size } from "./size.js";

/**
 * The part of a tensor from `begin` on along one axis, `length` long, beside the whole: sizes for copyBlocks and
 * addBlocks, from the part into the whole and back.
 */
export function partOf(
  whole: Shape,
  { axis, begin, length }: { axis: number; begin: number; length: number },
): { into: readonly Size[]; outOf: readonly Size[] } {
  const [groups, total, inner] = around(whole, axis);
  const part = product([length, inner]);
  const stride = product([total, inner]);
  const offset = product([begin, inner]);
  return { into: [part, stride, part, offset, 0, groups], outOf: [part, part, stride, 0, offset, groups] };
}
