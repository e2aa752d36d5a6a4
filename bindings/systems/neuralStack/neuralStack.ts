import { checkOptions, expectValue, numbers, object, oneOf, whole } from "../../common/options.js";
import type { Engine } from "../../engine/engine.js";
import { compile } from "../../graph/compile.js";
import type { Graph } from "../../graph/graph.js";
import { tanh } from "../../graph/ops/index.js";
import type { Program } from "../../graph/program.js";
import { scan } from "../../graph/scan.js";
import type { Dimension } from "../../graph/size.js";
import type { Tensor } from "../../graph/tensor.js";
import { checkCellOptions, makeCell, type CellOptions } from "../../layers/cells.js";
import { Linear } from "../../layers/linear.js";
import { StackCell, type StackCellState } from "../../layers/stackCell.js";
import { stackEnds, type StackKind } from "../../layers/stackMemory.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";
import type { Recorded } from "../../models/sequenceModel.js";
import { StackSession } from "./stackSession.js";

/** Sizes and choices of a NeuralStack. */
export interface NeuralStackOptions extends SeedOption {
  /** Numbers that go in at each step. */
  inputSize: number;
  /** Numbers that come out at each step, as logits. */
  outputSize: number;
  /** Last in first out, first in first out, or both at both ends. Default: "stack". */
  memory?: StackKind;
  /** Numbers of a stored vector. Default: 256. */
  width?: number;
  /**
   * Initial bias of the push at each end, of a deque the bottom's and then the top's. From [1, −3], where its
   * rows come in at one end to begin with, a deque has learned to copy, which it did not from 0. Default: 0 at each.
   */
  pushBias?: readonly number[];
  /** The controller. Default: "lstm". */
  cell?: "rnn" | "gru" | "lstm";
  /** The cell's further options: `activation` of "rnn", `forgetBias` of "lstm". Default: none. */
  cellOptions?: CellOptions;
  /** Units of the controller. Default: 256. */
  hiddenSize?: number;
  /** Numbers that an input becomes in front of the controller. Default: 64. */
  embeddingSize?: number;
  /** Steps of a session for which its memory has room; a run has as much as its sequences need. Default: 128. */
  capacity?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const neuralStackRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    outputSize: [undefined, whole(1)],
    memory: ["stack", oneOf("stack", "queue", "deque")],
    width: [256, whole(1, { most: 0xffff })],
    pushBias: [[], numbers({ most: 2 })],
    cell: ["lstm", oneOf("rnn", "gru", "lstm")],
    cellOptions: [{}, object()],
    hiddenSize: [256, whole(1)],
    embeddingSize: [64, whole(1)],
    capacity: [128, whole(1, { most: 0xffff })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * Network that remembers in a neural stack, queue or deque of vectors, each with the strength to which it is there.
 * Grefenstette, Hermann, Suleyman & Blunsom 2015, arXiv:1506.02516, section 3.3:
 *
 *     o′ₜ, hₜ = LSTM([iₜ; rₜ₋₁], hₜ₋₁)        iₜ an embedding of the input
 *     memory  ← pop uₜ, push vₜ with strength dₜ, read rₜ              see StackMemory
 *     oₜ      = tanh(Wₒ o′ₜ + bₒ)             of which the logits are a linear map
 *
 * The memory of a run has room for all of its steps, so that nothing is ever lost; that of a session for `capacity`.
 *
 * Traces, rows with the newest first, of a deque those of the bottom and then those of the top: `push` and `pop` (ends),
 * `pushed` (ends, width), `strengths` (ends, steps) and `weights` (sides, ends, steps) after each step, `read`
 * (sides · width).
 *
 * @example
 * const model = new NeuralStack({ inputSize: 10, outputSize: 9, memory: "queue", width: 16, hiddenSize: 64, seed: 1 });
 */
export class NeuralStack extends RecurrentModel<StackCellState> {
  static readonly className = "NeuralStack";
  readonly name = NeuralStack.className;
  readonly options: Required<NeuralStackOptions>;
  readonly embedding: Linear;
  readonly cell: StackCell;
  readonly hidden: Linear;
  readonly output: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: NeuralStackOptions) {
    super();
    const checked = checkOptions(this.name, options, neuralStackRules());
    const { inputSize, outputSize, memory, width, pushBias, cell, hiddenSize, embeddingSize, capacity } = checked;
    expectValue(`${this.name}: pushBias of a ${memory}`, pushBias, numbers({ most: stackEnds(memory) }));
    const cellOptions = checkCellOptions(this.name, cell, checked.cellOptions);
    this.options = { ...checked, cellOptions };
    this.embedding = this.layer("embedding", new Linear({ inputSize, outputSize: embeddingSize }));
    const controller = (inputSize: number) => makeCell(cell, { inputSize, hiddenSize }, cellOptions);
    this.cell = this.layer(
      "cell",
      new StackCell({ inputSize: embeddingSize, width, memory, pushBias, controller, capacity }),
    );
    this.hidden = this.layer("hidden", new Linear({ inputSize: hiddenSize, outputSize: hiddenSize }));
    this.output = this.layer("output", new Linear({ inputSize: hiddenSize, outputSize }));
  }

  override initialState(graph: Graph, batch: number, slots?: number | Dimension): StackCellState {
    return this.cell.initialState(graph, batch, slots);
  }

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize), as logits. */
  override step(x: Tensor, state: StackCellState): [y: Tensor, next: StackCellState] {
    const [next, { push, pop, pushed, weights }] = this.cell.move(this.embedding.forward(x), state);
    const { strengths, read } = next.memory;
    this.trace({ push, pop, pushed, strengths, weights, read });
    return [this.output.forward(tanh(this.hidden.forward(this.cell.output(next)))), next];
  }

  override record(graph: Graph, xs: Tensor): Recorded {
    return { ys: this.#steps(graph, xs, xs.shape[0]!) };
  }

  /**
   * A session runs one step at a time, keeps its state in the engine, and allocates nothing after it is made. Its steps
   * throw a RangeError once a row that is still there has no room: see `capacity`.
   *
   * @example
   * const session = model.session(engine);
   * const logits = session.step(x); // valid until the next step
   */
  override session(engine: Engine): StackSession {
    return new StackSession(engine, this);
  }

  /**
   * The program of a session.
   *
   * @internal
   */
  override sessionProgram(): Program {
    const { inputSize, capacity } = this.options;
    const record = (graph: Graph): void => {
      const x = graph.input("x", [graph.dimension("time"), 1, inputSize]);
      graph.output("y", this.#steps(graph, x, capacity));
    };
    return this.compile(record, (graph) => compile(graph, { session: true }));
  }

  /** Steps over a sequence, with room for so many pushes. */
  #steps(graph: Graph, xs: Tensor, slots: number | Dimension): Tensor {
    const initial = this.initialState(graph, xs.shape[1] as number, slots);
    const [, ys] = scan(
      (state: StackCellState, x: Tensor) => {
        const [y, next] = this.step(x, state);
        return [next, y];
      },
      initial,
      xs,
    );
    return ys;
  }
}
