import { between, checkOptions, notNegative, oneOf, whole } from "../../common/options.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";
import type { Engine } from "../../engine/engine.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import { inputsOf, type Layout } from "../../graph/layout.js";
import { affine, concat, constant, dropout, softmax } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import { Linear } from "../../layers/linear.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { outputTraces } from "../../models/outputTraces.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import type { StoryTask } from "../../tasks/babi/babiTask.js";
import { passageLayout } from "../../tasks/babi/fillPassages.js";
import type { Sentence, StoryAnswer, StoryQuestion } from "../../tasks/babi/storyAnswers.js";
import type { AnyTask } from "../../tasks/task.js";
import { EpisodicMemory, type EpisodeAttention, type Episode } from "./episodicMemory.js";
import { FactReader, type FactEncoding, type PassageInputs } from "./factReader.js";
import { PassageRunner } from "./passageRunner.js";

/** Vocabulary and sizes of a DynamicMemoryNetwork. */
export interface DynamicMemoryNetworkOptions extends SeedOption {
  /** Words that it knows, answers among them: those of babiTask. */
  symbols: readonly string[];
  /** Sentences of a story: of a longer one it reads the latest. Default: 50. */
  slots?: number;
  /** Most words of a sentence or question. Default: 12. */
  words?: number;
  /** Passes over the facts, T_M in the paper. Default: 3. */
  episodes?: number;
  /** Units of every GRU. Default: 40. */
  hiddenSize?: number;
  /** Numbers of a word's vector, which is learned. Default: 40. */
  embeddingSize?: number;
  /** How an episode weighs facts. "softmax" is of DMN+. Default: "gate". */
  attention?: EpisodeAttention;
  /** How a story becomes facts. "fusion" is of DMN+. Default: "words". */
  encoding?: FactEncoding;
  /**
   * α of the auxiliary loss: the cross-entropy of the gates of episode i against the i-th supporting fact. Default: 0,
   * which learns from answers alone.
   */
  supportWeight?: number;
  /** The part of facts, and of the last memory, that training drops. Default: 0. */
  dropout?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const dynamicMemoryNetworkRules = () =>
  ({
    symbols: [undefined, isVocabulary],
    slots: [50, whole(1, { most: 0x1_0000 })],
    words: [12, whole(1, { most: 256 })],
    episodes: [3, whole(1, { most: 16 })],
    hiddenSize: [40, whole(1, { most: 4096 })],
    embeddingSize: [40, whole(1, { most: 4096 })],
    attention: ["gate", oneOf("gate", "softmax")],
    encoding: ["words", oneOf("words", "fusion")],
    supportWeight: [0, notNegative()],
    dropout: [0, between(0, 1, { below: true })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * A dynamic memory network that answers questions about stories: it reads a story word by word into facts, one for each
 * sentence, passes over them several times, and each time gathers those that the question and what it remembers so far
 * open gates for. Kumar et al. 2015, arXiv:1506.07285. It needs the kernels of `tapehead/full`.
 *
 * The options of DMN+ (Xiong, Merity & Socher 2016, arXiv:1603.01417) are `attention: "softmax"` — weights of facts that
 * add up to 1, from the four interactions of a fact with question and memory; the attention GRU; a memory that is
 * ReLU(W [m; e; q] + b) with a W of each episode — and `encoding: "fusion"`. Both together are DMN+.
 *
 * Other than in the papers: squares are for absolute differences, word vectors are learned, an answer is one word, as
 * softmax(W m + b), and the number of episodes is fixed. With supporting facts, an episode for which there is none is free;
 * the last one is to read all that are left.
 *
 * @example
 * const model = new DynamicMemoryNetwork({ symbols: task.symbols, slots: task.slots, words: task.words, seed: 1 });
 * const { answer, probability, attention } = model.answer(engine, ["Mary went to the hall."], "Where is Mary?");
 */
export class DynamicMemoryNetwork extends Model {
  static readonly className = "DynamicMemoryNetwork";
  readonly name = DynamicMemoryNetwork.className;
  readonly options: Required<DynamicMemoryNetworkOptions>;
  readonly vocabulary: Vocabulary;
  readonly #reader: FactReader;
  readonly #memory: EpisodicMemory;
  readonly #output: Linear;
  readonly #runner = new PassageRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: DynamicMemoryNetworkOptions) {
    super();
    const checked = checkOptions(this.name, options, dynamicMemoryNetworkRules());
    this.options = checked;
    this.vocabulary = new Vocabulary(checked.symbols);
    const { episodes, hiddenSize, embeddingSize, attention, encoding } = checked;
    const symbols = checked.symbols.length;
    this.#reader = this.layer("reader", new FactReader({ symbols, embeddingSize, hiddenSize, encoding }));
    this.#memory = this.layer("memory", new EpisodicMemory({ width: hiddenSize, episodes, attention }));
    this.#output = this.layer("output", new Linear({ inputSize: hiddenSize, outputSize: symbols }));
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
    const { encoding, words, supportWeight, episodes } = this.options;
    return passageLayout({
      ...(encoding === "fusion" && { words }),
      ...(supportWeight && { facts: episodes }),
    });
  }

  /** Shards of large matrices: every one adds up gradients of all words. */
  override shardRows(left: number, batch: number): number {
    return wideShardRows(left, batch);
  }

  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const { answer, facts, ...passages } = inputsOf(graph, this.batchLayout(), batch) as PassageInputs &
      Record<"answer" | "facts", Tensor>;
    const { logits, episodes } = this.#record(passages, batch);
    const every = constant(graph, [1, batch], 1);
    const measured = evaluateTask(task, {
      graph,
      logits: reshape(logits, [1, batch, this.options.symbols.length]),
      targets: reshape(answer, [1, batch, 1]),
      mask: every,
      inside: every,
    });
    if (!facts) return measured;
    const ofGates = this.#memory.supportLoss(episodes, facts, passages.told);
    return { ...measured, auxiliary: affine(ofGates, { scale: this.options.supportWeight }) };
  }

  /**
   * `answer`: the fields of a batch, story and question → probabilities (batch, symbols), and attention
   * (sentences, batch, episodes), the gate of each sentence in each episode.
   */
  override methods({ trace }: Pick<MethodOptions, "trace">): Methods {
    const record = (graph: Graph, batch: number): void => {
      const { answer: _, facts: __, ...layout } = this.batchLayout();
      const { logits, attention } = this.#record(inputsOf(graph, layout, batch) as PassageInputs, batch);
      graph.output("probabilities", softmax(logits));
      graph.output("attention", attention);
      outputTraces(this.name, graph, trace);
    };
    return { answer: { record, cut: wideShardRows } };
  }

  #record(
    passages: PassageInputs,
    batch: number,
  ): { readonly logits: Tensor; readonly episodes: readonly Episode[]; readonly attention: Tensor } {
    const dropped = (x: Tensor): Tensor => {
      const { graph } = x.scope;
      const { dropout: rate } = this.options;
      return rate && graph.isTraining ? dropout(x, graph.random(), { rate }) : x;
    };
    const question = this.#reader.question(passages);
    const facts = dropped(this.#reader.facts(passages));
    const { memory, episodes } = this.#memory.remember(facts, question, passages.told);
    const sentences = passages.told.shape[0]!;
    const attention = concat(episodes.map(({ gates }) => reshape(gates, [sentences, batch, 1])));
    this.trace({ attention });
    return { logits: this.#output.forward(dropped(memory)), episodes, attention };
  }

  /**
   * Answers a question about a story, whose sentences are texts or lists of words, the oldest first.
   *
   * @throws RangeError when the story has no sentence, a sentence or the question has no word or too many, or a word is not
   * in the vocabulary: the message names it. Of a story with more sentences than `slots` the first are not read, and
   * `forgotten` says how many.
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
