import type { Scope } from "./graph.js";
import type { Shape } from "./shape.js";

/**
 * A value of a recorded graph: a shape and where it was computed, no numbers.
 *
 * A view (`reshape`, `sliceOf`) is another tensor with the same root; storage, lifetime and gradient belong to the root.
 */
export class Tensor {
  readonly root: Tensor;

  /** @internal */
  constructor(
    /** @internal */
    readonly scope: Scope,
    readonly shape: Shape,
    /** What made it, for messages and listings. */
    readonly origin: string,
    viewOf?: Tensor,
    /** Elements of the root in front of the first of this view. */
    readonly start: number = viewOf?.start ?? 0,
  ) {
    this.root = viewOf ? viewOf.root : this;
  }
}

/** `size` elements of a tensor from `start` on, for instructions that make or read a part of it. */
export function sliceOf(x: Tensor, start: number, size: number): Tensor {
  return new Tensor(x.scope, [size], x.origin, x, x.start + start);
}
