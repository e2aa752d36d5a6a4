import type { Graph } from "../graph/graph.js";
import { concat } from "../graph/ops/index.js";
import type { Dimension } from "../graph/size.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import type { Cell } from "./cell.js";
import { StackMemory, stackEnds, type StackKind, type StackMemoryState, type StackMove } from "./stackMemory.js";
import { WholeCell } from "./wholeCell.js";

/** Sizes and choices of a StackCell. */
export interface StackCellOptions {
  inputSize: number;
  /** Numbers of a stored vector. */
  width: number;
  /** Default: "stack". */
  memory?: StackKind;
  /** Initial bias of the push at each end, of a deque the bottom's and then the top's. Default: 0 at each. */
  pushBias?: readonly number[];
  /** Controller for inputs of a size: a cell of this library, or of your own. */
  controller: (inputSize: number) => Cell;
  /** Steps for which there is room, where `initialState` is not told. Default: 128. */
  capacity?: number;
}

/** State of a StackCell: what its controller carries, and its memory. */
export type StackCellState = { readonly controller: Tree; readonly memory: StackMemoryState };

/**
 * Any recurrent cell with a neural stack, queue or deque: the controller reads the input and what the memory gave at the
 * step before. Grefenstette et al. 2015, arXiv:1506.02516, section 3.3.
 *
 * @example
 * const cell = new StackCell({ inputSize: 8, width: 16, controller: (inputSize) => new GRUCell({ inputSize, hiddenSize: 32 }) });
 */
export class StackCell extends WholeCell<StackCellState> {
  readonly outputSize: number;
  readonly stateSize: number;
  readonly controller: Cell;
  readonly memory: StackMemory;
  readonly capacity: number;

  constructor({ inputSize, width, memory = "stack", pushBias = [], controller, capacity = 128 }: StackCellOptions) {
    super();
    this.capacity = capacity;
    this.controller = this.layer("controller", controller(inputSize + stackEnds(memory) * width));
    this.outputSize = this.controller.outputSize;
    this.memory = this.layer("memory", new StackMemory({ inputSize: this.outputSize, width, memory, pushBias }));
    this.stateSize = this.controller.stateSize + this.memory.readSize;
  }

  /**
   * State before the first step, with room for a push of each of so many steps. A row that would fall out makes all that
   * follows NaN, which runs, sessions and training refuse.
   */
  initialState(graph: Graph, batch: number, slots: number | Dimension = this.capacity): StackCellState {
    return {
      controller: this.controller.initialState(graph, batch),
      memory: this.memory.initialState(graph, batch, slots),
    };
  }

  /** One step, and what the memory did. x: (batch, inputSize). */
  move(x: Tensor, { controller: before, memory }: StackCellState): [next: StackCellState, move: StackMove] {
    const controller = this.controller.step(concat([x, memory.read]), before);
    const [next, move] = this.memory.step(this.controller.output(controller), memory);
    return [{ controller, memory: next }, move];
  }

  /** One time step: the controller reads x (batch, inputSize) and what was read last, and moves the memory. */
  step(x: Tensor, state: StackCellState): StackCellState {
    return this.move(x, state)[0];
  }

  /** What the controller puts out: (batch, outputSize). What was read goes into the next step. */
  output({ controller }: StackCellState): Tensor {
    return this.controller.output(controller);
  }

  /** The controller's state, and what was read last: (batch, stateSize). */
  flat({ controller, memory }: StackCellState): Tensor {
    return concat([this.controller.flat(controller), memory.read]);
  }
}
