import {
  add,
  affine,
  binaryCrossEntropy,
  broadcast,
  clip,
  concat,
  constant,
  maskedLogSoftmax,
  maskedSoftmax,
  multiply,
  relu,
  sigmoid,
  slice,
  sum,
  transpose,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";
import { AttentionUnit, GatedEpisodeUnit, type EpisodeUnit } from "./episodeUnit.js";
import { FactScores } from "./factScores.js";
import { GatedUnit } from "./gatedUnit.js";

/** How an episode weighs facts: each by a gate of its own, or all by a softmax. */
export type EpisodeAttention = "gate" | "softmax";

/** Sizes of an EpisodicMemory. */
export interface EpisodicMemoryOptions {
  readonly width: number;
  readonly episodes: number;
  readonly attention: EpisodeAttention;
}

/** One pass over the facts. */
export interface Episode {
  /** Scores of facts: (sentences, batch). */
  readonly scores: Tensor;
  /** How far each fact is read, from 0 to 1: (sentences, batch). */
  readonly gates: Tensor;
}

/**
 * Episodic memory module: m⁰ = q; episode i scores facts by q and mⁱ⁻¹, reads them in their order as far as their gates are
 * open, from h₀ = 0 to eⁱ, and updates the memory by it.
 *
 * - "gate": g = σ(score); h = g GRU(c, h) + (1 − g) h; mⁱ = GRU(eⁱ, mⁱ⁻¹). Kumar et al. 2015.
 * - "softmax": g = softmax(scores); the attention GRU; mⁱ = ReLU(Wⁱ [mⁱ⁻¹; eⁱ; q] + bⁱ). DMN+.
 */
export class EpisodicMemory extends Layer {
  readonly #episodes: number;
  readonly #attention: EpisodeAttention;
  readonly scores: FactScores;
  readonly episode: EpisodeUnit;
  /** The memory's GRU, or a map for each episode. */
  readonly update: GatedUnit | readonly Linear[];

  constructor({ width, episodes, attention }: EpisodicMemoryOptions) {
    super();
    this.#episodes = episodes;
    this.#attention = attention;
    const sizes = { inputSize: width, hiddenSize: width };
    const isGated = attention === "gate";
    this.scores = this.layer("scores", new FactScores({ width, features: isGated ? "all" : "interactions" }));
    this.episode = this.layer("episode", isGated ? new GatedEpisodeUnit(sizes) : new AttentionUnit(sizes));
    const map = (_: unknown, i: number): Linear =>
      this.layer(`update${i + 1}`, new Linear({ inputSize: 3 * width, outputSize: width }));
    this.update = isGated ? this.layer("update", new GatedUnit(sizes)) : Array.from({ length: episodes }, map);
  }

  /** facts: (sentences, batch, width), question: (batch, width), told: (sentences, batch), 1 where there is a fact. */
  remember(facts: Tensor, question: Tensor, told: Tensor): { readonly memory: Tensor; readonly episodes: Episode[] } {
    const scoreOf = this.scores.of(facts, question);
    const projected = this.episode.input.forward(facts);
    const start = constant(facts.scope.graph, question.shape, 0);
    const episodes: Episode[] = [];
    let memory = question;
    for (let i = 0; i < this.#episodes; ++i) {
      const scores = scoreOf(memory);
      const gates = this.#gates(scores, told);
      episodes.push({ scores, gates });
      const read = (h: Tensor, x: { c: Tensor; g: Tensor }): [Tensor, Record<string, never>] => [
        this.episode.read(x.c, x.g, h),
        {},
      ];
      const [episode] = scan(read, start, { c: projected, g: gates });
      memory = this.#updated(i, memory, episode, question);
    }
    return { memory, episodes };
  }

  #gates(scores: Tensor, told: Tensor): Tensor {
    if (this.#attention === "gate") return multiply(sigmoid(scores), told);
    return transpose(maskedSoftmax(transpose(scores), transpose(told)));
  }

  #updated(i: number, memory: Tensor, episode: Tensor, question: Tensor): Tensor {
    if (this.update instanceof GatedUnit) return this.update.advance(this.update.input.forward(episode), memory);
    return relu(this.update[i]!.forward(concat([memory, episode, question])));
  }

  /**
   * Cross-entropy, in nats, of the gates of each episode against the facts that it should read, summed over examples; of
   * examples that have no fact for an episode it says nothing. facts: (sentences, batch, episodes).
   */
  supportLoss(episodes: readonly Episode[], facts: Tensor, told: Tensor): Tensor {
    const count = told.shape[0]!;
    const losses = episodes.map(({ scores }, i) => {
      const targets = reshape(slice(facts, { begin: i, end: i + 1 }), told.shape);
      if (this.#attention === "softmax") {
        const logs = maskedLogSoftmax(transpose(scores), transpose(told));
        return affine(sum(sum(multiply(logs, transpose(targets)))), { scale: -1 });
      }
      const isTaught = clip(sum(targets, { axis: 0 }), { high: 1 });
      const mask = multiply(told, broadcast(isTaught, { count }));
      const [logits, wanted] = [scores, targets].map((x) => reshape(x, [...told.shape, 1])) as [Tensor, Tensor];
      return binaryCrossEntropy(logits, wanted, mask);
    });
    return losses.reduce((a, b) => add(a, b));
  }
}
