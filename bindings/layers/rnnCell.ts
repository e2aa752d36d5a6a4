import type { Graph } from "../graph/graph.js";
import { broadcast, concat } from "../graph/ops/index.js";
import type { Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { activations } from "./activations.js";
import { zeros } from "./initializers.js";
import { Linear } from "./linear.js";
import { WholeCell } from "./wholeCell.js";

/** Activation of a simple recurrent cell. */
export type RNNActivation = "tanh" | "relu" | "sigmoid" | "identity";

/** Sizes and choices of an RNNCell. */
export interface RNNCellOptions {
  inputSize: number;
  hiddenSize: number;
  /** Default: "tanh". */
  activation?: RNNActivation;
}

/** State of an RNNCell: (batch, hiddenSize) each. */
export type RNNState = { h: Tensor };

/** h = f(x W + h U + b), W and U in one matrix. The initial state is learned, from 0. Elman 1990. */
export class RNNCell extends WholeCell<RNNState> {
  readonly outputSize: number;
  readonly stateSize: number;
  readonly linear: Linear;
  readonly h0: Parameter;
  readonly #activation: RNNActivation;

  constructor({ inputSize, hiddenSize, activation = "tanh" }: RNNCellOptions) {
    super();
    this.outputSize = this.stateSize = hiddenSize;
    this.#activation = activation;
    this.linear = this.layer("linear", new Linear({ inputSize: inputSize + hiddenSize, outputSize: hiddenSize }));
    this.h0 = this.parameter("h0", [hiddenSize], zeros);
  }

  /** State before the first step, for a batch. */
  initialState(graph: Graph, batch: number): RNNState {
    return { h: broadcast(graph.parameter(this.h0), { count: batch, axis: 0 }) };
  }

  /** x: (batch, inputSize); h: (batch, hiddenSize). */
  step(x: Tensor, { h }: RNNState): RNNState {
    return { h: activations[this.#activation](this.linear.forward(concat([x, h]))) };
  }

  /** What an output layer reads: (batch, hiddenSize). */
  output({ h }: RNNState): Tensor {
    return h;
  }

  /** All of the state as one vector: (batch, stateSize). */
  flat({ h }: RNNState): Tensor {
    return h;
  }
}
