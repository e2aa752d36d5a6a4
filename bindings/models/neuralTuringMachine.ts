import type { Graph } from "../graph/graph.js";
import { broadcast, concat, constant, softmax, tanh } from "../graph/ops/index.js";
import type { Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { FeedforwardController, LSTMController, type Controller, type ControllerState } from "../layers/controllers.js";
import { ReadHeads, WriteHeads, type KeyActivation } from "../layers/heads.js";
import { zeros } from "../layers/initializers.js";
import { Linear } from "../layers/linear.js";
import type { SeedOption } from "./model.js";
import { checkOptions, oneOf, positive, whole } from "../options.js";
import { RecurrentModel } from "./recurrentModel.js";

/** Sizes and choices of a NeuralTuringMachine; all but two have the paper's defaults. */
export interface NeuralTuringMachineOptions extends SeedOption {
  /** Numbers that go in at each step. */
  inputSize: number;
  /** Numbers that come out at each step, as logits. */
  outputSize: number;
  /** Default: "lstm". */
  controller?: "lstm" | "feedforward";
  /** Units of the controller. Default: 100. */
  hiddenSize?: number;
  /** Memory rows, N in the paper. Default: 128. */
  slots?: number;
  /** Numbers in a memory row, M in the paper. Default: 20. */
  width?: number;
  /** Default: 1. */
  readHeads?: number;
  /** Default: 1. */
  writeHeads?: number;
  /** Shifts a head can choose among: odd, centred on 0. Default: 3, so −1, 0 and +1. */
  shifts?: number;
  /**
   * "write-read": read heads address and read the memory this step has written.
   * "read-write": both address the memory of the step before, and reading comes first. Default: "write-read".
   */
  order?: "write-read" | "read-write";
  /** What keys and add vectors go through. Default: "tanh". */
  keyActivation?: KeyActivation;
  /** Raw head parameters are clipped to ± this; Infinity leaves them. Default: 20. */
  clipTo?: number;
  /** Every number of the memory before the first step. Default: 1e-6, with which training is fastest. */
  initialMemory?: number;
  /** Added to the product of norms in the cosine. Default: 1e-8. */
  epsilon?: number;
}

export type NeuralTuringMachineState = {
  controller: ControllerState;
  memory: Tensor;
  read: Tensor;
  readWeights: Tensor;
  writeWeights: Tensor;
};

/**
 * Neural Turing Machine. Graves, Wayne & Danihelka 2014, arXiv:1410.5401; numbers in parentheses are its equations.
 * Defaults are the paper's sizes, with the initialisation of Collier & Beel 2018, arXiv:1807.08518.
 *
 * Traces: `readWeights` (heads, slots), `writeWeights` (heads, slots), `memory` (slots, width), `read`, `erase`, `add`.
 *
 * @example
 * const model = new NeuralTuringMachine({ inputSize: 9, outputSize: 8, seed: 1 });
 */
export class NeuralTuringMachine extends RecurrentModel<NeuralTuringMachineState> {
  static readonly className = "NeuralTuringMachine";
  readonly name = NeuralTuringMachine.className;
  readonly options;
  readonly controller: Controller;
  readonly writeHeads: WriteHeads;
  readonly readHeads: ReadHeads;
  readonly output: Linear;
  /** Logits of the weightings before the first step; slot 0 leads. */
  readonly initialReadWeights: Parameter;
  readonly initialWriteWeights: Parameter;
  /** What has been read before the first step, in front of a tanh. */
  readonly initialRead: Parameter;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: NeuralTuringMachineOptions) {
    super();
    this.options = checkOptions(this.name, options, {
      inputSize: [undefined, whole(1)],
      outputSize: [undefined, whole(1)],
      controller: ["lstm", oneOf("lstm", "feedforward")],
      hiddenSize: [100, whole(1)],
      slots: [128, whole(1)],
      width: [20, whole(1)],
      readHeads: [1, whole(1)],
      writeHeads: [1, whole(1)],
      shifts: [3, whole(1, { odd: true })],
      order: ["write-read", oneOf("write-read", "read-write")],
      keyActivation: ["tanh", oneOf("tanh", "relu", "identity")],
      clipTo: [20, positive({ orInfinity: true })],
      initialMemory: [1e-6, positive()],
      epsilon: [1e-8, positive()],
      seed: [0, whole(0, { most: 0xffff_ffff })],
    });
    const { inputSize, outputSize, controller, hiddenSize, slots, width, readHeads, writeHeads } = this.options;
    const Controller = controller === "lstm" ? LSTMController : FeedforwardController;
    const head = { ...this.options };
    const readSize = readHeads * width;
    this.controller = this.layer("controller", new Controller({ inputSize: inputSize + readSize, hiddenSize }));
    this.writeHeads = this.layer("writeHeads", new WriteHeads({ ...head, heads: writeHeads }));
    this.readHeads = this.layer("readHeads", new ReadHeads({ ...head, heads: readHeads }));
    this.output = this.layer("output", new Linear({ inputSize: hiddenSize + readSize, outputSize }));
    this.initialReadWeights = this.parameter("initialReadWeights", [readHeads, slots], leadingSlot);
    this.initialWriteWeights = this.parameter("initialWriteWeights", [writeHeads, slots], leadingSlot);
    this.initialRead = this.parameter("initialRead", [readSize], zeros);
  }

  override initialState(graph: Graph, batch: number): NeuralTuringMachineState {
    const { slots, width, initialMemory } = this.options;
    const rows = (tensor: Tensor): Tensor => broadcast(tensor, { axis: 0, count: batch });
    return {
      controller: this.controller.initialState(graph, batch),
      memory: constant(graph, [batch, slots, width], initialMemory),
      read: rows(tanh(graph.parameter(this.initialRead))),
      readWeights: rows(softmax(graph.parameter(this.initialReadWeights))),
      writeWeights: rows(softmax(graph.parameter(this.initialWriteWeights))),
    };
  }

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize), as logits. */
  override step(x: Tensor, state: NeuralTuringMachineState): [y: Tensor, next: NeuralTuringMachineState] {
    const [h, controller] = this.controller.step(concat([x, state.read]), state.controller);
    const writing = this.writeHeads.address(h, state.memory, state.writeWeights); // (5)–(9)
    const memory = this.writeHeads.write(state.memory, writing); // (3), (4)
    const readable = this.options.order === "write-read" ? memory : state.memory;
    const readWeights = this.readHeads.address(h, readable, state.readWeights); // (5)–(9)
    const read = this.readHeads.read(readable, readWeights); // (2)
    const y = this.output.forward(concat([h, read]));
    this.trace({ memory, read, readWeights, writeWeights: writing.weights, erase: writing.erase, add: writing.add });
    return [y, { controller, memory, read, readWeights, writeWeights: writing.weights }];
  }
}

/** Slot 0 leads: softmax of (10, 0, 0, …) over 128 slots puts 0.994 of the weight there. */
function leadingSlot(values: Float32Array, _random: unknown, [heads, slots]: readonly number[]): void {
  values.fill(0);
  for (let head = 0; head < heads!; ++head) values[head * slots!] = 10;
}
