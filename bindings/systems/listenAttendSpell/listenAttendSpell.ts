import { between, checkOptions, oneOf, whole } from "../../common/options.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";
import type { Engine } from "../../engine/engine.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import type { Layout } from "../../graph/layout.js";
import { batchMajor, splitSteps, transpose } from "../../graph/ops/index.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import type { AttentionScore } from "../../layers/attention.js";
import { AttentionDecoder, type DecoderState } from "../../layers/attentionDecoder.js";
import { Embedding } from "../../layers/embedding.js";
import { Linear } from "../../layers/linear.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { Speller, type SourceAnnotations, type Spoken } from "../../models/speller.js";
import { SymbolDecoder, type EncodedSource } from "../../models/symbolDecoder.js";
import { Transducer } from "../../models/transducer.js";
import type { Transduced, TransduceOptions } from "../../models/transduction.js";
import { tracedDecoding } from "../../runtime/generate/methods.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import type { AnyTask } from "../../tasks/task.js";
import { framingOf, type Framing } from "./framing.js";
import { Listener } from "./listener.js";
import { logMel } from "./logMel.js";
import type { Recording } from "./recording.js";
import { soundSources, type Sound } from "./soundSources.js";

/** Sizes and choices of a ListenAttendSpell. */
export interface ListenAttendSpellOptions extends SeedOption {
  /** What it spells in, such as letters. */
  symbols: readonly string[];
  /** Samples a second of what it listens to, in Hz. Default: 8,000. */
  sampleRate?: number;
  /** Bands of the features, from 0 Hz to half of the sample rate. Default: 40. */
  bands?: number;
  /** Units of a layer; of the listener's, half read each way. Default: 64. */
  hiddenSize?: number;
  /** Layers of the listener's pyramid, each of which halves time. Default: 2. */
  pyramidLayers?: number;
  /** Numbers that stand for a symbol. Default: 16. */
  embeddingSize?: number;
  /** How well a state of the speller fits an annotation, or "none" for no attention. Default: "additive". */
  attention?: AttentionScore | "none";
  /** Units of additive attention. Default: 64. */
  attentionSize?: number;
  /** The part of embeddings, of what layers give each other, and of what the output layer reads that training drops. Default: 0. */
  dropout?: number;
  /** How likely training feeds the speller what it would have said itself, drawn from what it thinks likely. Default: 0.1. */
  sampling?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const listenAttendSpellRules = () =>
  ({
    symbols: [undefined, isVocabulary],
    sampleRate: [8000, whole(1000, { most: 96_000 })],
    bands: [40, whole(1, { most: 256 })],
    hiddenSize: [64, whole(2, { most: 0x1_0000 })],
    pyramidLayers: [2, whole(1, { most: 6 })],
    embeddingSize: [16, whole(1)],
    attention: ["additive", oneOf("additive", "dot", "scaledDot", "general", "none")],
    attentionSize: [64, whole(1)],
    dropout: [0, between(0, 1, { below: true })],
    sampling: [0.1, between(0, 1)],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * Writes what it hears: a pyramid of LSTMs listens to a recording, and a speller attends to what they heard. Chan,
 * Jaitly, Le & Vinyals 2015, arXiv:1508.01211. Features are computed inside, from the samples of frames of 25 ms, 10 ms
 * apart. The speller is the decoder of `AttentionSeq2Seq`, with one layer; the paper's has two, and no h̃.
 *
 * Traces: `attention` (source), for each symbol that comes out how much of each annotation was read, of
 * 2^pyramidLayers frames each.
 *
 * @example
 * const model = new ListenAttendSpell({ symbols: [..."efghinorstuvwxz "], seed: 1 });
 * const [{ symbols }] = model.run(engine, [{ samples, sampleRate: 8000 }], { beam: 4 });
 */
export class ListenAttendSpell extends Model {
  static readonly className = "ListenAttendSpell";
  readonly name = ListenAttendSpell.className;
  readonly options: Required<ListenAttendSpellOptions>;
  /** Number 0 is the end, and also what comes before the first symbol. */
  readonly target: Vocabulary;
  /** How it cuts recordings into frames. */
  readonly framing: Framing;
  readonly listener: Listener;
  readonly targetEmbedding: Embedding;
  readonly decoder: AttentionDecoder;
  readonly output: Linear;
  readonly #speller: Speller;
  readonly #transducer: Transducer<Sound>;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: ListenAttendSpellOptions) {
    super();
    const checked = checkOptions(this.name, options, listenAttendSpellRules());
    const { symbols, bands, hiddenSize, embeddingSize, pyramidLayers, dropout, sampleRate } = checked;
    if (hiddenSize % 2) {
      const wanted = "an even number: half of the units read each way";
      throw new RangeError(`${this.name}: hiddenSize is ${hiddenSize}, and must be ${wanted}`);
    }
    this.options = checked;
    this.target = new Vocabulary(symbols);
    this.framing = framingOf(sampleRate, 1 << pyramidLayers);
    this.listener = this.layer("listener", new Listener({ inputSize: bands, hiddenSize, pyramidLayers, dropout }));
    this.targetEmbedding = this.layer(
      "targetEmbedding",
      new Embedding({ symbols: this.target.size, width: embeddingSize }),
    );
    this.decoder = this.layer(
      "decoder",
      new AttentionDecoder({
        inputSize: embeddingSize,
        hiddenSize,
        annotationSize: hiddenSize,
        cell: "lstm",
        cellOptions: {},
        layers: 1,
        score: checked.attention,
        attentionSize: checked.attentionSize,
      }),
    );
    this.output = this.layer("output", new Linear({ inputSize: hiddenSize, outputSize: this.target.size }));
    this.#speller = new Speller(this, { ...checked, symbols: this.target.size });
    this.#transducer = new Transducer(this, soundSources(this.framing, sampleRate));
  }

  override expectFit(owner: string, task: AnyTask): void {
    for (const name of ["symbols", "sampleRate"] as const) {
      const [theirs, ours] = [(task as unknown as ListenAttendSpellOptions)[name], this.options[name]];
      if (String(ours) === String(theirs)) continue;
      const message = `${owner}: the model's ${name} are not those of the task ${task.name}`;
      throw new ShapeError(message, owner, String(theirs), String(ours));
    }
  }

  override batchLayout(): Layout {
    const { parts, window } = this.framing;
    return {
      sound: ["source", "batch", parts, window],
      inside: ["source", "batch"],
      lengths: ["batch"],
      previous: ["time", "batch"],
      targets: ["time", "batch", 1],
      mask: ["time", "batch"],
    };
  }

  /** Shards of large matrices: every one reads them all. */
  override shardRows(left: number, batch: number): number {
    return wideShardRows(left, batch);
  }

  /**
   * The ways to decode, from sound (source, batch, frames of an annotation, samples of a frame), inside (source, batch)
   * and lengths (batch), in annotations. Trace: `attention`.
   */
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
   * Listens to the inputs "sound" (source, rows, parts, window), "inside" (source, rows) and "lengths" (rows).
   *
   * @internal
   */
  encode(graph: Graph, rows: number): EncodedSource {
    const time = graph.dimension("source");
    const { parts, window } = this.framing;
    const sound = graph.input("sound", [time, rows, parts, window]);
    const inside = graph.input("inside", [time, rows]);
    const lengths = graph.input("lengths", [rows]);
    const frames = splitSteps(logMel(sound, lengths, this.options), { parts });
    const { outputs, end } = this.listener.forward(frames, lengths);
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
   * Spells recordings, all of them in one call of a program.
   *
   * @throws TypeError when one is none or an option is unknown, RecordingError when one is empty, silent, longer than
   * 30 s or of another sample rate, RangeError when an option is out of range.
   */
  run(engine: Engine, recordings: readonly Recording[], options: TransduceOptions = {}): Transduced[] {
    return this.#transducer.run(engine, recordings, options);
  }

  /**
   * Spells a recording symbol by symbol, each the likeliest after those before.
   * @throws as `run`.
   */
  decode(engine: Engine, recording: Recording, options: { limit?: number } = {}): AsyncGenerator<string> {
    return this.#transducer.decode(engine, recording, options);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#transducer.release(engine);
  }
}
