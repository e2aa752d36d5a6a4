import type { Graph } from "./graph.js";
import { sliceOf, type Tensor } from "./tensor.js";

/** Random streams in one input of a program. A program that draws more often has more such inputs. */
export const STREAMS = 32;

/** The inputs that hold a program's random streams: (STREAMS, 4) each. */
export const streamsInput = (page: number): string => `streams${page || ""}`;

/** Whether an input holds random streams, which are nobody's to give. */
export const isStreams = (input: string): boolean => /^streams\d*$/.test(input);

/** The random streams that a graph has taken. The host gives every run others; see Shards.writeStreams. */
export class Streams {
  readonly #graph: Graph;
  #page: Tensor | undefined;
  #taken = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** A stream of 2³² random words that no other draw has: (4). */
  next(): Tensor {
    const place = this.#taken++ % STREAMS;
    if (place === 0) this.#page = this.#graph.input(streamsInput((this.#taken - 1) / STREAMS), [STREAMS, 4]);
    return sliceOf(this.#page!, 4 * place, 4);
  }
}
