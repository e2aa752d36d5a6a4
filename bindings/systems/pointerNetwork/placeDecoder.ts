import type { Graph } from "../../graph/graph.js";
import { add, affine, constant, exp, log, multiply, relu, subtract } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { oneHot, positionsLike, vectorAt } from "../../layers/places.js";
import type { DecodeStep, Decoder, Encoded } from "../../runtime/generate/decoder.js";
import { isZero } from "../../runtime/generate/programs.js";
import type { PointerNetwork, PointingState } from "./pointerNetwork.js";

/** How far pointing has come: all (batch). */
type Progress = {
  /** Where it pointed first; −1 before it has. */
  first: Tensor;
  /** How often it may still point. */
  left: Tensor;
};

type State = { pointing: PointingState; progress: Progress };

type Memory = {
  /** (batch, count, embeddingSize) */
  embedded: Tensor;
  /** The places 0, 1, …: (batch, count). */
  positions: Tensor;
  annotations: readonly { readonly values: Tensor; readonly keys: Tensor; readonly mask: Tensor }[];
};

/** Decoding over the places of a set, until each was pointed at, or the first one again. */
export class PlaceDecoder implements Decoder<Memory, State> {
  readonly #model: PointerNetwork;

  constructor(model: PointerNetwork) {
    this.#model = model;
  }

  /** A set may be pointed at as often as it has vectors, and once more where the first comes again. */
  encode(graph: Graph, batch: number): Encoded<Memory, State> {
    const { embedded, annotations, state, lengths } = this.#model.read(graph, batch);
    const left = affine(lengths, { shift: this.#model.options.ends === "repeat" ? 1 : 0 });
    const first = affine(constant(graph, lengths.shape, 0), { shift: -1 });
    return {
      memory: { embedded, positions: positionsLike(embedded), annotations },
      state: { pointing: state, progress: { first, left } },
    };
  }

  decodeStep({ pointing, progress }: State, { annotations }: Memory): DecodeStep<State> {
    const { decoder, logProbabilities } = this.#model.point(pointing, annotations);
    return {
      logits: logProbabilities,
      // −∞, so that no beam goes where it may not: log 0; log 1 is 0.
      logProbabilities: add(logProbabilities, log(pointing.free)),
      state: { pointing: { ...pointing, decoder }, progress },
      attention: exp(logProbabilities),
    };
  }

  choose(
    { pointing: { decoder, free }, progress: { first, left } }: State,
    place: Tensor,
    ended: Tensor,
    { embedded, positions }: Memory,
  ): { state: State; ended: Tensor } {
    const there = oneHot(place, positions);
    const isFirst = relu(affine(first, { scale: -1 })); // first is −1
    const nextLeft = subtract(left, isZero(ended));
    const isOver = isZero(nextLeft);
    const isAgain = isZero(subtract(place, first));
    const over = this.#model.options.ends === "repeat" ? add(isOver, isAgain) : isOver;
    return {
      state: {
        pointing: { x: vectorAt(embedded, there), decoder, free: this.#model.without(free, there) },
        progress: { first: add(first, multiply(isFirst, affine(place, { shift: 1 }))), left: nextLeft },
      },
      ended: isZero(isZero(add(ended, over))),
    };
  }
}
