import { add, matmul, tanh } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";
import { FeatureTable, type FeatureTableOptions } from "./featureTable.js";

/** Sizes of what is asked. */
export interface AskedOptions extends FeatureTableOptions {
  /** Facts, from the first, that have a copy of the features of their own; 0 where there are no facts at all. */
  readonly copies: number;
  readonly nonlinear: boolean;
}

/**
 * U Φ_x of the question and of the facts that were read so far: the question has a copy of the features, all facts share one,
 * and each of the first has another of its own, which tells it from the others.
 *
 * With `nonlinear`, W₂ tanh(W₁ U Φ_x + b₁) + b₂ is added to it.
 */
export class Asked extends Layer {
  readonly #question: FeatureTable;
  readonly #shared: FeatureTable | undefined;
  readonly #own: readonly FeatureTable[];
  readonly #layers: readonly [Linear, Linear] | undefined;

  constructor({ copies, nonlinear, ...table }: AskedOptions) {
    super();
    const { width } = table;
    this.#question = this.layer("question", new FeatureTable(table));
    if (copies) this.#shared = this.layer("facts", new FeatureTable(table));
    this.#own = Array.from({ length: copies }, (_, i) => this.layer(`fact${i + 1}`, new FeatureTable(table)));
    if (!nonlinear) return;
    const sizes = { inputSize: width, outputSize: width };
    this.#layers = [this.layer("hidden", new Linear(sizes)), this.layer("output", new Linear(sizes))];
  }

  /** Of features of questions (batch, count): (batch, width), the sum to which facts are added. */
  question(numbers: Tensor): Tensor {
    return this.#question.of(numbers);
  }

  /** The sum with one more fact, of which `read` were before: features (batch, count), −1 where there is no fact. */
  with(sum: Tensor, numbers: Tensor, read: number): Tensor {
    const own = this.#own[read];
    const next = add(sum, this.#shared!.of(numbers));
    return own ? add(next, own.of(numbers)) : next;
  }

  /** What is compared with memories or answers, of a sum: (batch, width). */
  vector(sum: Tensor): Tensor {
    if (!this.#layers) return sum;
    const [hidden, output] = this.#layers;
    return add(sum, output.forward(tanh(hidden.forward(sum))));
  }
}

/** Products x yᵀ of rows: x (batch, width), y (rows, width) → (batch, rows). */
export const products = (x: Tensor, y: Tensor): Tensor => matmul(x, y, { transposeB: true });
