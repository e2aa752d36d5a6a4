import type { Graph } from "../../graph/graph.js";
import { affine, concat, constant, lstmCell, slice } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";
import { gaussian } from "./gaussian.js";

/** State of a PlainLSTM: (batch, hiddenSize) each. */
export type PlainState = { readonly h: Tensor; readonly c: Tensor };

/** What h and c hold before the first step, in the authors' code. */
const START = 0.1;

/** Sizes of a PlainLSTM. */
interface PlainLSTMOptions {
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** What is added to the forget gate. Default: 0. */
  readonly forgetBias?: number;
}

/** An LSTM as Zaremba & Sutskever 2015 have it: all parameters start Gaussian, and its state is 0.1 and not learned. */
export class PlainLSTM extends Layer {
  readonly gates: Linear;
  readonly #hiddenSize: number;
  readonly #forgetBias: number;

  constructor({ inputSize, hiddenSize, forgetBias = 0 }: PlainLSTMOptions) {
    super();
    this.#hiddenSize = hiddenSize;
    this.#forgetBias = forgetBias;
    const sizes = { inputSize: inputSize + hiddenSize, outputSize: 4 * hiddenSize };
    this.gates = this.layer("gates", new Linear({ ...sizes, weights: gaussian, bias: gaussian }));
  }

  initialState(graph: Graph, batch: number): PlainState {
    const start = (): Tensor => constant(graph, [batch, this.#hiddenSize], START);
    return { h: start(), c: start() };
  }

  /** x: (batch, inputSize). */
  step(x: Tensor, { h: before, c: cell }: PlainState): PlainState {
    const gates = this.gates.forward(concat([x, before]));
    const [h, c] = lstmCell(this.#forgetBias ? this.#biased(gates) : gates, cell);
    return { h, c };
  }

  /** Gates are in the order input, forget, cell, output. */
  #biased(gates: Tensor): Tensor {
    const size = this.#hiddenSize;
    const forget = affine(slice(gates, { begin: size, end: 2 * size }), { shift: this.#forgetBias });
    return concat([slice(gates, { end: size }), forget, slice(gates, { begin: 2 * size })]);
  }
}
