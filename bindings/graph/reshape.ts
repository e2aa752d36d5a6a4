import { format, ShapeError, sizeOf, type Shape } from "./shape.js";
import { Tensor } from "./tensor.js";

/** The same numbers under another shape of the same size; a view, nothing is copied. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (String(sizeOf(x.shape)) !== String(sizeOf(shape))) {
    const message = `reshape: ${format(x.shape)} cannot become ${format(shape)}: the number of elements differs`;
    throw new ShapeError(message, "reshape", `${sizeOf(x.shape)} elements`, `${sizeOf(shape)} elements`);
  }
  return new Tensor(x.scope, shape, x.origin, x);
}

/** The first element of the leading axis: x (n, …) → (…); a view, nothing is copied. */
export function first(x: Tensor): Tensor {
  return new Tensor(x.scope, x.shape.slice(1), x.origin, x);
}
