import type { Graph } from "../graph/graph.js";
import { concat } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import type { Cell } from "./cell.js";
import { Layer } from "./layer.js";

/** A cell whose input shares a matrix with its state, so that none of it is projected before a loop. */
export abstract class WholeCell<State extends Tree> extends Layer implements Cell<State> {
  abstract readonly outputSize: number;
  abstract readonly stateSize: number;

  /** x as it is. */
  project(x: Tensor): Tensor {
    return x;
  }

  advance(x: Tensor, state: State, rest?: Tensor): State {
    return this.step(rest ? concat([x, rest]) : x, state);
  }

  abstract initialState(graph: Graph, batch: number): State;
  abstract step(x: Tensor, state: State): State;
  abstract output(state: State): Tensor;
  abstract flat(state: State): Tensor;
}
