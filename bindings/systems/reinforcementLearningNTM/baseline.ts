import type { Graph } from "../../graph/graph.js";
import { affine, concat, relu, reverseSequence } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";
import { gaussian } from "./gaussian.js";
import { PlainLSTM, type PlainState } from "./plainLSTM.js";

/** Keeps what it predicts small at the start, and its gradient too. */
const SCALE = 0.05;

/**
 * Predicts the rewards that are still to come, so that moves are judged by what they bring beyond it: one LSTM beside the
 * controller, and one that has read the whole input, from its end. It changes no expectation, only the variance.
 * Zaremba & Sutskever 2015, section 4.3 and the authors' code.
 */
export class Baseline extends Layer {
  readonly online: PlainLSTM;
  readonly offline: PlainLSTM;
  readonly hidden: Linear;
  readonly output: Linear;

  /** inputSize: of the controller's step; symbols: of a cell of the input tape. */
  constructor({ inputSize, symbols, hiddenSize }: { inputSize: number; symbols: number; hiddenSize: number }) {
    super();
    const linear = (inputSize: number, outputSize: number): Linear =>
      new Linear({ inputSize, outputSize, weights: gaussian, bias: gaussian });
    this.online = this.layer("online", new PlainLSTM({ inputSize, hiddenSize }));
    this.offline = this.layer("offline", new PlainLSTM({ inputSize: symbols, hiddenSize, forgetBias: 1 }));
    this.hidden = this.layer("hidden", linear(2 * hiddenSize, hiddenSize));
    this.output = this.layer("output", linear(hiddenSize, 1));
  }

  /** What the whole input says, read from its last cell: tape (time, batch, symbols), cells (batch) → (batch, hidden). */
  summary(tape: Tensor, cells: Tensor): Tensor {
    const [, batch] = tape.shape as [unknown, number];
    const [final] = scan(
      (state: PlainState, x: Tensor) => [this.offline.step(x, state), []],
      this.offline.initialState(tape.scope.graph, batch),
      reverseSequence(tape, cells),
    );
    return final.h;
  }

  initialState(graph: Graph, batch: number): PlainState {
    return this.online.initialState(graph, batch);
  }

  /** x: the controller's input, (batch, inputSize), through which no gradient flows. */
  step(x: Tensor, state: PlainState): PlainState {
    return this.online.step(x, state);
  }

  /** (…, hidden) of both → (…). */
  predict(online: Tensor, summary: Tensor): Tensor {
    const predicted = this.output.forward(relu(this.hidden.forward(concat([online, summary]))));
    return affine(reshape(predicted, online.shape.slice(0, -1)), { scale: SCALE });
  }
}
