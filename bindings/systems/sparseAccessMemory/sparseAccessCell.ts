import { notNegative, oneOf, positive, whole } from "../../common/options.js";
import type { Graph } from "../../graph/graph.js";
import {
  approximateNearestRows,
  concat,
  constant,
  linkRows,
  matmul,
  multiply,
  nearestRows,
  oneHot,
  readRows,
  softmax,
  writeRows,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { MemoryIndexTensors, SparseMemoryTensors } from "../../graph/sparse.js";
import type { Tensor } from "../../graph/tensor.js";
import type { LSTMState } from "../../layers/lstmCell.js";
import { memoryIndex, sparseMemory } from "../../layers/sparseMemory.js";
import { AccessCell } from "./accessCell.js";

/** Sizes and choices of a SparseAccessCell. */
export interface SparseAccessCellOptions {
  /** Numbers that go in at each step. */
  inputSize: number;
  /** Units of the controller, an LSTM. Default: 100. */
  hiddenSize?: number;
  /** Memory rows, N in the paper. Default: 1,024. */
  slots?: number;
  /** Numbers in a memory row, M in the paper. Default: 32. */
  width?: number;
  /** Heads, each of which writes and then reads. Default: 4. */
  heads?: number;
  /** Rows that a head reads at a step, K in the paper. Default: 4. */
  count?: number;
  /** Weight above which a row counts as used, δ in the paper. Default: 0.005. */
  delta?: number;
  /** ε of the cosine. Default: 1e-8. */
  epsilon?: number;
  /**
   * How the nearest rows are found: "exact", among all that are in use, or "approximate", along the links of an index, which
   * compares about as many in a memory of any size, and may miss some. A compiled model with an index runs in
   * tapehead/full, and not in tapehead/run. Default: "exact".
   */
  search?: RowSearch;
  /** Rows that an approximate search keeps: the more, the fewer it misses, and the longer it takes. To 256. Default: 96. */
  reach?: number;
}

/** How the nearest rows of a memory are found. */
export type RowSearch = "exact" | "approximate";

/** What each option of a SparseAccessCell defaults to and must be; made when asked for, since importing calls nothing. */
export const sparseAccessCellRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    hiddenSize: [100, whole(1)],
    slots: [1024, whole(1, { most: 0xff_ffff })],
    width: [32, whole(1)],
    heads: [4, whole(1)],
    count: [4, whole(1)],
    delta: [0.005, notNegative()],
    epsilon: [1e-8, positive()],
    search: ["exact", oneOf("exact", "approximate")],
    reach: [96, whole(1, { most: 256 })],
  }) as const;

/**
 * State of a SparseAccessCell: controller, what was read (batch, heads · width), the weights by which it was, and the rows
 * (batch, heads, count), and how often memory was written (batch). Memory itself is not carried: it is written in place.
 */
export type SparseAccessState = {
  controller: LSTMState;
  read: Tensor;
  weights: Tensor;
  indices: Tensor;
  version: Tensor;
};

/**
 * The step of a Sparse Access Memory, without an output layer: an LSTM whose heads write into a few rows of a memory and
 * read a few, so that a step, forward and backward, touches as many rows in a memory of any size. Rae et al. 2016,
 * "Scaling Memory-Augmented Neural Networks with Sparse Reads and Writes", arXiv:1610.09027; numbers in parentheses are
 * its equations. As in a Neural Turing Machine, similarities are multiplied by a strength, 1 or more, before their softmax.
 *
 * A graph has one memory of a cell, so it may have one initial state.
 *
 * Traces: `read` (heads · width), `readWeights` and `writeWeights` (heads, slots), and `oldestRows` (heads), what is erased.
 */
export class SparseAccessCell extends AccessCell<SparseAccessState> {
  readonly #memories = new WeakMap<Graph, SparseMemoryTensors & { readonly index?: MemoryIndexTensors }>();

  constructor(readonly options: Readonly<Required<SparseAccessCellOptions>>) {
    super(options);
  }

  /**
   * State before the first step, for a batch, and an empty memory.
   *
   * @throws Error when the graph has a memory of this cell already: steps from either state would write into one.
   */
  initialState(graph: Graph, batch: number): SparseAccessState {
    const { slots, width, heads, count, search } = this.options;
    if (this.#memories.has(graph)) {
      throw new Error("SparseAccessCell: the graph has a memory of this cell already, and may have only one");
    }
    const steps = graph.dimension("time");
    const memory = sparseMemory(graph, { batch, slots, width, heads, count, steps });
    const isIndexed = search === "approximate";
    this.#memories.set(graph, isIndexed ? { ...memory, index: memoryIndex(graph, { batch, slots }) } : memory);
    return {
      controller: this.controller.initialState(graph, batch),
      read: constant(graph, [batch, heads * width], 0),
      weights: constant(graph, [batch, heads, count], 0),
      indices: constant(graph, [batch, heads, count], 0),
      version: constant(graph, [batch], 0),
    };
  }

  /**
   * One time step: x (batch, inputSize).
   *
   * @throws Error when the graph has no initial state of this cell.
   */
  step(x: Tensor, state: SparseAccessState): SparseAccessState {
    const { slots, width, heads, count, delta } = this.options;
    const memory = this.#memories.get(x.scope.graph);
    if (!memory) throw new Error("SparseAccessCell: a step needs an initial state of this cell in the same graph");
    const { rows, norms, ring, used, touched } = memory;
    const batch = x.shape[0] as number;
    const access = this.access(x, state);
    // (5): onto what was read before, and onto the row that was not used for longest
    const weights = concat([multiply(this.forRows(access.onRead, count), state.weights), access.onErased]);
    const [version, oldest] = writeRows(
      state.version,
      weights,
      access.add,
      state.indices,
      rows,
      norms,
      ring,
      used,
      touched,
      {
        delta,
      },
    ); // (3), (6), (8)
    const [indices, similarities] = this.#nearest(access.query, memory, [weights, access.add, state.indices, oldest]);
    const readWeights = softmax(multiply(this.forRows(access.strength, count), similarities)); // (2)
    const read = reshape(readRows(readWeights, indices, rows, norms, ring, used, touched, { delta }), [
      batch,
      heads * width,
    ]); // (4)
    const written = concat([state.indices, reshape(oldest, [batch, heads, 1])]);
    this.trace({
      read,
      readWeights: overRows(indices, readWeights, slots),
      writeWeights: overRows(written, weights, slots),
      oldestRows: oldest,
    });
    return { controller: access.controller, read, weights: readWeights, indices, version };
  }

  /** The rows that are most like the query, when an index, if there is one, knows what was written. */
  #nearest(
    query: Tensor,
    { rows, norms, used, touched, index }: SparseMemoryTensors & { readonly index?: MemoryIndexTensors },
    written: readonly [weights: Tensor, add: Tensor, indices: Tensor, oldest: Tensor],
  ): readonly [indices: Tensor, similarities: Tensor] {
    const { count, epsilon, reach } = this.options;
    if (!index) return nearestRows(query, rows, norms, used, touched, { count, epsilon });
    linkRows(...written, rows, norms, used, touched, index.index, index.linked);
    const options = { count, epsilon, reach };
    const found = approximateNearestRows(query, rows, norms, used, touched, index.index, index.linked, options);
    return [found[0], found[1]];
  }
}

/** Weights of few rows (batch, heads, count) as weightings of all: (batch, heads, slots). Only what is traced pays for it. */
function overRows(rows: Tensor, weights: Tensor, slots: number): Tensor {
  const [batch, heads, count] = rows.shape as [number, number, number];
  const places = reshape(oneHot(rows, { classes: slots }), [batch * heads, count, slots]);
  const each = matmul(reshape(weights, [batch * heads, 1, count]), places);
  return reshape(each, [batch, heads, slots]);
}
