import type { Random } from "../../common/random/philox.js";
import { normal } from "../../common/random/normal.js";
import type { Graph } from "../../graph/graph.js";
import { matmul, slice } from "../../graph/ops/index.js";
import type { EmbeddingBagOptions } from "../../graph/ops/embeddingBag.js";
import type { Initializer, Parameter } from "../../graph/parameter.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { wordBag } from "../../layers/wordBag.js";

/** Which matrices are the same: those of successive hops, or those of all hops. */
export type MemoryTying = "adjacent" | "layerwise";

/** Sizes of the embeddings. */
export interface MemoryEmbeddingsOptions {
  /** Words, V in the paper. */
  readonly words: number;
  /** Time words, as many as memories. */
  readonly times: number;
  /** d in the paper. */
  readonly width: number;
  readonly hops: number;
  readonly tying: MemoryTying;
  /** Standard deviation of their numbers at first. */
  readonly deviation: number;
}

/** Normal with mean 0. */
const normalWith =
  (deviation: number): Initializer =>
  (values, random: Random) => {
    for (let i = 0; i < values.length; ++i) values[i] = deviation * normal(random);
  };

/**
 * The matrices of an end-to-end memory network, section 2.2 of the paper. Those of stories have a row for each word and,
 * behind them, for each time word (T_A and T_C of section 4.1), since what ties the one ties the other. The nil word has
 * none: an empty place adds nothing, as in the authors' code, which sets its row to 0 after every update.
 *
 * - "adjacent": A^{k+1} = C^k, B = A^1, Wᵀ = C^K: hops + 1 matrices.
 * - "layerwise": A^k = A, C^k = C, with B and W of their own, and H that maps the state from hop to hop.
 */
export class MemoryEmbeddings extends Layer {
  readonly #words: number;
  readonly #tying: MemoryTying;
  /** A¹, C¹ = A², …, C^K, or A and C: (words + times, width) each. */
  readonly stories: readonly Parameter[];
  /** B and Wᵀ: (words, width); with "adjacent" they are rows of the first and of the last. */
  readonly question: Parameter | undefined;
  readonly answer: Parameter | undefined;
  /** H: (width, width). */
  readonly state: Parameter | undefined;

  constructor({ words, times, width, hops, tying, deviation }: MemoryEmbeddingsOptions) {
    super();
    this.#words = words;
    this.#tying = tying;
    const start = normalWith(deviation);
    const story = (name: string): Parameter => this.parameter(name, [words + times, width], start);
    if (tying === "adjacent") {
      this.stories = Array.from({ length: hops + 1 }, (_, k) => story(`embedding${k + 1}`));
      return;
    }
    this.stories = [story("A"), story("C")];
    this.question = this.parameter("B", [words, width], start);
    this.answer = this.parameter("W", [words, width], start);
    this.state = this.parameter("H", [width, width], start);
  }

  /**
   * The memories that each matrix makes of stories: the m of hop k, and its c, from 1.
   * m_i = Σ_j l_j ∘ A x_ij + T_A(i), and c_i alike.
   */
  memories(story: Tensor, encoding: Required<EmbeddingBagOptions>): (hop: number) => readonly [m: Tensor, c: Tensor] {
    const { graph } = story.scope;
    const made = this.stories.map((table) => wordBag(graph.parameter(table), story, encoding));
    return (hop) => (this.#tying === "adjacent" ? [made[hop - 1]!, made[hop]!] : [made[0]!, made[1]!]);
  }

  /** u¹ = Σ_j l_j ∘ B q_j */
  asked(question: Tensor, encoding: Required<EmbeddingBagOptions>): Tensor {
    const table = question.scope.graph.parameter(this.question ?? this.stories[0]!);
    return wordBag(table, question, encoding);
  }

  /** What becomes of the state from hop to hop: u, or H u. */
  carried(u: Tensor): Tensor {
    return this.state ? matmul(u, u.scope.graph.parameter(this.state), { transposeB: true }) : u;
  }

  /** W u, the logits of all words: (batch, words). */
  logits(u: Tensor): Tensor {
    const { graph } = u.scope;
    const table = this.answer ? graph.parameter(this.answer) : this.#wordsOf(graph, this.stories.at(-1)!);
    return matmul(u, table, { transposeB: true });
  }

  #wordsOf(graph: Graph, table: Parameter): Tensor {
    return slice(graph.parameter(table), { axis: 0, begin: 0, end: this.#words });
  }
}
