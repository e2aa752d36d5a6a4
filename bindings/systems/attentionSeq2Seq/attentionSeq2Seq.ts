import type { Engine } from "../../engine/engine.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import { batchMajor, dropout, transpose } from "../../graph/ops/index.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import type { AttentionScore } from "../../layers/attention.js";
import { AttentionDecoder, type DecoderState } from "../../layers/attentionDecoder.js";
import type { Cell } from "../../layers/cell.js";
import { checkCellOptions, type CellOptions } from "../../layers/cells.js";
import { Embedding } from "../../layers/embedding.js";
import { Linear } from "../../layers/linear.js";
import { RecurrentEncoder } from "../../layers/recurrentEncoder.js";
import { between, checkOptions, flag, object, oneOf, whole } from "../../common/options.js";
import type { Transduced, TransduceOptions, Transducing } from "../../models/transduction.js";
import { pairLayout } from "../../tasks/fillPairs.js";
import type { PairTask } from "../../tasks/pairs.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import { tracedDecoding } from "../../runtime/generate/methods.js";
import { Speller, type SourceAnnotations, type Spoken } from "../../models/speller.js";
import { SymbolDecoder, type EncodedSource } from "../../models/symbolDecoder.js";
import { TargetScorer } from "../../models/targetScorer.js";
import { Transducer } from "../../models/transducer.js";
import { symbolSources } from "./symbolSources.js";
import type { AnyTask } from "../../tasks/task.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";

/** Vocabularies, sizes and choices of an AttentionSeq2Seq. */
export interface AttentionSeq2SeqOptions extends SeedOption {
  /** What sources are made of; any other symbol is the unknown one. */
  sourceSymbols: readonly string[];
  /** What targets are made of. */
  targetSymbols: readonly string[];
  /** Default: "gru". */
  cell?: "rnn" | "gru" | "lstm";
  /** The cells' further options: `activation` of "rnn", `forgetBias` of "lstm". Default: none. */
  cellOptions?: CellOptions;
  /** Units of a layer; in an encoder that reads both ways, half of them each way. Default: 128. */
  hiddenSize?: number;
  /** Numbers that stand for a symbol. Default: 64. */
  embeddingSize?: number;
  /** Layers of the encoder. Default: 1. */
  encoderLayers?: number;
  /** Layers of the decoder. Default: 1. */
  decoderLayers?: number;
  /** Whether the encoder reads both ways. Default: true. */
  bidirectional?: boolean;
  /** How well a state of the decoder fits an annotation, or "none" for no attention. Default: "additive". */
  attention?: AttentionScore | "none";
  /** Units of additive attention. Default: 64. */
  attentionSize?: number;
  /** The part of embeddings, of what layers give each other, and of what the output layer reads that training drops. Default: 0. */
  dropout?: number;
  /**
   * Scheduled sampling: how likely training feeds the decoder what it would have said itself, drawn from what it thinks
   * likely, instead of the truth. Bengio et al. 2015, arXiv:1506.03099. Default: 0.
   */
  sampling?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const attentionSeq2SeqRules = () =>
  ({
    sourceSymbols: [undefined, isVocabulary],
    targetSymbols: [undefined, isVocabulary],
    cell: ["gru", oneOf("rnn", "gru", "lstm")],
    cellOptions: [{}, object()],
    hiddenSize: [128, whole(1)],
    embeddingSize: [64, whole(1)],
    encoderLayers: [1, whole(1, { most: 16 })],
    decoderLayers: [1, whole(1, { most: 16 })],
    bidirectional: [true, flag()],
    attention: ["additive", oneOf("additive", "dot", "scaledDot", "general", "none")],
    attentionSize: [64, whole(1)],
    dropout: [0, between(0, 1, { below: true })],
    sampling: [0, between(0, 1)],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * A recurrent encoder, and a decoder that looks back at what it reads: sequence to sequence with attention. Bahdanau,
 * Cho & Bengio 2015, arXiv:1409.0473, with the decoder of Luong, Pham & Manning 2015, arXiv:1508.04025.
 *
 * Traces: `attention` (source), for each symbol that comes out how much of each annotation was read.
 *
 * @example
 * const model = new AttentionSeq2Seq({ sourceSymbols: [..."abc"], targetSymbols: ["AH", "B", "K"], seed: 1 });
 * const [{ symbols }] = model.run(engine, ["cab"], { beam: 5 });
 * for await (const symbol of model.decode(engine, "cab")) console.log(symbol);
 */
export class AttentionSeq2Seq extends Model implements Transducing {
  static readonly className = "AttentionSeq2Seq";
  readonly name = AttentionSeq2Seq.className;
  readonly options: Required<AttentionSeq2SeqOptions>;
  /** Number 0 is the unknown symbol. */
  readonly source: Vocabulary;
  /** Number 0 is the end, and also what comes before the first symbol. */
  readonly target: Vocabulary;
  readonly sourceEmbedding: Embedding;
  readonly targetEmbedding: Embedding;
  readonly encoder: RecurrentEncoder;
  readonly decoder: AttentionDecoder;
  readonly output: Linear;
  readonly #speller: Speller;
  readonly #transducer: Transducer<Float32Array>;
  readonly #scorer: TargetScorer<Float32Array>;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: AttentionSeq2SeqOptions) {
    super();
    const owner = this.name;
    const checked = checkOptions(owner, options, attentionSeq2SeqRules());
    const { cell, hiddenSize, embeddingSize, bidirectional } = checked;
    if (bidirectional && hiddenSize % 2) {
      const wanted = "an even number: half of the units read each way";
      throw new RangeError(`${owner}: hiddenSize is ${hiddenSize}, and must be ${wanted}`);
    }
    const cellOptions = checkCellOptions(owner, cell, checked.cellOptions);
    this.options = { ...checked, cellOptions };
    this.source = new Vocabulary(checked.sourceSymbols);
    this.target = new Vocabulary(checked.targetSymbols);
    const shared = { inputSize: embeddingSize, hiddenSize, cell, cellOptions };
    const embedding = (symbols: number): Embedding => new Embedding({ symbols, width: embeddingSize });
    this.sourceEmbedding = this.layer("sourceEmbedding", embedding(this.source.size));
    this.targetEmbedding = this.layer("targetEmbedding", embedding(this.target.size));
    this.encoder = this.layer(
      "encoder",
      new RecurrentEncoder({ ...shared, layers: checked.encoderLayers, bidirectional }),
    );
    this.decoder = this.layer(
      "decoder",
      new AttentionDecoder({
        ...shared,
        annotationSize: hiddenSize,
        layers: checked.decoderLayers,
        score: checked.attention,
        attentionSize: checked.attentionSize,
      }),
    );
    this.output = this.layer("output", new Linear({ inputSize: hiddenSize, outputSize: this.target.size }));
    this.#speller = new Speller(this, { ...checked, symbols: this.target.size });
    const sources = symbolSources(this.source);
    this.#transducer = new Transducer(this, sources);
    this.#scorer = new TargetScorer(this, sources, (truth) => this.#speller.logits(truth));
  }

  override expectFit(owner: string, task: AnyTask): void {
    const { name, sourceSymbols, targetSymbols } = task as PairTask;
    for (const [what, theirs] of Object.entries({ sourceSymbols, targetSymbols })) {
      const ours = this.options[what as "sourceSymbols" | "targetSymbols"];
      if (String(ours) === String(theirs)) continue;
      const message = `${owner}: the model's ${what} are not those of the task ${name}`;
      throw new ShapeError(message, owner, String(theirs), String(ours));
    }
  }

  override batchLayout(): typeof pairLayout {
    return pairLayout;
  }

  /** Shards of large matrices: every one reads them all. */
  override shardRows(left: number, batch: number): number {
    return wideShardRows(left, batch);
  }

  /** The ways to decode, from source and inside (source, batch) and lengths (batch). Trace: `attention`. */
  override methods(options: MethodOptions): Methods {
    return tracedDecoding(this.name, new SymbolDecoder(this), options);
  }

  override objective(graph: Graph, task: AnyTask, rows: number): Objective {
    const time = graph.dimension("time");
    const source = this.encode(graph, rows);
    const previous = graph.input("previous", [time, rows]);
    const targets = graph.input("targets", [time, rows, 1]);
    const mask = graph.input("mask", [time, rows]);
    const logits = this.#speller.logits({ previous, ...source });
    return evaluateTask(task, { graph, logits, targets, mask, inside: mask });
  }

  /**
   * Reads the inputs "source" and "inside" (source, rows) and "lengths" (rows).
   *
   * @internal
   */
  encode(graph: Graph, rows: number): EncodedSource {
    const time = graph.dimension("source");
    const rate = this.options.dropout;
    const source = graph.input("source", [time, rows]);
    const inside = graph.input("inside", [time, rows]);
    const lengths = graph.input("lengths", [rows]);
    const read = (cell: Cell, symbols: Tensor): Tensor =>
      this.sourceEmbedding.through((vectors) => cell.project(vectors), symbols, rows * LIKELY_LENGTH);
    const { outputs, end } =
      graph.isTraining && rate
        ? this.encoder.forward(dropout(this.sourceEmbedding.forward(source), graph.random(), { rate }), lengths, {
            rate,
          })
        : this.encoder.forward(source, lengths, { read });
    const values = batchMajor(outputs);
    const mask = transpose(inside);
    const { attention } = this.decoder;
    const annotations = attention ? attention.annotate(values, mask) : { values, mask, keys: values };
    return { annotations, state: this.decoder.initialState(end) };
  }

  /**
   * A step of decoding: what was said before (rows) → what may be said next, as logits (rows, symbols).
   *
   * @internal
   */
  say(before: Tensor, state: DecoderState, annotations: SourceAnnotations): Spoken {
    return this.#speller.say(before, state, annotations);
  }

  /**
   * Turns sources into targets, all of them in one call of a program. A source is an array of symbols, or a string, whose
   * characters they are.
   *
   * @throws TypeError, RangeError when a source is empty or an option is out of range.
   * @example
   * const [{ symbols, score, attention }] = model.run(engine, ["tapehead"], { beam: 5, attention: true });
   */
  run(engine: Engine, sources: readonly (string | readonly string[])[], options: TransduceOptions = {}): Transduced[] {
    return this.#transducer.run(engine, sources, options);
  }

  /**
   * Says a target symbol by symbol, each the likeliest after those before, and computes none that nobody asks for.
   * @throws TypeError, RangeError when the source is empty or an option is out of range.
   */
  decode(engine: Engine, source: string | readonly string[], options: { limit?: number } = {}): AsyncGenerator<string> {
    return this.#transducer.decode(engine, source, options);
  }

  /**
   * How likely the model finds targets, their ends included: natural logarithms of probabilities, in the order of the
   * pairs. With what a text has of symbols they are its perplexity, and the likeliest of several answers is the best.
   *
   * @throws TypeError, RangeError when a source is empty, or a target holds what is not in the vocabulary.
   * @example
   * const [right, wrong] = model.score(engine, [["cab", ["K", "AE", "B"]], ["cab", ["S", "AE", "B"]]]);
   */
  score(
    engine: Engine,
    pairs: readonly (readonly [source: string | readonly string[], target: string | readonly string[]])[],
  ): number[] {
    return this.#scorer.run(engine, pairs);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#transducer.release(engine);
    this.#scorer.release(engine);
  }
}

/** Symbols of a sequence, as far as that says which way is less work. */
const LIKELY_LENGTH = 8;
