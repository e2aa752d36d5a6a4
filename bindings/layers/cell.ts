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
  /**
   * What the first numbers of inputs, or all of them, give a step: for all steps at once, before the loop that takes
   * them. x: (…, n), n up to inputSize → (…, what the cell likes).
   */
  project(x: Tensor): Tensor;
  /** One time step from projected numbers: (batch, …), and the rest of the input, if it was not all projected. */
  advance(projected: Tensor, state: State, rest?: Tensor): State;
  /** One time step. x: (batch, inputSize). */
  step(x: Tensor, state: State): State;
  /** What an output layer reads: (batch, outputSize). */
  output(state: State): Tensor;
  /** All of the state that is a vector: (batch, stateSize). */
  flat(state: State): Tensor;
}
