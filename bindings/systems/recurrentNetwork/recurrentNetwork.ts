import type { Graph } from "../../graph/graph.js";
import { concat } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Tree } from "../../graph/tree.js";
import type { Cell } from "../../layers/cell.js";
import { checkCellOptions, makeCell, type CellOptions } from "../../layers/cells.js";
import { Linear } from "../../layers/linear.js";
import { checkOptions, object, oneOf, whole } from "../../common/options.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";

/** Sizes and choices of a RecurrentNetwork. */
export interface RecurrentNetworkOptions extends SeedOption {
  /** Numbers that go in at each step. */
  inputSize: number;
  /** Numbers that come out at each step, as logits. */
  outputSize: number;
  /** Default: "lstm". */
  cell?: "rnn" | "gru" | "lstm";
  /** The cell's further options: `activation` of "rnn", `forgetBias` of "lstm". Default: none. */
  cellOptions?: CellOptions;
  /** Units of a layer. Default: 128. */
  hiddenSize?: number;
  /** Default: 1. */
  layers?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const recurrentNetworkRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    outputSize: [undefined, whole(1)],
    cell: ["lstm", oneOf("rnn", "gru", "lstm")],
    cellOptions: [{}, object()],
    hiddenSize: [128, whole(1)],
    layers: [1, whole(1, { most: 64 })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * A recurrent network with one layer of cells or several: nothing but its hidden state remembers. Every layer reads
 * the input and the layer below, and the output reads all layers, as in the baseline that Graves et al. 2014,
 * arXiv:1410.5401, measure the Neural Turing Machine against; our cells have no peepholes.
 *
 * Traces: `hidden`, what the output layer reads: (layers · hiddenSize).
 *
 * @example
 * const model = new RecurrentNetwork({ inputSize: 9, outputSize: 8, layers: 3, hiddenSize: 256, seed: 1 });
 */
export class RecurrentNetwork extends RecurrentModel<readonly Tree[]> {
  static readonly className = "RecurrentNetwork";
  readonly name = RecurrentNetwork.className;
  readonly options: Required<RecurrentNetworkOptions>;
  readonly cells: readonly Cell[];
  readonly output: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: RecurrentNetworkOptions) {
    super();
    const owner = this.name;
    const checked = checkOptions(owner, options, recurrentNetworkRules());
    const { inputSize, outputSize, cell, hiddenSize, layers } = checked;
    const cellOptions = checkCellOptions(owner, cell, checked.cellOptions);
    this.options = { ...checked, cellOptions };
    this.cells = Array.from({ length: layers }, (_, i) => {
      const sizes = { inputSize: inputSize + (i && hiddenSize), hiddenSize };
      return this.layer(`layer${i}`, makeCell(cell, sizes, cellOptions));
    });
    this.output = this.layer("output", new Linear({ inputSize: layers * hiddenSize, outputSize }));
  }

  override initialState(graph: Graph, batch: number): readonly Tree[] {
    return this.cells.map((cell) => cell.initialState(graph, batch));
  }

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize), as logits. */
  override step(x: Tensor, state: readonly Tree[]): [y: Tensor, next: readonly Tree[]] {
    const outputs: Tensor[] = [];
    const next = this.cells.map((cell, i) => {
      const below = outputs.at(-1);
      const after = cell.step(below ? concat([x, below]) : x, state[i]!);
      outputs.push(cell.output(after));
      return after;
    });
    const hidden = outputs.length > 1 ? concat(outputs) : outputs[0]!;
    this.trace({ hidden });
    return [this.output.forward(hidden), next];
  }
}
