import { add, broadcast, concat, constant, linear, matmul, multiply, subtract, tanh } from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import { part, reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { glorot, zeros } from "../../layers/initializers.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";

/** Features of a fact c, the question q and the memory m that its score sees. */
export type FactFeatures = "all" | "interactions";

/** How well facts fit a memory: (sentences, batch). */
export type ScoreOf = (memory: Tensor) => Tensor;

/**
 * The score of a fact c for a question q and a memory m, before its gate: W₂ tanh(W₁ z + b₁) + b₂.
 *
 * - "all": z = [c; q; m; c ∘ q; (c − q)²; c ∘ m; (c − m)²], of Kumar et al. 2015 with squares for absolute values, which have
 *   no derivative at 0, and without their two bilinear terms.
 * - "interactions": the last four, of DMN+.
 *
 * W₁ is one matrix, whose rows are in the order of z. What does not depend on the memory is multiplied once for all episodes.
 */
export class FactScores extends Layer {
  readonly #width: number;
  readonly #hasVectors: boolean;
  readonly weights: Parameter;
  readonly bias: Parameter;
  readonly score: Linear;

  constructor({ width, features }: { readonly width: number; readonly features: FactFeatures }) {
    super();
    this.#width = width;
    this.#hasVectors = features === "all";
    this.weights = this.parameter("weights", [(this.#hasVectors ? 7 : 4) * width, width], glorot());
    this.bias = this.parameter("bias", [width], zeros);
    this.score = this.layer("score", new Linear({ inputSize: width, outputSize: 1 }));
  }

  /** facts: (sentences, batch, width), question: (batch, width). */
  of(facts: Tensor, question: Tensor): ScoreOf {
    const { graph } = facts.scope;
    const d = this.#width;
    const [sentences, batch] = [facts.shape[0]!, facts.shape[1] as number];
    const weights = graph.parameter(this.weights);
    const rows = (begin: number, end: number): Tensor => part(weights, { begin: begin * d, end: end * d });
    const none = constant(graph, [d], 0);
    const everywhere = (x: Tensor): Tensor => broadcast(x, { count: sentences });
    /** [c ∘ x; (c − x)²] W, x (batch, width). */
    const between = (x: Tensor, matrix: Tensor, bias: Tensor): Tensor => {
      const all = everywhere(x);
      const difference = subtract(facts, all);
      return linear(concat([multiply(facts, all), multiply(difference, difference)]), matrix, bias);
    };
    const first = this.#hasVectors ? 3 : 0;
    let fixed = between(question, rows(first, first + 2), graph.parameter(this.bias));
    if (this.#hasVectors) {
      fixed = add(fixed, linear(facts, rows(0, 1), none));
      fixed = add(fixed, everywhere(matmul(question, rows(1, 2))));
    }
    return (memory) => {
      let sum = add(fixed, between(memory, rows(first + 2, first + 4), none));
      if (this.#hasVectors) sum = add(sum, everywhere(matmul(memory, rows(2, 3))));
      return reshape(this.score.forward(tanh(sum)), [sentences, batch]);
    };
  }
}
