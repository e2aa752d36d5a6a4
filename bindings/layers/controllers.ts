import type { Graph } from "../graph/graph.js";
import { tanh } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";
import { LSTMCell, type LSTMState } from "./lstmCell.js";

export interface ControllerOptions {
  inputSize: number;
  hiddenSize: number;
}

/** What a controller carries from step to step; a feedforward one carries nothing. */
export type ControllerState = LSTMState | Record<string, never>;

/** The network that drives the heads: (batch, inputSize) → (batch, hiddenSize). */
export interface Controller extends Layer {
  initialState(graph: Graph, batch: number): ControllerState;
  step(x: Tensor, state: ControllerState): [h: Tensor, next: ControllerState];
}

export class LSTMController extends Layer implements Controller {
  readonly cell: LSTMCell;

  constructor(options: ControllerOptions) {
    super();
    this.cell = this.layer("lstm", new LSTMCell(options));
  }

  initialState(graph: Graph, batch: number): ControllerState {
    return this.cell.initialState(graph, batch);
  }

  step(x: Tensor, state: ControllerState): [h: Tensor, next: ControllerState] {
    const next = this.cell.step(x, state as LSTMState);
    return [next.h, next];
  }
}

/** h = tanh(x W + b). The memory is all that it remembers. */
export class FeedforwardController extends Layer implements Controller {
  readonly linear: Linear;

  constructor({ inputSize, hiddenSize }: ControllerOptions) {
    super();
    this.linear = this.layer("linear", new Linear({ inputSize, outputSize: hiddenSize }));
  }

  initialState(): ControllerState {
    return {};
  }

  step(x: Tensor): [h: Tensor, next: ControllerState] {
    return [tanh(this.linear.forward(x)), {}];
  }
}
