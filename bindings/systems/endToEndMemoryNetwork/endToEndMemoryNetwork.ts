import { checkOptions, flag, oneOf, positive, whole } from "../../common/options.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";
import type { Engine } from "../../engine/engine.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import type { Layout } from "../../graph/layout.js";
import { add, concat, constant, interpolate, matmul, relu, softmax, weightedRead } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { outputTraces } from "../../models/outputTraces.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import type { StoryTask } from "../../tasks/babi/babiTask.js";
import { storyLayout } from "../../tasks/babi/fillStories.js";
import type { Sentence, StoryAnswer, StoryQuestion } from "../../tasks/babi/storyAnswers.js";
import type { AnyTask } from "../../tasks/task.js";
import { MemoryEmbeddings, type MemoryTying } from "./memoryEmbeddings.js";
import { StoryRunner } from "../../models/storyRunner.js";

/**
 * How the words of a sentence are added up: "words" as a bag of words, "position" by their places in it, l_j in section
 * 4.1 of the paper.
 */
export type SentenceEncoding = "position" | "words";

/** Vocabulary and sizes of an EndToEndMemoryNetwork. */
export interface EndToEndMemoryNetworkOptions extends SeedOption {
  /** Words that it knows, answers among them: those of babiTask. */
  symbols: readonly string[];
  /** Memories, of one sentence each: of a longer story it has the latest. Default: 50. */
  slots?: number;
  /** Most words of a sentence or question. Default: 12. */
  words?: number;
  /** K in the paper. Default: 3. */
  hops?: number;
  /** d in the paper. Default: 20, the paper's for one task; 50 for all twenty. */
  embeddingSize?: number;
  /** Default: "adjacent". */
  tying?: MemoryTying;
  /** Default: "position". */
  encoding?: SentenceEncoding;
  /** Whether a ReLU is behind each hop. Default: false. */
  nonlinear?: boolean;
  /** Standard deviation of the initial parameters. Default: 0.1. */
  initialDeviation?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const endToEndMemoryNetworkRules = () =>
  ({
    symbols: [undefined, isVocabulary],
    slots: [50, whole(1, { most: 0x1_0000 })],
    words: [12, whole(1, { most: 256 })],
    hops: [3, whole(1, { most: 16 })],
    embeddingSize: [20, whole(1, { most: 4096 })],
    tying: ["adjacent", oneOf("adjacent", "layerwise")],
    encoding: ["position", oneOf("position", "words")],
    nonlinear: [false, flag()],
    initialDeviation: [0.1, positive()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/** How much places count in position encoding. */
const SLOPE = 4;

/**
 * An end-to-end memory network that answers questions about stories: it reads all of a story at once, hop after hop, and
 * learns from answers alone what to read. Sukhbaatar, Szlam, Weston & Fergus 2015, arXiv:1503.08895; sections and symbols
 * are the paper's. It needs the kernels of `tapehead/full`.
 *
 * What the paper leaves open is as in the authors' code (facebook/MemNN): position encoding has mean 1, and the same
 * columns for sentences of any length; time words stand at the last place of a sentence; memories that are empty are not
 * masked, so that each has a part of the attention, and an answer depends on `slots`.
 *
 * @example
 * const model = new EndToEndMemoryNetwork({ symbols: task.symbols, slots: task.slots, words: task.words, seed: 1 });
 * const { answer, probability, attention } = model.answer(engine, ["Mary went to the hall."], "Where is Mary?");
 */
export class EndToEndMemoryNetwork extends Model {
  static readonly className = "EndToEndMemoryNetwork";
  readonly name = EndToEndMemoryNetwork.className;
  readonly options: Required<EndToEndMemoryNetworkOptions>;
  readonly vocabulary: Vocabulary;
  readonly embeddings: MemoryEmbeddings;
  readonly #runner = new StoryRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: EndToEndMemoryNetworkOptions) {
    super();
    const checked = checkOptions(this.name, options, endToEndMemoryNetworkRules());
    this.options = checked;
    const { slots, hops, embeddingSize, tying, initialDeviation } = checked;
    this.vocabulary = new Vocabulary(checked.symbols);
    const sizes = { words: checked.symbols.length, times: slots, width: embeddingSize, hops };
    this.embeddings = this.layer("", new MemoryEmbeddings({ ...sizes, tying, deviation: initialDeviation }));
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
    const { support: _, ...layout } = storyLayout({ ...this.options, times: true });
    return layout;
  }

  /** Shards of large matrices: every one adds up gradients of all words. */
  override shardRows(left: number, batch: number): number {
    return wideShardRows(left, batch);
  }

  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const answers = reshape(graph.input("answer", [batch]), [1, batch, 1]);
    const { logits } = this.record(graph, batch, graph.input("linear", [batch]));
    const every = constant(graph, [1, batch], 1);
    const answer = {
      graph,
      logits: reshape(logits, [1, batch, this.options.symbols.length]),
      targets: answers,
      mask: every,
      inside: every,
    };
    return evaluateTask(task, answer);
  }

  /**
   * `answer`: the fields of a batch, story and question → probabilities (batch, symbols), and attention
   * (batch, hops, slots), the p of each hop over the memories, the latest sentence first.
   */
  override methods({ trace }: Pick<MethodOptions, "trace">): Methods {
    const record = (graph: Graph, batch: number): void => {
      const { logits, attention } = this.record(graph, batch);
      graph.output("probabilities", softmax(logits));
      graph.output("attention", attention);
      outputTraces(this.name, graph, trace);
    };
    return { answer: { record, cut: wideShardRows } };
  }

  /**
   * The network over a batch's stories and questions. `linear` (batch) is 1 for each that is read without softmax, the
   * linear start of section 4.2.
   *
   * @internal
   */
  record(graph: Graph, batch: number, linear?: Tensor): { readonly logits: Tensor; readonly attention: Tensor } {
    const { slots, words, hops, embeddingSize: d, encoding, nonlinear } = this.options;
    const columns = words + 1; // with the time word
    const encoded = { slope: encoding === "position" ? SLOPE : 0, columns };
    const story = reshape(graph.input("story", [batch, slots * columns]), [batch, slots, columns]);
    const question = graph.input("question", [batch, words]);
    const memories = this.embeddings.memories(story, encoded);

    let u = this.embeddings.asked(question, encoded);
    const weights: Tensor[] = [];
    for (let hop = 1; hop <= hops; ++hop) {
      const [m, c] = memories(hop);
      const scores = reshape(matmul(reshape(u, [batch, 1, d]), m, { transposeB: true }), [batch, slots]);
      const soft = softmax(scores); // (1)
      const p = linear ? interpolate(linear, scores, soft) : soft;
      weights.push(reshape(p, [batch, 1, slots]));
      const o = reshape(weightedRead(c, weights.at(-1)!), [batch, d]); // (2)
      const next = add(this.embeddings.carried(u), o); // section 2.2
      u = nonlinear ? relu(next) : next;
    }
    const attention = concat(weights, { axis: 1 });
    this.trace({ attention });
    return { logits: this.embeddings.logits(u), attention }; // (3)
  }

  /**
   * Answers a question about a story, whose sentences are texts or lists of words, the oldest first.
   *
   * @throws RangeError when the story has no sentence, a sentence or the question has no word or too many, or a word is not
   * in the vocabulary: the message names it. What is left of 1 in a hop reads memories that are empty. Of a story that is longer than the memory the first sentences are not read,
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
