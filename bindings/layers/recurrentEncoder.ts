import { concat, dropout, reverseSequence } from "../graph/ops/index.js";
import { first } from "../graph/reshape.js";
import { scan } from "../graph/scan.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import type { Cell } from "./cell.js";
import { makeCell, type CellName, type CellOptions } from "./cells.js";
import { Layer } from "./layer.js";

/** Sizes and choices of a RecurrentEncoder. */
export interface RecurrentEncoderOptions {
  inputSize: number;
  /** Numbers of an annotation: the units of a layer, of both directions together. */
  hiddenSize: number;
  cell: CellName;
  cellOptions: CellOptions;
  layers: number;
  /** Whether half of each layer's units read from the end to the begin. */
  bidirectional: boolean;
}

/** Dropout and reading of an encoding. */
export interface EncodingOptions {
  /** The part that training drops between layers. */
  rate?: number;
  /** What a cell of the first layer takes of inputs, or of what stands for them. Default: what it projects. */
  read?: (cell: Cell, xs: Tensor) => Tensor;
}

/** What an encoder makes of sequences. */
export interface Encoded {
  /** (time, batch, hiddenSize): an annotation of each step; what is behind an end means nothing. */
  readonly outputs: Tensor;
  /** (batch, hiddenSize): what each direction knows once it has read all. */
  readonly end: Tensor;
}

/**
 * Layers of recurrent cells that read whole sequences, forward or in both directions: the annotations of Bahdanau, Cho &
 * Bengio 2015, arXiv:1409.0473, (7). Backward reads each sequence of a batch from its own end.
 */
export class RecurrentEncoder extends Layer {
  readonly cells: readonly (readonly Cell[])[];

  constructor({ inputSize, hiddenSize, cell, cellOptions, layers, bidirectional }: RecurrentEncoderOptions) {
    super();
    const directions = bidirectional ? ["forward", "backward"] : ["forward"];
    this.cells = Array.from({ length: layers }, (_, i) => {
      const sizes = { inputSize: i ? hiddenSize : inputSize, hiddenSize: hiddenSize / directions.length };
      return directions.map((direction) => this.layer(`${direction}${i}`, makeCell(cell, sizes, cellOptions)));
    });
  }

  /**
   * xs: (time, batch, inputSize), lengths: (batch). Training drops a part between layers. What `read`
   * makes an input of can go in as well: (time, batch, …).
   */
  forward(xs: Tensor, lengths: Tensor, { rate = 0, read = project }: EncodingOptions = {}): Encoded {
    const { graph } = xs.scope;
    let outputs = xs;
    let end = xs;
    this.cells.forEach(([forward, backward], i) => {
      const below = i && rate && graph.isTraining ? dropout(outputs, graph.random(), { rate }) : outputs;
      const reads = i ? project : read;
      const there = run(forward!, reads(forward!, below));
      const thereEnd = first(reverseSequence(there, lengths));
      if (backward) {
        const back = reverseSequence(run(backward, reads(backward, reverseSequence(below, lengths))), lengths);
        outputs = concat([there, back]);
        end = concat([thereEnd, first(back)]);
      } else {
        outputs = there;
        end = thereEnd;
      }
    });
    return { outputs, end };
  }
}

const project = (cell: Cell, xs: Tensor): Tensor => cell.project(xs);

function run(cell: Cell, projected: Tensor): Tensor {
  const step = (state: Tree, x: Tensor): [Tree, Tensor] => {
    const next = cell.advance(x, state);
    return [next, cell.output(next)];
  };
  return scan(step, cell.initialState(projected.scope.graph, projected.shape[1] as number), projected)[1];
}
