import type { Graph } from "../graph/graph.js";
import { broadcast, concat, lstmCell } from "../graph/ops/index.js";
import type { Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { zeros } from "./initializers.js";
import { Linear } from "./linear.js";
import { WholeCell } from "./wholeCell.js";

/** Sizes and choices of an LSTMCell. */
export interface LSTMCellOptions {
  inputSize: number;
  hiddenSize: number;
  /** What the forget gate's bias starts with. Default: 1, so that a cell remembers before it has learned to. */
  forgetBias?: number;
}

/** State of an LSTMCell: (batch, hiddenSize) each. */
export type LSTMState = { h: Tensor; c: Tensor };

/**
 * Long short-term memory, without peepholes. Hochreiter & Schmidhuber 1997; forget gates of Gers et al. 2000.
 * Gates are in the order input, forget, cell, output. The initial state is learned, from 0.
 */
export class LSTMCell extends WholeCell<LSTMState> {
  readonly outputSize: number;
  readonly stateSize: number;
  readonly gates: Linear;
  readonly h0: Parameter;
  readonly c0: Parameter;

  constructor({ inputSize, hiddenSize, forgetBias = 1 }: LSTMCellOptions) {
    super();
    this.outputSize = hiddenSize;
    this.stateSize = 2 * hiddenSize;
    this.gates = this.layer(
      "gates",
      new Linear({
        inputSize: inputSize + hiddenSize,
        outputSize: 4 * hiddenSize,
        bias: (values) => void values.fill(0).fill(forgetBias, hiddenSize, 2 * hiddenSize),
      }),
    );
    this.h0 = this.parameter("h0", [hiddenSize], zeros);
    this.c0 = this.parameter("c0", [hiddenSize], zeros);
  }

  /** State before the first step, for a batch. */
  initialState(graph: Graph, batch: number): LSTMState {
    const rows = (parameter: Parameter): Tensor => broadcast(graph.parameter(parameter), { count: batch, axis: 0 });
    return { h: rows(this.h0), c: rows(this.c0) };
  }

  /** x: (batch, inputSize); h, c: (batch, hiddenSize). */
  step(x: Tensor, { h, c }: LSTMState): LSTMState {
    const [nextH, nextC] = lstmCell(this.gates.forward(concat([x, h])), c);
    return { h: nextH, c: nextC };
  }

  /** What an output layer reads: (batch, hiddenSize). */
  output({ h }: LSTMState): Tensor {
    return h;
  }

  /** The memory cells, then what they put out. */
  flat({ h, c }: LSTMState): Tensor {
    return concat([c, h]);
  }
}
