import type { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  argmax,
  broadcast,
  concat,
  constant,
  contentSimilarity,
  matmul,
  multiply,
  oneHot,
  softmax,
  sum,
  weightedRead,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { LSTMState } from "../../layers/lstmCell.js";
import { AccessCell, type AccessSizes } from "./accessCell.js";

/** Sizes and choices of a DenseAccessCell. */
export interface DenseAccessCellOptions extends AccessSizes {
  /** Memory rows, N in the paper. */
  readonly slots: number;
  /** What of a row's usage is left after a step, λ in the paper. */
  readonly discount: number;
  /** ε of the cosine. */
  readonly epsilon: number;
}

/**
 * State of a DenseAccessCell: controller, what was read (batch, heads · width), the weights by which it was (batch, heads,
 * slots), memory (batch, slots, width), and how much each row was used (batch, slots).
 */
export type DenseAccessState = {
  controller: LSTMState;
  read: Tensor;
  weights: Tensor;
  memory: Tensor;
  usage: Tensor;
};

/** Usage that no row comes to, which takes one that was chosen out of the choice. */
const CHOSEN = 1e30;

/**
 * The step of a Dense Access Memory, without an output layer: the control of Rae et al. 2016, arXiv:1610.09027, section
 * 3.1, which writes and reads as a SparseAccessCell does, but with weights on all rows of memory. Parameters are those of
 * a SparseAccessCell of the same sizes.
 *
 * The row that is erased is the one of least usage, U(i) = Σₜ λ^(T − t) (wᵂₜ(i) + wᴿₜ(i)), of equal ones the first; several
 * heads erase as many rows. No gradient flows through the choice.
 *
 * Traces: as a SparseAccessCell, and `usage` (slots).
 */
export class DenseAccessCell extends AccessCell<DenseAccessState> {
  constructor(readonly options: Readonly<DenseAccessCellOptions>) {
    super(options);
  }

  /** State before the first step, for a batch: nothing was read, memory is 0, and no row was used. */
  initialState(graph: Graph, batch: number): DenseAccessState {
    const { slots, width, heads } = this.options;
    return {
      controller: this.controller.initialState(graph, batch),
      read: constant(graph, [batch, heads * width], 0),
      weights: constant(graph, [batch, heads, slots], 0),
      memory: constant(graph, [batch, slots, width], 0),
      usage: constant(graph, [batch, slots], 0),
    };
  }

  /** One time step: x (batch, inputSize). */
  step(x: Tensor, state: DenseAccessState): DenseAccessState {
    const { slots, width, heads, discount, epsilon } = this.options;
    const batch = x.shape[0] as number;
    const access = this.access(x, state);
    const { rows: oldestRows, places } = this.#oldest(state.usage); // (6)
    const writeWeights = add(
      multiply(this.forRows(access.onRead, slots), state.weights),
      multiply(this.forRows(access.onErased, slots), places),
    ); // (5)
    const memory = this.#written(state.memory, places, writeWeights, access.add); // (3), (8)
    const strength = reshape(access.strength, [batch, heads]);
    const readWeights = softmax(contentSimilarity(memory, access.query, strength, { epsilon })); // (2)
    const read = reshape(weightedRead(memory, readWeights), [batch, heads * width]); // (1)
    const usage = add(affine(state.usage, { scale: discount }), sum(add(writeWeights, readWeights), { axis: 1 }));
    this.trace({ read, readWeights, writeWeights, oldestRows, usage });
    return { controller: access.controller, read, weights: readWeights, memory, usage };
  }

  /** Rows of least usage, one for each head: their numbers (batch, heads), and Iᵁ (batch, heads, slots). */
  #oldest(usage: Tensor): { readonly rows: Tensor; readonly places: Tensor } {
    const { slots, heads } = this.options;
    const batch = usage.shape[0] as number;
    const [rows, places]: [Tensor[], Tensor[]] = [[], []];
    let unused = affine(usage, { scale: -1 });
    for (let head = 0; head < heads; ++head) {
      if (head) unused = add(unused, affine(reshape(places.at(-1)!, [batch, slots]), { scale: -CHOSEN }));
      const row = argmax(unused);
      rows.push(reshape(row, [batch, 1]));
      places.push(reshape(oneHot(row, { classes: slots }), [batch, 1, slots]));
    }
    return { rows: concat(rows), places: concat(places, { axis: 1 }) };
  }

  /** Memory without the erased rows, and with what each head adds. */
  #written(memory: Tensor, places: Tensor, weights: Tensor, vectors: Tensor): Tensor {
    const { width } = this.options;
    const kept = affine(sum(places, { axis: 1 }), { scale: -1, shift: 1 });
    const left = multiply(memory, broadcast(kept, { axis: 2, count: width }));
    return add(left, matmul(weights, vectors, { transposeA: true }));
  }
}
