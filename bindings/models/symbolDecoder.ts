import type { Graph } from "../graph/graph.js";
import { constant, logSoftmax } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";
import type { DecoderState } from "../layers/attentionDecoder.js";
import type { DecodeStep, Decoder, Encoded } from "../runtime/generate/decoder.js";
import { isZero } from "../runtime/generate/programs.js";
import type { SourceAnnotations, Spoken } from "./speller.js";

/** The symbol before, 0 in front of the first, and the decoder's own state. */
type State = { before: Tensor; decoder: DecoderState };

/** What an encoder leaves to a decoder. */
export interface EncodedSource {
  readonly annotations: SourceAnnotations;
  readonly state: DecoderState;
}

/** A model that says symbols about annotations. */
export interface SymbolModel {
  encode(graph: Graph, rows: number): EncodedSource;
  /** A step of decoding: what was said before (rows) → what may be said next, as logits (rows, symbols). */
  say(before: Tensor, state: DecoderState, annotations: SourceAnnotations): Spoken;
}

/** Decoding over a vocabulary whose id 0 is the end. */
export class SymbolDecoder implements Decoder<SourceAnnotations, State> {
  readonly #model: SymbolModel;

  constructor(model: SymbolModel) {
    this.#model = model;
  }

  encode(graph: Graph, batch: number): Encoded<SourceAnnotations, State> {
    const { annotations, state } = this.#model.encode(graph, batch);
    return { memory: annotations, state: { before: constant(graph, [batch], 0), decoder: state } };
  }

  decodeStep({ before, decoder }: State, memory: SourceAnnotations): DecodeStep<State> {
    const { logits, state, weights } = this.#model.say(before, decoder, memory);
    return { logits, logProbabilities: logSoftmax(logits), state: { before, decoder: state }, attention: weights };
  }

  choose({ decoder }: State, choice: Tensor): { state: State; ended: Tensor } {
    return { state: { before: choice, decoder }, ended: isZero(choice) };
  }
}
