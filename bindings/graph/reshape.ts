import { fixedAxis, format, ShapeError, sizeOf, type Shape } from "./shape.js";
import { Tensor } from "./tensor.js";

/** The same numbers under another shape of the same size; a view, nothing is copied. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (String(sizeOf(x.shape)) !== String(sizeOf(shape))) {
    const message = `reshape: ${format(x.shape)} cannot become ${format(shape)}: the number of elements differs`;
    throw new ShapeError(message, "reshape", `${sizeOf(x.shape)} elements`, `${sizeOf(shape)} elements`);
  }
  return new Tensor(x.scope, shape, x.origin, x);
}

/** Elements of the leading axis, whose length is fixed: x (n, …) → (end − begin, …); a view, nothing is copied. */
export function part(
  x: Tensor,
  { begin = 0, end = fixedAxis("part", x.shape, 0) }: { begin?: number; end?: number },
): Tensor {
  const [length, ...inner] = x.shape;
  const size = sizeOf(inner);
  if (!(0 <= begin && begin < end && end <= (length as number)) || typeof size !== "number") {
    const message = `part: [${begin}, ${end}) is no part of the leading axis of ${format(x.shape)}`;
    throw new ShapeError(message, "part", `0 ≤ begin < end ≤ ${length}`, `[${begin}, ${end})`);
  }
  return new Tensor(x.scope, [end - begin, ...inner], x.origin, x, x.start + begin * size);
}

/** The first element of the leading axis: x (n, …) → (…); a view, nothing is copied. */
export function first(x: Tensor): Tensor {
  return new Tensor(x.scope, x.shape.slice(1), x.origin, x);
}
