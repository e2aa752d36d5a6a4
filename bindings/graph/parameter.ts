import type { Random } from "../common/random/philox.js";

/** Fills a freshly made parameter. */
export type Initializer = (values: Float32Array, random: Random, shape: readonly number[]) => void;

/**
 * A trained block of numbers. A layer declares it, the model that the layer ends up in gives it a path and an offset
 * in the model's one contiguous block, and a graph turns it into a tensor.
 */
export class Parameter {
  /** Dotted path in the model, such as `controller.weights`; set when the model is put together. */
  path = "";
  /** First element in the model's block; −1 until the model is put together. */
  offset = -1;

  constructor(
    readonly shape: readonly number[],
    readonly initialize: Initializer,
  ) {}

  /** Number of elements. */
  get size(): number {
    return this.shape.reduce((size, axis) => size * axis, 1);
  }
}
