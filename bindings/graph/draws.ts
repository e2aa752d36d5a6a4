import type { Graph } from "./graph.js";
import { sliceOf, type Tensor } from "./tensor.js";

/** Draws of a training step, at most; each has 2³² random words to itself. */
export const MOST_DRAWS = 32;

/** What is random in a step of training: streams of random words that the host gives its program, one for each draw. */
export class Draws {
  readonly #streams: Tensor;
  #taken = 0;

  constructor(graph: Graph) {
    this.#streams = graph.input("streams", [MOST_DRAWS, 4]);
  }

  /** A stream that no other draw has: (4). */
  next(): Tensor {
    if (this.#taken === MOST_DRAWS) throw new Error(`A training step can draw at most ${MOST_DRAWS} times`);
    return sliceOf(this.#streams, 4 * this.#taken++, 4);
  }
}
