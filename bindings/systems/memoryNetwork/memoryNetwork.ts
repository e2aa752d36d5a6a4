import { checkOptions, flag, oneOf, positive, whole } from "../../common/options.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";
import type { Engine } from "../../engine/engine.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import { inputsOf, type Layout } from "../../graph/layout.js";
import { add, affine, clip, concat, constant, multiply, slice, softmax, sum } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import { oneHot } from "../../layers/places.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { outputTraces } from "../../models/outputTraces.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import type { StoryTask } from "../../tasks/babi/babiTask.js";
import { storyLayout } from "../../tasks/babi/fillStories.js";
import type { Sentence, StoryAnswer, StoryQuestion } from "../../tasks/babi/storyAnswers.js";
import type { AnyTask } from "../../tasks/task.js";
import { chooseFact } from "./choice.js";
import { factAt, slotNumbers, type Fact } from "./fact.js";
import { FactReading, type StoryFeatures } from "./factReading.js";
import { rankAnswer, rankFact } from "./marginRanking.js";
import { StoryRunner } from "../../models/storyRunner.js";
import { Response } from "./response.js";
import { featureCount, featuresOf, type SentenceFeatures } from "./wordFeatures.js";

/** Vocabulary and sizes of a MemoryNetwork. */
export interface MemoryNetworkOptions extends SeedOption {
  /** Words that it knows, answers among them: those of babiTask. */
  symbols: readonly string[];
  /** Memories, of one sentence each: of a longer story it has the latest. Default: 50. */
  slots?: number;
  /** Most words of a sentence or question. Default: 12. */
  words?: number;
  /** Most supporting facts that it reads, k in the paper; it reads fewer where it finds no more. Default: 3. */
  hops?: number;
  /** d in the paper. Default: 100, the paper's. */
  embeddingSize?: number;
  /** What of a sentence's words it sees. Default: "places". */
  features?: SentenceFeatures;
  /** Whether question and facts also go through two layers with a tanh before they are compared. Default: true. */
  nonlinear?: boolean;
  /** γ, by which what is right is to lead. Default: 1, as much as random scores differ at first; the paper's is 0.1. */
  margin?: number;
  /** Standard deviation of the initial embeddings. Default: 0.1. */
  initialDeviation?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const memoryNetworkRules = () =>
  ({
    symbols: [undefined, isVocabulary],
    slots: [50, whole(1, { most: 0x1_0000 })],
    words: [12, whole(1, { most: 256 })],
    hops: [3, whole(1, { most: 16 })],
    embeddingSize: [100, whole(1, { most: 4096 })],
    features: ["places", oneOf("words", "position", "places")],
    nonlinear: [true, flag()],
    margin: [1, positive()],
    initialDeviation: [0.1, positive()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/** Facts that have a copy of the features of their own, beside the one that all facts share. */
const COPIES = 3;

/**
 * A memory network that answers questions about stories: it looks for a sentence that supports the answer, then with it for
 * the next, and answers with a word by what it found. What it reads is chosen, not weighed, so it learns from questions whose
 * supporting facts are told. Weston, Chopra & Bordes 2014, arXiv:1410.3916; equations and symbols are the paper's, "no more
 * fact" and the layers of `nonlinear` of Weston et al. 2015, arXiv:1502.05698. Training needs the kernels of `tapehead/full`;
 * every binary runs a compiled model.
 *
 *     o_i = argmax_y s_O([x, m_o1, …, m_o(i−1)], y)         (2), (3)
 *     r = argmax_w s_R([x, m_o1, …, m_ok], w)               (4)
 *     s(x, y) = Φ_x(x)ᵀ Uᵀ U Φ_y(y)                         (5)
 *
 * Other than in the papers: each of the first three facts has a copy of the features of its own, beside one that all facts
 * share; every wrong alternative is in the loss, where the paper draws one; the sentence that leads is found at once and
 * not by a scan, see chooseFact; the layers are of the question's side alone, and their result is added to what goes in.
 *
 * @example
 * const model = new MemoryNetwork({ symbols: task.symbols, slots: task.slots, words: task.words, seed: 1 });
 * const { answer, attention } = model.answer(engine, ["Mary went to the hall."], "Where is Mary?");
 */
export class MemoryNetwork extends Model {
  static readonly className = "MemoryNetwork";
  readonly name = MemoryNetwork.className;
  readonly options: Required<MemoryNetworkOptions>;
  readonly vocabulary: Vocabulary;
  override readonly hasOwnLoss = true;
  readonly #facts: FactReading;
  readonly #response: Response;
  readonly #runner = new StoryRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: MemoryNetworkOptions) {
    super();
    const checked = checkOptions(this.name, options, memoryNetworkRules());
    this.options = checked;
    this.vocabulary = new Vocabulary(checked.symbols);
    const { hops, words, features, nonlinear, embeddingSize: width, initialDeviation: deviation } = checked;
    const symbols = checked.symbols.length;
    const table = { features, count: featureCount(features, symbols, words), width, deviation, nonlinear };
    // The last fact is seen by the response alone.
    const copies = (facts: number): number => Math.min(COPIES, facts);
    this.#facts = this.layer("facts", new FactReading({ ...table, hops, copies: copies(hops - 1) }));
    this.#response = this.layer("response", new Response({ ...table, symbols, copies: copies(hops) }));
  }

  override expectFit(owner: string, task: AnyTask): void {
    for (const what of ["symbols", "slots", "words"] as const) {
      const [ours, theirs] = [this.options[what], (task as StoryTask)[what]].map(String) as [string, string];
      if (ours === theirs) continue;
      const message = `${owner}: the model's ${what} are not those of the task ${task.name}`;
      throw new ShapeError(message, owner, theirs, ours);
    }
  }

  override batchLayout(): Layout {
    const { slots, words, hops } = this.options;
    const { support: _, linear: __, ...layout } = storyLayout({ slots, words, facts: hops });
    return layout;
  }

  /** Shards of large matrices: every one adds up gradients of all words. */
  override shardRows(left: number, batch: number): number {
    return wideShardRows(left, batch);
  }

  /**
   * Margin ranking of the facts that are told and of the answer, each by the facts before it that are told. Errors are those
   * of answers by facts that it finds by itself.
   */
  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const { answer, facts, ...story } = inputsOf(graph, this.batchLayout(), batch) as Record<string, Tensor> &
      Record<"answer" | "facts", Tensor>;
    const { margin, symbols } = this.options;
    const features = this.#features(story, batch);
    const { slots } = features;
    const losses: Tensor[] = [];
    const told = this.#facts.read(features, (scores, hop, before) => {
      const fact = factAt(reshape(slice(facts, { begin: hop, end: hop + 1 }), [batch]), slots);
      const loss = rankFact(scores, fact, slots, margin);
      losses.push(before ? multiply(loss, before.isThere) : loss); // behind none nothing is looked for
      return fact;
    });
    const words = slotNumbers(constant(graph, [batch, symbols.length], 0));
    losses.push(rankAnswer(this.#response.scores(features, told), oneHot(answer, words), margin));
    const every = constant(graph, [1, batch], 1);
    const measured = evaluateTask(task, {
      graph,
      logits: reshape(this.#answered(features).scores, [1, batch, symbols.length]),
      targets: reshape(answer, [1, batch, 1]),
      mask: every,
      inside: every,
    });
    return { metrics: measured.metrics, loss: sum(losses.reduce((a, b) => add(a, b))) };
  }

  /**
   * `answer`: the fields of a batch, story and question → probabilities (batch, symbols), and attention
   * (batch, hops, slots): 1 at the slot of the sentence that a hop reads, the latest sentence first.
   */
  override methods({ trace }: Pick<MethodOptions, "trace">): Methods {
    const record = (graph: Graph, batch: number): void => {
      const { answer: _, facts: __, ...layout } = this.batchLayout();
      const { scores, facts } = this.#answered(this.#features(inputsOf(graph, layout, batch), batch));
      const { hops, slots, margin } = this.options;
      const attention = reshape(concat(facts.map(({ there }) => there)), [batch, hops, slots]);
      this.trace({ attention });
      graph.output("probabilities", softmax(affine(scores, { scale: 1 / margin })));
      graph.output("attention", attention);
      outputTraces(this.name, graph, trace);
    };
    return { answer: { record, cut: wideShardRows } };
  }

  /** The component I: what is compared of sentences and questions. */
  #features({ story, question }: Record<string, Tensor>, batch: number): StoryFeatures {
    const { slots: count, words, features, symbols } = this.options;
    const of = (indices: Tensor): Tensor => featuresOf(features, indices, symbols.length);
    const sentences = reshape(story!, [batch, count, words]);
    const first = reshape(slice(sentences, { begin: 0, end: 1 }), [batch, count]);
    const told = clip(affine(first, { shift: 1 }), { low: 0, high: 1 });
    return { question: of(question!), memories: of(sentences), told, slots: slotNumbers(told) };
  }

  /** Scores of answers by the facts that the network finds. */
  #answered(features: StoryFeatures): { readonly scores: Tensor; readonly facts: readonly Fact[] } {
    const facts = this.#facts.read(features, (scores, _, before) => chooseFact(scores, features.slots, before));
    return { scores: this.#response.scores(features, facts), facts };
  }

  /**
   * Answers a question about a story, whose sentences are texts or lists of words, the oldest first. `attention` is 1 for
   * the sentence that a hop read; of a hop behind the last fact it is 0. Margin ranking makes no probabilities: that of the
   * answer is of a softmax of scores in units of the margin, good to compare answers by.
   *
   * @throws RangeError when the story has no sentence, a sentence or the question has no word or too many, or a word is not
   * in the vocabulary: the message names it. Of a story that is longer than the memory the first sentences are not read,
   * and `forgotten` says how many.
   * @example
   * const { answer, attention } = model.answer(engine, ["John took the milk.", "John left."], "Who has the milk?");
   */
  answer(engine: Engine, story: readonly Sentence[], question: Sentence): StoryAnswer {
    return this.#runner.run(engine, [{ story, question }])[0]!;
  }

  /** Answers questions, each about its own story, many in one call of a program. @throws RangeError as answer. */
  answers(engine: Engine, questions: readonly StoryQuestion[]): StoryAnswer[] {
    return this.#runner.run(engine, questions);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }
}
