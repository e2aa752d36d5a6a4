import type { Graph } from "../graph/graph.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import type { Layer } from "./layer.js";

/** Anything that carries a state from step to step. */
export interface Cell<State extends Tree = Tree> extends Layer {
  /** Numbers of `output(state)`, for each row of the batch. */
  readonly outputSize: number;
  /** Numbers of `flat(state)`, for each row of the batch. */
  readonly stateSize: number;
  /** The state before the first step. */
  initialState(graph: Graph, batch: number): State;
  /** One time step. x: (batch, inputSize). */
  step(x: Tensor, state: State): State;
  /** What an output layer reads: (batch, outputSize). */
  output(state: State): Tensor;
  /** All of the state that is a vector: (batch, stateSize). */
  flat(state: State): Tensor;
}
