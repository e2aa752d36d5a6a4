import { Dimension } from "./size.js";

/** Multiples that were made, so that the same of both is the same dimension. */
const made = /* @__PURE__ */ new WeakMap<Dimension, Map<number, Dimension>>();

/**
 * A whole number of times as long as a dimension, such as the frames of a recording, of which every four become one
 * annotation. A run says how long the dimension is, and nothing of this; so what goes in or out has no such axis.
 *
 * @throws RangeError when the factor is no whole number of at least 1.
 */
export function multiple(dimension: Dimension, factor: number): Dimension {
  if (!Number.isInteger(factor) || factor < 1)
    throw new RangeError(`multiple: the factor is ${factor}, and must be a whole number of at least 1`);
  if (factor === 1) return dimension;
  const [of] = dimension.dimensions;
  const whole = factor * dimension.factor;
  const known = made.get(of) ?? new Map<number, Dimension>();
  made.set(of, known);
  const found = known.get(whole) ?? new Dimension(`${whole}·${of}`, of, whole);
  known.set(whole, found);
  return found;
}
