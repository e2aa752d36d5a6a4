import {
  add,
  broadcast,
  concat,
  constant,
  matmul,
  multiply,
  readWindow,
  sigmoid,
  slice,
  tanh,
  writeWindow,
} from "../../graph/ops/index.js";
import type { Graph } from "../../graph/graph.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";
import { gaussian } from "./gaussian.js";

const linear = (inputSize: number, outputSize: number): Linear =>
  new Linear({ inputSize, outputSize, weights: gaussian, bias: gaussian });

/** Sizes of a MemoryTape. */
interface MemoryTapeOptions {
  readonly hiddenSize: number;
  readonly cells: number;
  /** Numbers of a cell. */
  readonly width: number;
  /** Cells that are read and written at a step. */
  readonly window: number;
  /** Cells of the input that are mixed in, 0 without direct access. */
  readonly inputWindow: number;
}

/** The memory tape: a window of cells around the head is read and written at each step, continuously. */
export class MemoryTape extends Layer {
  readonly forget: Linear;
  readonly write: Linear;
  readonly mix: Linear | undefined;
  readonly #options: MemoryTapeOptions;

  constructor(options: MemoryTapeOptions) {
    super();
    const { hiddenSize, window, width, inputWindow } = options;
    this.#options = options;
    this.forget = this.layer("forget", linear(hiddenSize, window * width));
    this.write = this.layer("write", linear(hiddenSize, window * width));
    this.mix = inputWindow ? this.layer("mix", linear(hiddenSize, 2 * inputWindow * window)) : undefined;
  }

  /** Zeros, but the first cell, which is ones so that the head can see where it began. */
  initial(graph: Graph, batch: number): Tensor {
    const { cells, width } = this.#options;
    const zeros = constant(graph, [batch, cells, width], 0);
    return writeWindow(zeros, constant(graph, [batch], 0), constant(graph, [batch, 1, width], 1));
  }

  /** The cells around the head: memory (batch, cells, width), position (batch) → (batch, window, width). */
  read(memory: Tensor, position: Tensor): Tensor {
    return readWindow(memory, position, { size: this.#options.window });
  }

  /** The memory with its cells around the head replaced. */
  put(memory: Tensor, position: Tensor, cells: Tensor): Tensor {
    return writeWindow(memory, position, cells);
  }

  /**
   * The cells around the head after the step: m ← m ∘ σ(F h) + tanh(W h), and with direct access, for each cell x of the
   * input window in order, m ← g₂ m + g₁ x. cells (batch, window, width), h (batch, hidden), input (batch, window, width).
   */
  written(cells: Tensor, h: Tensor, input: Tensor): Tensor {
    const { shape } = cells;
    const kept = multiply(cells, reshape(sigmoid(this.forget.forward(h)), shape));
    let next = add(kept, reshape(tanh(this.write.forward(h)), shape));
    if (!this.mix) return next;
    const { window, width, inputWindow } = this.#options;
    const batch = shape[0]!;
    const gates = reshape(sigmoid(this.mix.forward(h)), [batch, 2 * inputWindow, window]);
    const gate = (at: number): Tensor =>
      broadcast(reshape(slice(gates, { axis: 1, begin: at, end: at + 1 }), [batch, window]), { axis: 2, count: width });
    for (let at = 0; at < inputWindow; ++at) {
      const x = reshape(slice(input, { axis: 1, begin: at, end: at + 1 }), [batch, width]);
      const taken = multiply(gate(2 * at), broadcast(x, { axis: 1, count: window }));
      next = add(multiply(gate(2 * at + 1), next), taken);
    }
    return next;
  }
}

/** Sizes of an OutputTape. */
interface OutputTapeOptions {
  readonly hiddenSize: number;
  readonly symbols: number;
  /** Cells, of memory and input, that predictions see, 0 without direct access. */
  readonly direct: number;
}

/** What is predicted: logits from the controller and, with direct access, of gated cells. */
export class OutputTape extends Layer {
  readonly predict: Linear;
  readonly gates: Linear | undefined;

  constructor({ hiddenSize, symbols, direct }: OutputTapeOptions) {
    super();
    this.predict = this.layer("predict", linear(hiddenSize, symbols));
    this.gates = direct ? this.layer("gates", linear(hiddenSize, direct)) : undefined;
  }

  /** h (batch, hidden), cells: (batch, …, symbols) each → logits (batch, symbols). */
  logits(h: Tensor, cells: readonly Tensor[]): Tensor {
    const own = this.predict.forward(h);
    if (!this.gates) return own;
    const seen = cells.length > 1 ? concat(cells, { axis: 1 }) : cells[0]!;
    const [batch, count, symbols] = seen.shape as [number, number, number];
    const gates = reshape(sigmoid(this.gates.forward(h)), [batch, 1, count]);
    return add(own, reshape(matmul(gates, seen), [batch, symbols]));
  }
}
