import {
  add,
  affine,
  argmax,
  concat,
  constant,
  dropout,
  log,
  multiply,
  subtract,
  uniform,
} from "../graph/ops/index.js";
import { scan } from "../graph/scan.js";
import type { Shape } from "../graph/shape.js";
import type { Tensor } from "../graph/tensor.js";
import type { Annotations } from "../layers/attention.js";
import type { AttentionDecoder, Decoded, DecoderState } from "../layers/attentionDecoder.js";
import type { Embedding } from "../layers/embedding.js";
import type { Linear } from "../layers/linear.js";

/** Annotations as a tree of tensors. */
export type SourceAnnotations = { readonly values: Tensor; readonly keys: Tensor; readonly mask: Tensor };

/** A step of decoding, and logits of what may be said next: (rows, symbols). */
export type Spoken = Decoded & { readonly logits: Tensor };

/** Symbols of a sequence, as far as that says which way is less work. */
const LIKELY_LENGTH = 8;

/** Layers of a model that says symbols about annotations. */
export interface SpellerLayers {
  readonly targetEmbedding: Embedding;
  readonly decoder: AttentionDecoder;
  readonly output: Linear;
}

/** Sizes of those layers, and what training does to them. */
export interface SpellerOptions {
  readonly hiddenSize: number;
  readonly embeddingSize: number;
  /** Classes: the symbols, and the end. */
  readonly symbols: number;
  /** The part that training drops. */
  readonly dropout: number;
  /** How likely training feeds what it would have said itself. */
  readonly sampling: number;
}

/** What is decoded in training. */
export interface Truth {
  /** The targets a step later, 0 in front of them: (time, rows). */
  readonly previous: Tensor;
  readonly annotations: SourceAnnotations;
  readonly state: DecoderState;
}

/** Says symbols about annotations, one after the other, and learns to: the decoder of sequence to sequence models. */
export class Speller {
  readonly #layers: SpellerLayers;
  readonly #options: SpellerOptions;

  constructor(layers: SpellerLayers, options: SpellerOptions) {
    this.#layers = layers;
    this.#options = options;
  }

  /** A step of decoding: what was said before (rows) → what may be said next. */
  say(before: Tensor, state: DecoderState, annotations: Annotations): Spoken {
    const { decoder, targetEmbedding, output } = this.#layers;
    const decoded = decoder.step(decoder.project(targetEmbedding.forward(before)), state, annotations);
    return { ...decoded, logits: output.forward(decoded.output) };
  }

  /** Logits of every symbol after the true ones before it: (time, rows, symbols). */
  logits({ previous, annotations, state }: Truth): Tensor {
    const { graph } = previous.scope;
    const [, rows] = previous.shape as [unknown, number];
    const { decoder, targetEmbedding, output } = this.#layers;
    const { dropout: rate, sampling } = this.#options;
    const drops = graph.isTraining && rate > 0;
    const dropped = (x: Tensor): Tensor => (drops ? dropout(x, graph.random(), { rate }) : x);
    const masks = decoder.cells.slice(1).map(() => dropped(constant(graph, [rows, this.#options.hiddenSize], 1)));
    const decode = (x: Tensor, before: DecoderState): Decoded =>
      decoder.step(x, before, annotations, drops ? masks : []);
    if (sampling && graph.isTraining) return this.#sampled({ previous, state, decode, dropped });
    const [, outputs] = scan(
      (before: DecoderState, x: Tensor) => {
        const { state, output } = decode(x, before);
        return [state, output];
      },
      state,
      drops
        ? decoder.project(dropped(targetEmbedding.forward(previous)))
        : targetEmbedding.through((vectors) => decoder.project(vectors), previous, rows * LIKELY_LENGTH),
    );
    return output.forward(dropped(outputs));
  }

  /** Logits where now and then what comes before is drawn from them. */
  #sampled({ previous, state, decode, dropped }: Sampling): Tensor {
    const { graph } = previous.scope;
    const [time, rows] = previous.shape as [Shape[number], number];
    const { decoder, targetEmbedding, output } = this.#layers;
    const { sampling, symbols: classes, embeddingSize, hiddenSize } = this.#options;
    // argmax(logits + Gumbel noise) is a draw from their softmax; u < p is argmax of (u, p).
    const u = uniform(graph.random(), { shape: [time, rows, classes] });
    const noise = affine(log(affine(log(u), { scale: -1 })), { scale: -1 });
    const coin = uniform(graph.random(), { shape: [time, rows, 1] });
    const own = argmax(concat([coin, constant(graph, [time, rows, 1], sampling)]));
    const masks = dropped(constant(graph, [rows, embeddingSize], 1));
    const outputMasks = dropped(constant(graph, [rows, hiddenSize], 1));
    const [, logits] = scan(
      ({ said, before }: { said: Tensor; before: DecoderState }, [truth, own, noise]: readonly Tensor[]) => {
        const symbol = add(truth!, multiply(own!, subtract(said, truth!)));
        const spoken = decode(decoder.project(multiply(targetEmbedding.forward(symbol), masks)), before);
        const logits = output.forward(multiply(spoken.output, outputMasks));
        return [{ said: argmax(add(logits, noise!)), before: spoken.state }, logits];
      },
      { said: constant(graph, [rows], 0), before: state },
      [previous, own, noise],
    );
    return logits;
  }
}

interface Sampling {
  readonly previous: Tensor;
  readonly state: DecoderState;
  readonly decode: (x: Tensor, before: DecoderState) => Decoded;
  readonly dropped: (x: Tensor) => Tensor;
}
