import type { Graph } from "../graph/graph.js";
import { broadcast, concat, constant, softmax, tanh } from "../graph/ops/index.js";
import type { Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { oneOf, positive, whole } from "../options.js";
import type { Cell } from "./cell.js";
import { FeedforwardController, LSTMController, type Controller, type ControllerState } from "./controllers.js";
import { ReadHeads, WriteHeads, type KeyActivation } from "./heads.js";
import { zeros } from "./initializers.js";
import { Layer } from "./layer.js";

/** Sizes and choices of a TuringCell; all but one have the paper's defaults. */
export interface TuringCellOptions {
  /** Numbers that go in at each step. */
  inputSize: number;
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

/** What each option of a TuringCell defaults to and must be; made when asked for, since importing calls nothing. */
export const turingCellRules = () =>
  ({
    inputSize: [undefined, whole(1)],
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
  }) as const;

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
export class TuringCell extends Layer implements Cell<TuringState> {
  readonly outputSize: number;
  readonly stateSize: number;
  readonly controller: Controller;
  readonly writeHeads: WriteHeads;
  readonly readHeads: ReadHeads;
  /** Logits of the weightings before the first step; slot 0 leads. */
  readonly initialReadWeights: Parameter;
  readonly initialWriteWeights: Parameter;
  /** What has been read before the first step, in front of a tanh. */
  readonly initialRead: Parameter;

  constructor(readonly options: Readonly<Required<TuringCellOptions>>) {
    super();
    const { inputSize, controller, hiddenSize, slots, width, readHeads, writeHeads } = options;
    const Controller = controller === "lstm" ? LSTMController : FeedforwardController;
    const readSize = readHeads * width;
    this.controller = this.layer("controller", new Controller({ inputSize: inputSize + readSize, hiddenSize }));
    this.writeHeads = this.layer("writeHeads", new WriteHeads({ ...options, heads: writeHeads }));
    this.readHeads = this.layer("readHeads", new ReadHeads({ ...options, heads: readHeads }));
    this.initialReadWeights = this.parameter("initialReadWeights", [readHeads, slots], leadingSlot);
    this.initialWriteWeights = this.parameter("initialWriteWeights", [writeHeads, slots], leadingSlot);
    this.initialRead = this.parameter("initialRead", [readSize], zeros);
    this.outputSize = hiddenSize + readSize;
    this.stateSize = this.controller.stateSize + readSize;
  }

  initialState(graph: Graph, batch: number): TuringState {
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

  step(x: Tensor, state: TuringState): TuringState {
    const controller = this.controller.step(concat([x, state.read]), state.controller);
    const h = this.controller.output(controller);
    const writing = this.writeHeads.address(h, state.memory, state.writeWeights); // (5)–(9)
    const memory = this.writeHeads.write(state.memory, writing); // (3), (4)
    const readable = this.options.order === "write-read" ? memory : state.memory;
    const readWeights = this.readHeads.address(h, readable, state.readWeights); // (5)–(9)
    const read = this.readHeads.read(readable, readWeights); // (2)
    const { weights: writeWeights, erase, add } = writing;
    this.trace({ memory, read, readWeights, writeWeights, erase, add, hidden: h });
    return { controller, memory, read, readWeights, writeWeights };
  }

  /** h and what was read: (batch, hiddenSize + readHeads · width). */
  output({ controller, read }: TuringState): Tensor {
    return concat([this.controller.output(controller), read]);
  }

  /** The controller's state and what was read. */
  flat({ controller, read }: TuringState): Tensor {
    return concat([this.controller.flat(controller), read]);
  }
}

/** Slot 0 leads: softmax of (10, 0, 0, …) over 128 slots puts 0.994 of the weight there. */
function leadingSlot(values: Float32Array, _random: unknown, [heads, slots]: readonly number[]): void {
  values.fill(0);
  for (let head = 0; head < heads!; ++head) values[head * slots!] = 10;
}
