import { add, concat, constant, matmul, multiply, slice, tanh } from "../graph/ops/index.js";
import type { Parameter } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";
import { leavesOf, withLeaves, type Tree } from "../graph/tree.js";
import { Attention, type Annotations, type AttentionScore } from "./attention.js";
import type { Cell } from "./cell.js";
import { makeCell, type CellName, type CellOptions } from "./cells.js";
import { glorot } from "./initializers.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";

/** Sizes and choices of an AttentionDecoder. */
export interface AttentionDecoderOptions {
  inputSize: number;
  hiddenSize: number;
  /** Numbers of an annotation, and of what the first state is made of. */
  annotationSize: number;
  cell: CellName;
  cellOptions: CellOptions;
  layers: number;
  /** "none": all it knows of the annotations is in its first state. */
  score: AttentionScore | "none";
  /** Units of the additive score. */
  attentionSize: number;
}

/** The cells' states and, where there is attention, h̃: (batch, hiddenSize). */
export type DecoderState = { cells: readonly Tree[]; attended: readonly Tensor[] };

/** What a step brings. */
export interface Decoded {
  readonly state: DecoderState;
  /** (batch, hiddenSize), for an output layer. */
  readonly output: Tensor;
  /** (batch, count), unless there is no attention. */
  readonly weights: Tensor | undefined;
}

/**
 * Layers of recurrent cells that attend to annotations at each step. Luong, Pham & Manning 2015, arXiv:1508.04025:
 *
 *   h = cells(h', [x; h̃'])                    3.3, input feeding
 *   c = Σ_j α_j a_j,   α = softmax(score(h, a))  (4), (7)
 *   h̃ = tanh(W_c [c; h])                      (5)
 *
 * Their first state is tanh(W e + b), with e what the encoder ends with.
 */
export class AttentionDecoder extends Layer {
  readonly attention: Attention | undefined;
  readonly cells: readonly Cell[];
  /** W_c. */
  readonly combine: Linear | undefined;
  readonly bridge: Parameter;
  readonly #hiddenSize: number;

  constructor(options: AttentionDecoderOptions) {
    super();
    const { inputSize, hiddenSize, annotationSize, cell, cellOptions, layers, score, attentionSize } = options;
    this.#hiddenSize = hiddenSize;
    const attends = score !== "none";
    this.cells = Array.from({ length: layers }, (_, i) => {
      const below = i ? hiddenSize : inputSize + (attends ? hiddenSize : 0);
      return this.layer(`layer${i}`, makeCell(cell, { inputSize: below, hiddenSize }, cellOptions));
    });
    const stateSize = this.cells.reduce((size, cell) => size + cell.stateSize, 0);
    this.bridge = this.parameter("bridge", [annotationSize, stateSize], glorot());
    if (!attends) return;
    this.attention = this.layer(
      "attention",
      new Attention({ querySize: hiddenSize, annotationSize, score, size: attentionSize }),
    );
    const width = annotationSize + hiddenSize;
    this.combine = this.layer("combine", new Linear({ inputSize: width, outputSize: hiddenSize }));
  }

  /** end: (batch, annotationSize). */
  initialState(end: Tensor): DecoderState {
    const { graph } = end.scope;
    const batch = end.shape[0] as number;
    const bridged = matmul(end, graph.parameter(this.bridge));
    let begin = 0;
    const started = (leaf: Tensor): Tensor => {
      const part = slice(bridged, { begin, end: (begin += leaf.shape[1] as number) });
      return tanh(add(part, leaf));
    };
    const cells = this.cells.map((cell) => {
      const state = cell.initialState(graph, batch);
      return withLeaves(state, leavesOf(state).map(started));
    });
    return { cells, attended: this.attention ? [constant(graph, [batch, this.#hiddenSize], 0)] : [] };
  }

  /** What a step takes of inputs, which can be had for many steps at once: x (…, inputSize) → (…, what cells like). */
  project(x: Tensor): Tensor {
    return this.cells[0]!.project(x);
  }

  /**
   * projected: (batch, …). Masks (batch, hiddenSize), one between two layers, drop the same units at every step:
   * Gal & Ghahramani 2016, arXiv:1512.05287.
   */
  step(projected: Tensor, state: DecoderState, annotations: Annotations, masks: readonly Tensor[] = []): Decoded {
    let h = projected;
    const cells = this.cells.map((cell, i) => {
      const before = state.cells[i]!;
      const after = i
        ? cell.step(masks.length ? multiply(h, masks[i - 1]!) : h, before)
        : cell.advance(projected, before, state.attended[0]);
      h = cell.output(after);
      return after;
    });
    if (!this.attention) return { state: { cells, attended: [] }, output: h, weights: undefined };
    const { context, weights } = this.attention.forward(h, annotations);
    const attentional = tanh(this.combine!.forward(concat([context, h])));
    return { state: { cells, attended: [attentional] }, output: attentional, weights };
  }
}
