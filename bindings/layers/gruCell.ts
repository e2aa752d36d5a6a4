import type { Graph } from "../graph/graph.js";
import { add, broadcast, gruCell, linear, matmul } from "../graph/ops/index.js";
import type { Parameter } from "../graph/parameter.js";
import { part } from "../graph/reshape.js";
import type { Tensor } from "../graph/tensor.js";
import type { Cell } from "./cell.js";
import { zeros } from "./initializers.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";

/** Sizes of a GRUCell. */
export interface GRUCellOptions {
  inputSize: number;
  hiddenSize: number;
}

/** State of a GRUCell: h (batch, hiddenSize). */
export type GRUState = { h: Tensor };

/**
 * Gated recurrent unit. Cho et al. 2014, arXiv:1406.1078, with the reset gate on the state's product with its matrix,
 * as in cuDNN and PyTorch. Gates are in the order reset, update, new; the update gate is how much of the state stays.
 * The initial state is learned, from 0.
 */
export class GRUCell extends Layer implements Cell<GRUState> {
  readonly outputSize: number;
  readonly stateSize: number;
  /** What the input gives the gates. */
  readonly input: Linear;
  /** What the state gives them. */
  readonly hidden: Linear;
  readonly h0: Parameter;

  constructor({ inputSize, hiddenSize }: GRUCellOptions) {
    super();
    this.outputSize = this.stateSize = hiddenSize;
    this.input = this.layer("input", new Linear({ inputSize, outputSize: 3 * hiddenSize }));
    this.hidden = this.layer("hidden", new Linear({ inputSize: hiddenSize, outputSize: 3 * hiddenSize }));
    this.h0 = this.parameter("h0", [hiddenSize], zeros);
  }

  initialState(graph: Graph, batch: number): GRUState {
    return { h: broadcast(graph.parameter(this.h0), { count: batch, axis: 0 }) };
  }

  /** What the input gives the gates: (…, 3 · hiddenSize). */
  project(x: Tensor): Tensor {
    return linear(x, this.#weights(x, { end: x.shape.at(-1) as number }), this.input.bias);
  }

  advance(projected: Tensor, { h }: GRUState, rest?: Tensor): GRUState {
    const input = rest ? add(projected, this.#projectLast(rest)) : projected;
    return { h: gruCell(input, this.hidden.forward(h), h) };
  }

  /** x: (batch, inputSize); h: (batch, hiddenSize). */
  step(x: Tensor, state: GRUState): GRUState {
    return this.advance(this.project(x), state);
  }

  /** What the last numbers of an input add to what the first give. */
  #projectLast(rest: Tensor): Tensor {
    return matmul(rest, this.#weights(rest, { begin: this.input.weights.shape[0]! - (rest.shape.at(-1) as number) }));
  }

  #weights({ scope }: Tensor, rows: { begin?: number; end?: number }): Tensor {
    return part(scope.graph.parameter(this.input.weights), rows);
  }

  output({ h }: GRUState): Tensor {
    return h;
  }

  flat({ h }: GRUState): Tensor {
    return h;
  }
}
