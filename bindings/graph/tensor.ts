import type { Scope } from "./graph.js";
import type { Shape } from "./shape.js";

/**
 * A value of a recorded graph: a shape and where it was computed, no numbers.
 *
 * A view (`reshape`) is another tensor with the same root; storage, lifetime and gradient belong to the root.
 */
export class Tensor {
  readonly root: Tensor;

  constructor(
    readonly scope: Scope,
    readonly shape: Shape,
    /** What made it, for messages and listings. */
    readonly origin: string,
    viewOf?: Tensor,
  ) {
    this.root = viewOf ? viewOf.root : this;
  }
}
