import {
  add,
  affine,
  argmax,
  broadcast,
  categorical,
  concat,
  matmul,
  multiply,
  oneHot,
  sigmoid,
  slice,
  stopGradient,
  sum,
  tanh,
  weightedRead,
} from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { Attention, type Annotations } from "../../layers/attention.js";
import { glorot } from "../../layers/initializers.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";
import { LSTMCell, type LSTMState } from "../../layers/lstmCell.js";

/** How annotations are read: all as far as they fit, one alone, or all alike. */
export type PictureAttention = "soft" | "hard" | "none";

/** Sizes and choices of a Describer. */
export interface DescriberOptions {
  readonly embeddingSize: number;
  readonly hiddenSize: number;
  readonly annotationSize: number;
  readonly attentionSize: number;
  readonly attention: PictureAttention;
}

/** What is drawn for a step of training with hard attention: (batch) each. */
export interface Draw {
  /** From 0 to below 1: which annotation. */
  readonly u: Tensor;
  /** 1 where all annotations are read, as by soft attention, and 0 where one that is drawn. */
  readonly soft: Tensor;
}

/** Where a step looked. */
export interface Look {
  /** (batch, count), before the softmax. */
  readonly scores: Tensor;
  /** α: (batch, count). */
  readonly weights: Tensor;
  /** What was read of each annotation: α, or 1 for one of them. */
  readonly read: Tensor;
  /** The number of the annotation that was drawn: (batch). */
  readonly choice: Tensor | undefined;
}

/** A step of decoding. */
export interface Described {
  readonly state: LSTMState;
  /** What was read, gated: (batch, annotationSize). */
  readonly context: Tensor;
  /** Nothing without attention. */
  readonly look: Look | undefined;
}

/** What a step does with hard attention: draws, or reads the likeliest annotation, or all. */
export type Reading = Draw | "likeliest" | "all";

/**
 * Says symbols about the annotations of a picture. Xu et al. 2015, arXiv:1502.03044:
 *
 *   c₀ = tanh(W_c ā + b_c),  h₀ = tanh(W_h ā + b_h),   ā the mean annotation        3.1.2
 *   e_i = v · tanh(W h′ + U a_i + b),  α = softmax(e)                               (4), (5)
 *   z = β Σ_i α_i a_i,  β = σ(w h′ + b)                                             4.2.1
 *   h, c = LSTM([E y′; z], h′, c′)                                                  (1) to (3)
 *   p = softmax(L_o tanh(E y′ + L_h h + L_z z))                                     (7)
 *
 * The tanh of the last is in the authors' code. Hard attention reads one a_i that is drawn from α, 4.1.
 */
export class Describer extends Layer {
  readonly attention: Attention | undefined;
  readonly cell: LSTMCell;
  /** [W_h, W_c]; the biases are the cell's first state. */
  readonly initial: Parameter;
  readonly gate: Linear;
  /** L_h and L_z, with one bias for both. */
  readonly deep: Linear;

  constructor({ embeddingSize, hiddenSize, annotationSize, attentionSize, attention }: DescriberOptions) {
    super();
    this.cell = this.layer("cell", new LSTMCell({ inputSize: embeddingSize + annotationSize, hiddenSize }));
    this.initial = this.parameter("initial", [annotationSize, 2 * hiddenSize], glorot());
    this.gate = this.layer("gate", new Linear({ inputSize: hiddenSize, outputSize: 1 }));
    this.deep = this.layer("deep", new Linear({ inputSize: hiddenSize + annotationSize, outputSize: embeddingSize }));
    if (attention === "none") return;
    this.attention = this.layer(
      "attention",
      new Attention({ querySize: hiddenSize, annotationSize, size: attentionSize }),
    );
  }

  /** mean: (batch, annotationSize). */
  initialState(mean: Tensor): LSTMState {
    const { graph } = mean.scope;
    const biases = this.cell.initialState(graph, mean.shape[0] as number);
    const both = matmul(mean, graph.parameter(this.initial));
    const half = this.cell.outputSize;
    return {
      h: tanh(add(slice(both, { end: half }), biases.h)),
      c: tanh(add(slice(both, { begin: half }), biases.c)),
    };
  }

  /**
   * embedded: what was said before, (batch, embeddingSize).
   *
   * @internal
   */
  step(embedded: Tensor, state: LSTMState, annotations: Annotations, reading: Reading): Described {
    const look = this.attention && lookAt(this.attention, state.h, annotations, reading);
    const read = look ? readBy(annotations.values, look.read) : meanOf(annotations.values);
    const gate = reshape(sigmoid(this.gate.forward(state.h)), [read.shape[0]!]);
    const context = multiply(read, broadcast(gate, { axis: 1, count: read.shape[1]! }));
    return { state: this.cell.step(concat([embedded, context]), state), context, look };
  }

  /** What the output layer reads, of any number of steps: (…, embeddingSize). */
  said(embedded: Tensor, h: Tensor, context: Tensor): Tensor {
    return tanh(add(embedded, this.deep.forward(concat([h, context]))));
  }
}

/** The mean annotation: values (batch, count, n) → (batch, n). */
export const meanOf = (values: Tensor): Tensor =>
  affine(sum(values, { axis: 1 }), { scale: 1 / (values.shape[1] as number) });

/** values (batch, count, n), weights (batch, count) → (batch, n). */
function readBy(values: Tensor, weights: Tensor): Tensor {
  const [batch, count, width] = values.shape;
  return reshape(weightedRead(values, reshape(weights, [batch!, 1, count!])), [batch!, width!]);
}

function lookAt(attention: Attention, query: Tensor, annotations: Annotations, reading: Reading): Look {
  const { scores, weights } = attention.forward(query, annotations);
  if (reading === "all") return { scores, weights, read: weights, choice: undefined };
  const classes = scores.shape[1] as number;
  if (reading === "likeliest") {
    return { scores, weights, read: oneHot(argmax(scores), { classes }), choice: undefined };
  }
  const choice = categorical(stopGradient(weights), reading.u);
  const soft = broadcast(reading.soft, { axis: 1, count: classes });
  const drawn = multiply(affine(soft, { scale: -1, shift: 1 }), oneHot(choice, { classes }));
  return { scores, weights, read: add(multiply(soft, weights), drawn), choice };
}
