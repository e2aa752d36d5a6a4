import { affine, dropout, joinSteps } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { RecurrentEncoder, type Encoded } from "../../layers/recurrentEncoder.js";

/** Sizes of a Listener. */
export interface ListenerOptions {
  inputSize: number;
  /** Numbers of an annotation, half of them from each direction. */
  hiddenSize: number;
  /** Layers of the pyramid, each of which halves time. */
  pyramidLayers: number;
  /** The part of what layers give each other that training drops. */
  dropout: number;
}

/**
 * Reads frames in both directions, and then as a pyramid: each layer reads two steps of the one below as one. Chan et
 * al. 2015, arXiv:1508.01211, (4) and (5):
 *
 *   h[j, i] = BLSTM(h[j, i − 1], [h[j − 1, 2i]; h[j − 1, 2i + 1]])
 */
export class Listener extends Layer {
  readonly layers: readonly RecurrentEncoder[];
  readonly #dropout: number;

  constructor({ inputSize, hiddenSize, pyramidLayers, dropout }: ListenerOptions) {
    super();
    this.#dropout = dropout;
    const sizes = { hiddenSize, cell: "lstm", cellOptions: {}, layers: 1, bidirectional: true } as const;
    this.layers = Array.from({ length: pyramidLayers + 1 }, (_, i) =>
      this.layer(`layer${i}`, new RecurrentEncoder({ ...sizes, inputSize: i ? 2 * hiddenSize : inputSize })),
    );
  }

  /**
   * frames: (2^pyramidLayers · time, batch, inputSize), lengths: (batch), how many annotations each recording has →
   * outputs (time, batch, hiddenSize).
   */
  forward(frames: Tensor, lengths: Tensor): Encoded {
    const { graph } = frames.scope;
    const [bottom, ...pyramid] = this.layers as [RecurrentEncoder, ...RecurrentEncoder[]];
    let halvings = pyramid.length;
    const stepsOf = (): Tensor => (halvings ? affine(lengths, { scale: 1 << halvings }) : lengths);
    let encoded = bottom.forward(frames, stepsOf());
    for (const layer of pyramid) {
      --halvings;
      const joined = joinSteps(encoded.outputs, { parts: 2 });
      const below =
        this.#dropout && graph.isTraining ? dropout(joined, graph.random(), { rate: this.#dropout }) : joined;
      encoded = layer.forward(below, stepsOf());
    }
    return encoded;
  }
}
