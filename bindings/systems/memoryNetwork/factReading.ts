import { add, broadcast, multiply, slice, subtract } from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Asked, products, type AskedOptions } from "./asked.js";
import type { FactScores } from "./choice.js";
import { everywhere, featuresAt, olderThan, without, type Fact } from "./fact.js";
import { FeatureTable, normalWith } from "./featureTable.js";

/** Sizes of a FactReading. */
export interface FactReadingOptions extends AskedOptions {
  /** Most facts that are read. */
  readonly hops: number;
}

/** Features of questions and of the sentences of their stories. */
export interface StoryFeatures {
  /** (batch, count), −1 where there is none. */
  readonly question: Tensor;
  /** The latest sentence first: (batch, slots, count), −1 where there is none. */
  readonly memories: Tensor;
  /** 1 for each slot with a sentence: (batch, slots). */
  readonly told: Tensor;
  /** The numbers of slots: (batch, slots). */
  readonly slots: Tensor;
}

/** The next fact, by the scores of candidates; `before` is the fact that was read before. */
export type NextFact = (scores: FactScores, hop: number, before: Fact | undefined) => Fact;

/**
 * The component O of the paper, which finds supporting facts one after the other, each by the question and by those before:
 * s_O(x, y) = (U Φ_x(x)) · (U Φ_y(y)), x being the question with the facts so far.
 *
 * Of the times of s_Ot there are: whether y is newer than y', and whether y is newer than each fact of x, each with an
 * embedding that x is multiplied by. x knows which hop it is for by an embedding of its own. A sentence that was read is no
 * candidate again. That there is no more fact is a candidate with an embedding, as in the adaptive memory of Weston et al.
 * 2015, arXiv:1502.05698.
 */
export class FactReading extends Layer {
  readonly #hops: number;
  readonly asked: Asked;
  readonly memory: FeatureTable;
  /** A row for each hop. */
  readonly hop: Parameter;
  /** Of "no more fact", of a newer sentence than y', and of a newer one than fact i, from the first: (1 + hops, width). */
  readonly flags: Parameter;

  constructor({ hops, ...options }: FactReadingOptions) {
    super();
    this.#hops = hops;
    const { width, deviation } = options;
    this.asked = this.layer("asked", new Asked(options));
    this.memory = this.layer("memory", new FeatureTable(options));
    this.hop = this.parameter("hop", [hops, width], normalWith(deviation));
    this.flags = this.parameter("flags", [1 + hops, width], normalWith(deviation));
  }

  /** The facts that are read, in their order. */
  read(features: StoryFeatures, next: NextFact): Fact[] {
    const { question, memories } = features;
    const embedded = this.memory.of(memories);
    const hops = question.scope.graph.parameter(this.hop);
    const [batch, width] = [question.shape[0] as number, embedded.shape[2] as number];
    const facts: Fact[] = [];
    let sum = this.asked.question(question);
    for (let hop = 0; hop < this.#hops; ++hop) {
      if (hop) sum = this.asked.with(sum, featuresAt(memories, facts[hop - 1]!), hop - 1);
      const ofHop = reshape(slice(hops, { axis: 0, begin: hop, end: hop + 1 }), [width]);
      const x = this.asked.vector(add(sum, broadcast(ofHop, { count: batch })));
      facts.push(next(this.#scores(x, embedded, facts, features), hop, facts.at(-1)));
    }
    return facts;
  }

  /** Of all sentences: x (batch, width), embedded (batch, slots, width). */
  #scores(x: Tensor, embedded: Tensor, facts: readonly Fact[], { told, slots }: StoryFeatures): FactScores {
    const [batch, count, width] = embedded.shape as [number, number, number];
    const ofFlags = products(x, x.scope.graph.parameter(this.flags));
    const flag = (i: number): Tensor => reshape(slice(ofFlags, { begin: i, end: i + 1 }), [batch]);
    let sentences = reshape(products(reshape(x, [batch, 1, width]), embedded), [batch, count]);
    let allowed = told;
    facts.forEach((fact, i) => {
      const newer = multiply(olderThan(fact, slots), everywhere(flag(2 + i), slots));
      sentences = subtract(sentences, newer);
      allowed = multiply(allowed, without(fact.there));
    });
    return { sentences, none: flag(0), newer: flag(1), allowed };
  }
}
