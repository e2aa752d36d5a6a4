import type { Graph } from "../graph/graph.js";
import { broadcast, concat, constant, softmax, tanh } from "../graph/ops/index.js";
import type { CosineGuard } from "../graph/ops/contentSimilarity.js";
import type { Initializer, Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { between, either, flag, notNegative, oneOf, positive, whole } from "../common/options.js";
import { makeController, type Controller, type ControllerState } from "./controllers.js";
import { ReadHeads, WriteHeads, type AddressingOptions } from "./heads.js";
import { zeros } from "./initializers.js";
import { WholeCell } from "./wholeCell.js";

/** Sizes and choices of a TuringCell; all but one have the paper's defaults. */
export interface TuringCellOptions {
  /** Numbers that go in at each step. */
  inputSize: number;
  /** "recurrent" is h = f(x W + h U + b), "feedforward" the same without h. Default: "lstm". */
  controller?: "lstm" | "feedforward" | "recurrent";
  /** What the units of a controller that is no LSTM go through. Default: "tanh". */
  controllerActivation?: "tanh" | "relu" | "sigmoid";
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
  /** Whether shifts go round the ends of memory, as in (8); otherwise what would go over an end is lost. Default: true. */
  circular?: boolean;
  /**
   * "write-read": read heads address and read the memory this step has written.
   * "read-write": both address the memory of the step before, and reading comes first.
   * "address-write-read": both address the memory of the step before, and reading comes last, from what was written.
   * Default: "write-read".
   */
  order?: "write-read" | "read-write" | "address-write-read";
  /** Whether an output layer reads what was just read, beside the controller. Default: true. */
  outputsRead?: boolean;
  /** What keys and add vectors go through. Default: "tanh". */
  keyActivation?: AddressingOptions["keyActivation"];
  /** What β goes through, and γ − 1. Default: "softplus". */
  strengthActivation?: AddressingOptions["strengthActivation"];
  /** What g goes through. Default: "sigmoid". */
  gateActivation?: AddressingOptions["gateActivation"];
  /** What the choice among shifts goes through in front of its softmax. Default: "identity". */
  shiftActivation?: AddressingOptions["shiftActivation"];
  /** What erase vectors go through. Default: "sigmoid". */
  eraseActivation?: AddressingOptions["eraseActivation"];
  /** Raw head parameters are clipped to ± this; Infinity leaves them. Default: 20. */
  clipTo?: number;
  /**
   * How the cosine (6) is kept from 0/0, with P the product of the norms: it divides by P + ε ("sum"), max(P, ε)
   * ("maximum") or √(P² + ε) ("root"). Default: "sum".
   */
  guard?: CosineGuard;
  /** ε of the guard. Default: 1e-8. */
  epsilon?: number;
  /** Added to weightings in front of sharpening (9). Default: 0. */
  weightingEpsilon?: number;
  /** Added to the sum that sharpening divides by: 0, or from 1e-30 on, so that 1 over it is a number. Default: 0. */
  sharpeningEpsilon?: number;
  /**
   * Every number of the memory before the first step, or "learned", each for itself. Default: 1e-6, with which training
   * is fastest (Collier & Beel 2018).
   */
  initialMemory?: number | "learned";
  /** Whether the first weightings and reads are learned through a softmax and a tanh. Default: true. */
  squashInitial?: boolean;
}

/** What each option of a TuringCell defaults to and must be; made when asked for, since importing calls nothing. */
export const turingCellRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    controller: ["lstm", oneOf("lstm", "feedforward", "recurrent")],
    controllerActivation: ["tanh", oneOf("tanh", "relu", "sigmoid")],
    hiddenSize: [100, whole(1)],
    slots: [128, whole(1)],
    width: [20, whole(1)],
    readHeads: [1, whole(1)],
    writeHeads: [1, whole(1)],
    shifts: [3, whole(1, { odd: true })],
    circular: [true, flag()],
    order: ["write-read", oneOf("write-read", "read-write", "address-write-read")],
    outputsRead: [true, flag()],
    keyActivation: ["tanh", oneOf("tanh", "relu", "identity")],
    strengthActivation: ["softplus", oneOf("softplus", "relu")],
    gateActivation: ["sigmoid", oneOf("sigmoid", "hardSigmoid")],
    shiftActivation: ["identity", oneOf("identity", "relu")],
    eraseActivation: ["sigmoid", oneOf("sigmoid", "hardSigmoid", "relu")],
    clipTo: [20, positive({ orInfinity: true })],
    guard: ["sum", oneOf("sum", "maximum", "root")],
    epsilon: [1e-8, positive()],
    weightingEpsilon: [0, notNegative()],
    sharpeningEpsilon: [0, either(between(0, 0), between(1e-30, 1))],
    initialMemory: [1e-6, either(positive(), oneOf("learned"))],
    squashInitial: [true, flag()],
  }) as const;

/** State of a TuringCell: controller, memory (batch, slots, width), what was read, and the weightings. */
export type TuringState = {
  controller: ControllerState;
  memory: Tensor;
  read: Tensor;
  readWeights: Tensor;
  writeWeights: Tensor;
};

/**
 * The step of a Neural Turing Machine: controller, heads and memory, without an output layer.
 * Graves, Wayne & Danihelka 2014, arXiv:1410.5401; numbers in parentheses are its equations.
 *
 * Traces: `memory` (slots, width), `read` (heads · width), `erase`, `add` (heads, width), `hidden` (hiddenSize), and of
 * the heads that read: `readWeights` (heads, slots), `readKey` (heads, width), `readShift` (heads, shifts), `readStrength`,
 * `readGate`, `readGamma` (heads); of those that write: `writeWeights` and so on.
 */
export class TuringCell extends WholeCell<TuringState> {
  readonly outputSize: number;
  readonly stateSize: number;
  readonly controller: Controller;
  readonly writeHeads: WriteHeads;
  readonly readHeads: ReadHeads;
  /** Logits of the weightings before the first step, or these themselves; slot 0 leads. */
  readonly initialReadWeights: Parameter;
  readonly initialWriteWeights: Parameter;
  /** What has been read before the first step, in front of a tanh or as it is. */
  readonly initialRead: Parameter;
  readonly initialMemory: Parameter | undefined;

  constructor(readonly options: Readonly<Required<TuringCellOptions>>) {
    super();
    const { inputSize, hiddenSize, slots, width, readHeads, writeHeads, squashInitial } = options;
    const readSize = readHeads * width;
    this.controller = this.layer(
      options.controller === "lstm" ? "controller.lstm" : "controller",
      makeController({ ...options, inputSize: inputSize + readSize }),
    );
    this.writeHeads = this.layer("writeHeads", new WriteHeads({ ...options, heads: writeHeads }));
    this.readHeads = this.layer("readHeads", new ReadHeads({ ...options, heads: readHeads }));
    const first = leadingSlot(squashInitial ? 10 : 1);
    this.initialReadWeights = this.parameter("initialReadWeights", [readHeads, slots], first);
    this.initialWriteWeights = this.parameter("initialWriteWeights", [writeHeads, slots], first);
    this.initialRead = this.parameter("initialRead", [readSize], zeros);
    if (options.initialMemory === "learned") {
      this.initialMemory = this.parameter("initialMemory", [slots, width], (values) => void values.fill(1e-6));
    }
    this.outputSize = hiddenSize + (options.outputsRead ? readSize : 0);
    this.stateSize = this.controller.stateSize + readSize;
  }

  /** State before the first step, for a batch. */
  initialState(graph: Graph, batch: number): TuringState {
    const { slots, width, initialMemory, squashInitial } = this.options;
    const rows = (tensor: Tensor): Tensor => broadcast(tensor, { axis: 0, count: batch });
    const squashed = (squash: (x: Tensor) => Tensor, parameter: Parameter): Tensor =>
      rows(squashInitial ? squash(graph.parameter(parameter)) : graph.parameter(parameter));
    return {
      controller: this.controller.initialState(graph, batch),
      memory:
        initialMemory === "learned"
          ? rows(graph.parameter(this.initialMemory!))
          : constant(graph, [batch, slots, width], initialMemory),
      read: squashed(tanh, this.initialRead),
      readWeights: squashed(softmax, this.initialReadWeights),
      writeWeights: squashed(softmax, this.initialWriteWeights),
    };
  }

  /** One time step: x (batch, inputSize). */
  step(x: Tensor, state: TuringState): TuringState {
    const controller = this.controller.step(concat([x, state.read]), state.controller);
    const h = this.controller.output(controller);
    const writing = this.writeHeads.address(h, state.memory, state.writeWeights); // (5)–(9)
    const memory = this.writeHeads.write(state.memory, writing); // (3), (4)
    const { order } = this.options;
    const addressed = order === "write-read" ? memory : state.memory;
    const readWeights = this.readHeads.address(h, addressed, state.readWeights); // (5)–(9)
    const read = this.readHeads.read(order === "read-write" ? state.memory : memory, readWeights); // (2)
    const { weights: writeWeights, erase, add } = writing;
    this.trace({ memory, read, readWeights, writeWeights, erase, add, hidden: h });
    return { controller, memory, read, readWeights, writeWeights };
  }

  /** h, and what was read if it is to be: (batch, outputSize). */
  output({ controller, read }: TuringState): Tensor {
    const h = this.controller.output(controller);
    return this.options.outputsRead ? concat([h, read]) : h;
  }

  /** The controller's state and what was read. */
  flat({ controller, read }: TuringState): Tensor {
    return concat([this.controller.flat(controller), read]);
  }
}

/** Slot 0 leads: softmax of (10, 0, 0, …) over 128 slots puts 0.994 of the weight there. */
const leadingSlot =
  (value: number): Initializer =>
  (values, _random, [heads, slots]) => {
    values.fill(0);
    for (let head = 0; head < heads!; ++head) values[head * slots!] = value;
  };
