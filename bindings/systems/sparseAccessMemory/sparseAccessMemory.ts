import { between, checkOptions, oneOf, whole } from "../../common/options.js";
import type { Graph } from "../../graph/graph.js";
import { MOST_REACH } from "../../graph/sparse.js";
import type { Tensor } from "../../graph/tensor.js";
import { Linear } from "../../layers/linear.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";
import type { AccessCell } from "./accessCell.js";
import { DenseAccessCell, type DenseAccessState } from "./denseAccessCell.js";
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
  /**
   * "sparse": a step touches a few rows. "dense": all, as the dense access memory that is the paper's control, which has no
   * `count`, `delta`, `search` and `reach`. Default: "sparse".
   */
  access?: MemoryAccess;
  /** What is left after a step of how much a row was used, λ in the paper, with dense access alone. Default: 0.95. */
  discount?: number;
}

/** How many rows of a memory a step touches. */
export type MemoryAccess = "sparse" | "dense";

/** Default and check of each option; a function, since importing calls nothing. */
export const sparseAccessMemoryRules = () => {
  const { inputSize, ...cellRules } = sparseAccessCellRules();
  return {
    inputSize,
    outputSize: [undefined, whole(1)],
    access: ["sparse", oneOf("sparse", "dense")],
    ...cellRules,
    discount: [0.95, between(0, 1)],
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
 * With `access: "dense"` it is the paper's control, the dense access memory: the same parameters and equations, with weights
 * on all rows.
 *
 * Traces: `read` (heads · width), `readWeights` and `writeWeights` (heads, slots), `oldestRows` (heads), what is erased, and
 * with dense access `usage` (slots).
 *
 * @example
 * const model = new SparseAccessMemory({ inputSize: 9, outputSize: 8, slots: 65_536, seed: 1 });
 */
export class SparseAccessMemory extends RecurrentModel<AccessState> {
  static readonly className = "SparseAccessMemory";
  readonly name = SparseAccessMemory.className;
  readonly options: Required<SparseAccessMemoryOptions>;
  /** Its parameters have no prefix: "controller.gates.weights". */
  readonly cell: AccessCell<AccessState>;
  readonly output: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: SparseAccessMemoryOptions) {
    super();
    this.options = checkOptions(this.name, options, sparseAccessMemoryRules());
    const { access, slots, heads, outputSize } = this.options;
    expectAtMost(this.name, { heads }, slots, `slots, ${slots}`);
    if (access === "dense") expectUnused(this.name, this.options, access, ["count", "delta", "search", "reach"]);
    else this.#expectSparse();
    const cell = access === "dense" ? new DenseAccessCell(this.options) : new SparseAccessCell(this.options);
    this.cell = this.layer("", cell);
    this.output = this.layer("output", new Linear({ inputSize: this.cell.outputSize, outputSize }));
  }

  #expectSparse(): void {
    const { slots, count, search } = this.options;
    expectUnused(this.name, this.options, "sparse", ["discount"]);
    if (search === "approximate")
      expectAtMost(this.name, { count }, MOST_REACH, `${MOST_REACH} with an approximate search`);
    expectAtMost(this.name, { count }, slots, `slots, ${slots}`);
  }

  override initialState(graph: Graph, batch: number): AccessState {
    return this.cell.initialState(graph, batch);
  }

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize), as logits. */
  override step(x: Tensor, state: AccessState): [y: Tensor, next: AccessState] {
    const next = this.cell.step(x, state);
    return [this.output.forward(this.cell.output(next)), next];
  }
}

/** State of a step, of the access that the model has. */
export type AccessState = SparseAccessState | DenseAccessState;

/** @throws RangeError when one of the values is larger. */
function expectAtMost(owner: string, values: Readonly<Record<string, number>>, most: number, shown: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (value > most) throw new RangeError(`${owner}: ${name} is ${value}, and must be at most ${shown}`);
  }
}

/** @throws RangeError when an option has another value than its default, and nothing to decide. */
function expectUnused(
  owner: string,
  options: Required<SparseAccessMemoryOptions>,
  access: MemoryAccess,
  names: readonly (keyof SparseAccessMemoryOptions)[],
): void {
  const rules: Readonly<Record<string, readonly [byDefault: unknown, ...rest: unknown[]]>> = sparseAccessMemoryRules();
  for (const name of names) {
    if (options[name] === rules[name]![0]) continue;
    throw new RangeError(`${owner}: ${name} is ${options[name]}, which a memory with ${access} access does not have`);
  }
}
