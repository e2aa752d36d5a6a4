import { affine, broadcast, concat, multiply, sigmoid, slice, softplus } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Tree } from "../../graph/tree.js";
import { Linear } from "../../layers/linear.js";
import { LSTMCell, type LSTMState } from "../../layers/lstmCell.js";
import { WholeCell } from "../../layers/wholeCell.js";

/** Sizes that decide the parameters, whatever the memory's rows. */
export interface AccessSizes {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly width: number;
  readonly heads: number;
}

/** What every state has: the controller's, and what was read (batch, heads · width). */
export type Accessing = Tree & { readonly controller: LSTMState; readonly read: Tensor };

/** What a step wants of memory. */
export interface Access {
  readonly controller: LSTMState;
  /** (batch, heads, width). */
  readonly query: Tensor;
  /** What is written: (batch, heads, width). */
  readonly add: Tensor;
  /** α γ, how much is written where was read before, and α (1 − γ), onto an erased row; (batch, heads, 1). */
  readonly onRead: Tensor;
  readonly onErased: Tensor;
  /** What similarities are multiplied by, 1 or more: (batch, heads, 1). */
  readonly strength: Tensor;
}

/** The controller of a memory of which rows are read by content, and what of a step it decides: an LSTM and one layer. */
export abstract class AccessCell<State extends Accessing> extends WholeCell<State> {
  readonly outputSize: number;
  readonly stateSize: number;
  readonly controller: LSTMCell;
  /** For each head: query, what is added, and three numbers: write gate, interpolation gate, strength. */
  readonly interface: Linear;
  readonly #sizes: AccessSizes;

  constructor(sizes: AccessSizes) {
    super();
    const { inputSize, hiddenSize, width, heads } = sizes;
    const readSize = heads * width;
    this.#sizes = sizes;
    this.controller = this.layer("controller", new LSTMCell({ inputSize: inputSize + readSize, hiddenSize }));
    this.interface = this.layer(
      "interface",
      new Linear({ inputSize: hiddenSize, outputSize: heads * (2 * width + 3) }),
    );
    this.outputSize = hiddenSize + readSize;
    this.stateSize = 2 * hiddenSize + readSize;
  }

  /** The controller's step. x: (batch, inputSize). */
  protected access(x: Tensor, state: State): Access {
    const { width, heads } = this.#sizes;
    const controller = this.controller.step(concat([x, state.read]), state.controller);
    const fields = this.interface.forward(this.controller.output(controller));
    const parameters = reshape(fields, [x.shape[0]!, heads, 2 * width + 3]);
    const vector = (i: number): Tensor => slice(parameters, { begin: i * width, end: (i + 1) * width });
    const number = (i: number): Tensor => slice(parameters, { begin: 2 * width + i, end: 2 * width + i + 1 });
    const write = sigmoid(number(0)); // α
    const gate = sigmoid(number(1)); // γ
    return {
      controller,
      query: vector(0),
      add: vector(1),
      onRead: multiply(write, gate),
      onErased: multiply(write, affine(gate, { scale: -1, shift: 1 })),
      strength: affine(softplus(number(2)), { shift: 1 }),
    };
  }

  /** One number of each head for so many rows: (batch, heads, 1) → (batch, heads, count). */
  protected forRows(one: Tensor, count: number): Tensor {
    return broadcast(reshape(one, [one.shape[0]!, this.#sizes.heads]), { axis: 2, count });
  }

  /** h, and what was read: (batch, outputSize). */
  output({ controller, read }: State): Tensor {
    return concat([this.controller.output(controller), read]);
  }

  /** The controller's state and what was read. */
  flat({ controller, read }: State): Tensor {
    return concat([this.controller.flat(controller), read]);
  }
}
