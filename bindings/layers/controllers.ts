import type { Graph } from "../graph/graph.js";
import { constant } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";
import type { Cell } from "./cell.js";
import { activations } from "./activations.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";
import { LSTMCell, type LSTMState } from "./lstmCell.js";
import { RNNCell } from "./rnnCell.js";

export type ControllerActivation = "tanh" | "relu" | "sigmoid";

export interface ControllerOptions {
  inputSize: number;
  hiddenSize: number;
  /** What the units of one that is no LSTM go through. */
  controllerActivation: ControllerActivation;
}

/** What a controller carries from step to step; h is what it puts out. */
export type ControllerState = LSTMState | { h: Tensor };

/** The network that drives the heads: (batch, inputSize) → h (batch, hiddenSize). */
export type Controller = Layer & Omit<Cell<ControllerState>, "project" | "advance">;

/** h = f(x W + b). The memory is all that it remembers. */
export class FeedforwardController extends Layer implements Controller {
  readonly outputSize: number;
  readonly stateSize: number;
  readonly linear: Linear;

  readonly #activation: ControllerActivation;

  constructor({ inputSize, hiddenSize, controllerActivation }: ControllerOptions) {
    super();
    this.outputSize = this.stateSize = hiddenSize;
    this.#activation = controllerActivation;
    this.linear = this.layer("linear", new Linear({ inputSize, outputSize: hiddenSize }));
  }

  /** No step reads it, so no program carries it. */
  initialState(graph: Graph, batch: number): ControllerState {
    return { h: constant(graph, [batch, this.outputSize], 0) };
  }

  step(x: Tensor): ControllerState {
    return { h: activations[this.#activation](this.linear.forward(x)) };
  }

  output({ h }: ControllerState): Tensor {
    return h;
  }

  flat({ h }: ControllerState): Tensor {
    return h;
  }
}

/** The controller of that kind. An LSTM, and h = f(x W + h U + b), are cells as they are. */
export function makeController(options: ControllerOptions & { controller: ControllerKind }): Controller {
  const { controller, controllerActivation: activation } = options;
  if (controller === "lstm") return new LSTMCell(options) as Layer & Cell<LSTMState> as Controller;
  return controller === "recurrent" ? new RNNCell({ ...options, activation }) : new FeedforwardController(options);
}

export type ControllerKind = "lstm" | "feedforward" | "recurrent";
