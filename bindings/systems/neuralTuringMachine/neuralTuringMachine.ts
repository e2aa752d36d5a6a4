import type { Graph } from "../../graph/graph.js";
import type { Tensor } from "../../graph/tensor.js";
import { Linear } from "../../layers/linear.js";
import { TuringCell, turingCellRules, type TuringCellOptions, type TuringState } from "../../layers/turingCell.js";
import { checkOptions, whole } from "../../common/options.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";

/** Sizes and choices of a NeuralTuringMachine; all but two have the paper's defaults. */
export interface NeuralTuringMachineOptions extends TuringCellOptions, SeedOption {
  /** Numbers that come out at each step, as logits. */
  outputSize: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const neuralTuringMachineRules = () => {
  const { inputSize, ...cellRules } = turingCellRules();
  return {
    inputSize,
    outputSize: [undefined, whole(1)],
    ...cellRules,
    seed: [0, whole(0, { most: 0xffff_ffff })],
  } as const;
};

/**
 * Neural Turing Machine. Graves, Wayne & Danihelka 2014, arXiv:1410.5401.
 * Defaults are the paper's sizes, with the initialisation of Collier & Beel 2018, arXiv:1807.08518.
 *
 * Traces: `memory` (slots, width), `read` (heads · width), `erase`, `add` (heads, width), `hidden` (hiddenSize), and of
 * the heads that read: `readWeights` (heads, slots), `readKey` (heads, width), `readShift` (heads, shifts), `readStrength`,
 * `readGate`, `readGamma` (heads); of those that write: `writeWeights` and so on.
 *
 * @example
 * const model = new NeuralTuringMachine({ inputSize: 9, outputSize: 8, seed: 1 });
 */
export class NeuralTuringMachine extends RecurrentModel<TuringState> {
  static readonly className = "NeuralTuringMachine";
  readonly name = NeuralTuringMachine.className;
  readonly options: Required<NeuralTuringMachineOptions>;
  /** Its parameters have no prefix: "controller.lstm.gates.weights". */
  readonly cell: TuringCell;
  readonly output: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: NeuralTuringMachineOptions) {
    super();
    this.options = checkOptions(this.name, options, neuralTuringMachineRules());
    this.cell = this.layer("", new TuringCell(this.options));
    const { outputSize } = this.options;
    this.output = this.layer("output", new Linear({ inputSize: this.cell.outputSize, outputSize }));
  }

  override initialState(graph: Graph, batch: number): TuringState {
    return this.cell.initialState(graph, batch);
  }

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize), as logits. */
  override step(x: Tensor, state: TuringState): [y: Tensor, next: TuringState] {
    const next = this.cell.step(x, state);
    return [this.output.forward(this.cell.output(next)), next];
  }
}
