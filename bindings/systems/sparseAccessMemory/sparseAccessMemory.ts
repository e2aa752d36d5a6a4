import { checkOptions, whole } from "../../common/options.js";
import type { Graph } from "../../graph/graph.js";
import { MOST_REACH } from "../../graph/sparse.js";
import type { Tensor } from "../../graph/tensor.js";
import { Linear } from "../../layers/linear.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";
import {
  SparseAccessCell,
  sparseAccessCellRules,
  type SparseAccessCellOptions,
  type SparseAccessState,
} from "./sparseAccessCell.js";

/** Sizes and choices of a SparseAccessMemory. */
export interface SparseAccessMemoryOptions extends SparseAccessCellOptions, SeedOption {
  /** Numbers that come out at each step, as logits. */
  outputSize: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const sparseAccessMemoryRules = () => {
  const { inputSize, ...cellRules } = sparseAccessCellRules();
  return {
    inputSize,
    outputSize: [undefined, whole(1)],
    ...cellRules,
    seed: [0, whole(0, { most: 0xffff_ffff })],
  } as const;
};

/**
 * Sparse Access Memory: a memory-augmented network whose step costs the same on a memory of any size but for finding the
 * nearest rows, and whose training keeps what a step changed instead of copies of memory. Rae et al. 2016, "Scaling
 * Memory-Augmented Neural Networks with Sparse Reads and Writes", arXiv:1610.09027.
 *
 * Memory begins with zeros. Parameters do not depend on its size, so a model may run with more rows than it was trained with.
 *
 * Traces: `read` (heads · width), `readWeights` and `writeWeights` (heads, slots), and `oldestRows` (heads), what is erased.
 *
 * @example
 * const model = new SparseAccessMemory({ inputSize: 9, outputSize: 8, slots: 65_536, seed: 1 });
 */
export class SparseAccessMemory extends RecurrentModel<SparseAccessState> {
  static readonly className = "SparseAccessMemory";
  readonly name = SparseAccessMemory.className;
  readonly options: Required<SparseAccessMemoryOptions>;
  /** Its parameters have no prefix: "controller.gates.weights". */
  readonly cell: SparseAccessCell;
  readonly output: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: SparseAccessMemoryOptions) {
    super();
    this.options = checkOptions(this.name, options, sparseAccessMemoryRules());
    const { slots, count, heads, search, outputSize } = this.options;
    if (search === "approximate" && count > MOST_REACH) {
      throw new RangeError(
        `${this.name}: count is ${count}, and must be at most ${MOST_REACH} with an approximate search`,
      );
    }
    for (const [name, value] of Object.entries({ count, heads })) {
      if (value > slots) {
        throw new RangeError(`${this.name}: ${name} is ${value}, and must be at most slots, ${slots}`);
      }
    }
    this.cell = this.layer("", new SparseAccessCell(this.options));
    this.output = this.layer("output", new Linear({ inputSize: this.cell.outputSize, outputSize }));
  }

  override initialState(graph: Graph, batch: number): SparseAccessState {
    return this.cell.initialState(graph, batch);
  }

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize), as logits. */
  override step(x: Tensor, state: SparseAccessState): [y: Tensor, next: SparseAccessState] {
    const next = this.cell.step(x, state);
    return [this.output.forward(this.cell.output(next)), next];
  }
}
