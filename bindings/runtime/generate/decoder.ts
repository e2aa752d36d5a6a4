import type { Graph } from "../../graph/graph.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Tree } from "../../graph/tree.js";

/** What an encoder leaves: what every step of decoding reads, and the state before the first. */
export interface Encoded<Memory extends Tree, State extends Tree> {
  readonly memory: Memory;
  readonly state: State;
}

/** One step of decoding. */
export interface DecodeStep<State extends Tree> {
  /** (batch, choices): argmax is the greedy choice. */
  readonly logits: Tensor;
  /** (batch, choices): what beams add up; −∞ where a choice is not allowed. */
  readonly logProbabilities: Tensor;
  readonly state: State;
  /** (batch, source): attention weights, if the model has any. */
  readonly attention?: Tensor | undefined;
}

/**
 * A model that generates a sequence of choices, such as tokens of a vocabulary or places of its input, one after the
 * other. Greedy, sampled, streamed decoding and beam search are written once, over this.
 */
export interface Decoder<Memory extends Tree, State extends Tree> {
  /** The encoder over a batch, with the graph's inputs. */
  encode(graph: Graph, batch: number): Encoded<Memory, State>;
  /** The distribution of the next choice. */
  decodeStep(state: State, memory: Memory): DecodeStep<State>;
  /**
   * The state after a choice (batch), and which rows have ended after it, 1 or 0: (batch). In rows with `ended` 1
   * before it the choice is 0, and they stay ended.
   */
  choose(
    state: State,
    choice: Tensor,
    ended: Tensor,
    memory: Memory,
  ): { readonly state: State; readonly ended: Tensor };
}

/** A decoder, whatever its memory and state are. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- state goes in as it came out
export type AnyDecoder = Decoder<any, any>;
