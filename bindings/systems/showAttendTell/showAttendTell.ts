import { between, checkOptions, flag, notNegative, oneOf, whole } from "../../common/options.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";
import type { Engine } from "../../engine/engine.js";
import type { Graph } from "../../graph/graph.js";
import type { Layout } from "../../graph/layout.js";
import {
  add,
  affine,
  argmax,
  broadcast,
  concat,
  constant,
  dropout,
  multiply,
  stopGradient,
  subtract,
  sum,
  uniform,
} from "../../graph/ops/index.js";
import { scan } from "../../graph/scan.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import type { DecoderState } from "../../layers/attentionDecoder.js";
import { Embedding } from "../../layers/embedding.js";
import { entropy } from "../../layers/entropy.js";
import { Linear } from "../../layers/linear.js";
import type { LSTMState } from "../../layers/lstmCell.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import type { SourceAnnotations, Spoken } from "../../models/speller.js";
import { SymbolDecoder, type EncodedSource } from "../../models/symbolDecoder.js";
import { Transducer } from "../../models/transducer.js";
import type { Transduced, TransduceOptions } from "../../models/transduction.js";
import { tracedDecoding } from "../../runtime/generate/methods.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import type { AnyTask } from "../../tasks/task.js";
import { Describer, meanOf, type Draw, type PictureAttention } from "./describer.js";
import type { Picture } from "./picture.js";
import { PictureEncoder } from "./pictureEncoder.js";
import { pictureSources, type Seen } from "./pictureSources.js";
import { reinforce, toGo } from "./reinforce.js";

/** Sizes and choices of a ShowAttendTell. */
export interface ShowAttendTellOptions extends SeedOption {
  /** What it tells in, such as words. */
  symbols: readonly string[];
  /** Pixels of a picture from above to below. */
  height: number;
  /** Pixels of a picture from left to right. */
  width: number;
  /** Numbers of a pixel: 1 of grey pictures, 3 of colours. Default: 1. */
  channels?: number;
  /** Layers of the encoder, each of which halves height and width. Default: 3. */
  encoderLayers?: number;
  /** Maps of the first of these; each further one has twice as many. Default: 16. */
  maps?: number;
  /**
   * Whether a cell of the encoder sees less around it, so that attention is where a thing is, and not beside it: its last
   * kernel of 3 × 3 taps comes before the last halving instead of behind it. Default: false.
   */
  focused?: boolean;
  /** Units that each cell of the encoder has for itself, behind all other layers; 0 for none. Default: 0. */
  cellUnits?: number;
  /** The part of the last maps that training drops before they become annotations. Default: 0. */
  encoderDropout?: number;
  /** Numbers of an annotation. Default: 64. */
  annotationSize?: number;
  /** Units of the decoder's LSTM. Default: 128. */
  hiddenSize?: number;
  /** Numbers that stand for a symbol. Default: 32. */
  embeddingSize?: number;
  /** How annotations are read: all, one that is drawn, or their mean at every step. Default: "soft". */
  attention?: PictureAttention;
  /** Units of the attention's score. Default: 64. */
  attentionSize?: number;
  /** λ of the doubly stochastic penalty: what it costs not to look at a cell once in all. Default: 1. */
  penalty?: number;
  /** What hard attention gains in training from each nat of uncertainty where to look. Default: 0.01. */
  entropyGain?: number;
  /** What hard attention reads when it is run: the likeliest annotation, or all, as soft attention. Default: "likeliest". */
  reading?: "likeliest" | "all";
  /** The part of what the output layer reads that training drops. Default: 0. */
  dropout?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const showAttendTellRules = () =>
  ({
    symbols: [undefined, isVocabulary],
    height: [undefined, whole(2, { most: 1024 })],
    width: [undefined, whole(2, { most: 1024 })],
    channels: [1, whole(1, { most: 4 })],
    encoderLayers: [3, whole(1, { most: 6 })],
    maps: [16, whole(1, { most: 1024 })],
    focused: [false, flag()],
    cellUnits: [0, whole(0, { most: 1024 })],
    encoderDropout: [0, between(0, 1, { below: true })],
    annotationSize: [64, whole(1)],
    hiddenSize: [128, whole(1, { most: 0x1_0000 })],
    embeddingSize: [32, whole(1)],
    attention: ["soft", oneOf("soft", "hard", "none")],
    attentionSize: [64, whole(1)],
    penalty: [1, notNegative()],
    entropyGain: [0.01, notNegative()],
    reading: ["likeliest", oneOf("likeliest", "all")],
    dropout: [0, between(0, 1, { below: true })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/** How likely a picture is read by soft attention in training with hard attention. 4.1. */
const SOFT = 0.5;

/** What decoding with the truth as its input brings: (time, rows, …). */
interface Told {
  readonly logits: Tensor;
  /** h of the step before. */
  readonly known: Tensor;
  readonly scores: Tensor | undefined;
  readonly weights: Tensor | undefined;
  readonly choices: Tensor | undefined;
}

/**
 * Tells what it sees: a convolutional encoder sees a picture as annotations of a grid's cells, and an LSTM looks at them
 * before each symbol that it tells. Xu, Ba, Kiros, Cho, Courville, Salakhutdinov, Zemel & Bengio 2015, "Show, Attend and
 * Tell", arXiv:1502.03044. All pictures have the size of the options; the encoder is trained with the decoder.
 *
 * Soft attention reads every cell as far as it fits, and is learned by backpropagation. Hard attention reads one that is
 * drawn, half of the pictures apart, and is learned by REINFORCE. Whether all cells are looked at is a part of the loss:
 *
 *   λ Σ_i (1 − Σ_t α_ti)²          4.2.1, (14)
 *
 * Traces: `attention` (cells), for each symbol that comes out how much of each cell was read, row by row.
 *
 * @example
 * const model = new ShowAttendTell({ symbols: [..."0123456789"], height: 48, width: 72, seed: 1 });
 * const [{ symbols }] = model.run(engine, [{ height: 48, width: 72, channels: 1, pixels }]);
 */
export class ShowAttendTell extends Model {
  static readonly className = "ShowAttendTell";
  readonly name = ShowAttendTell.className;
  readonly options: Required<Omit<ShowAttendTellOptions, "focused" | "cellUnits" | "encoderDropout">> &
    Pick<ShowAttendTellOptions, "focused" | "cellUnits" | "encoderDropout">;
  /** Number 0 is the end, and also what comes before the first symbol. */
  readonly target: Vocabulary;
  readonly encoder: PictureEncoder;
  readonly targetEmbedding: Embedding;
  readonly decoder: Describer;
  /** L_o. */
  readonly output: Linear;
  /** What returns are compared with, of hard attention. */
  readonly baseline: Linear | undefined;
  readonly #transducer: Transducer<Seen>;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: ShowAttendTellOptions) {
    super();
    const checked = checkOptions(this.name, options, showAttendTellRules());
    const { symbols, encoderLayers, maps, hiddenSize, embeddingSize, attention } = checked;
    for (const side of ["height", "width"] as const) {
      const multiple = 1 << encoderLayers;
      if (checked[side] % multiple === 0) continue;
      const wanted = `a multiple of ${multiple}, since ${encoderLayers} layers halve it`;
      throw new RangeError(`${this.name}: ${side} is ${checked[side]}, and must be ${wanted}`);
    }
    const { focused, cellUnits, encoderDropout, ...others } = checked;
    // The record of a model of before is what it was.
    this.options = {
      ...others,
      ...(focused && { focused }),
      ...(cellUnits && { cellUnits }),
      ...(encoderDropout && { encoderDropout }),
    };
    this.target = new Vocabulary(symbols);
    const layerMaps = Array.from({ length: encoderLayers }, (_, i) => maps << i);
    this.encoder = this.layer("encoder", new PictureEncoder({ ...checked, maps: layerMaps }));
    this.targetEmbedding = this.layer(
      "targetEmbedding",
      new Embedding({ symbols: this.target.size, width: embeddingSize }),
    );
    this.decoder = this.layer("decoder", new Describer(checked));
    this.output = this.layer("output", new Linear({ inputSize: embeddingSize, outputSize: this.target.size }));
    this.baseline =
      attention === "hard" ? this.layer("baseline", new Linear({ inputSize: hiddenSize, outputSize: 1 })) : undefined;
    this.#transducer = new Transducer(this, pictureSources(checked, this.encoder.rows * this.encoder.columns));
  }

  override expectFit(owner: string, task: AnyTask): void {
    for (const name of ["symbols", "height", "width", "channels"] as const) {
      const [theirs, ours] = [(task as unknown as ShowAttendTellOptions)[name], this.options[name]];
      if (String(ours) === String(theirs)) continue;
      const message = `${owner}: the model's ${name} are not those of the task ${task.name}`;
      throw new ShapeError(message, owner, String(theirs), String(ours));
    }
  }

  override batchLayout(): Layout {
    const { height, width, channels } = this.options;
    return {
      picture: ["batch", height, width, channels],
      previous: ["time", "batch"],
      targets: ["time", "batch", 1],
      mask: ["time", "batch"],
    };
  }

  /**
   * The ways to decode, from a picture (batch, height, width, channels). Trace: `attention`.
   */
  override methods(options: MethodOptions): Methods {
    return tracedDecoding(this.name, new SymbolDecoder(this), options);
  }

  override objective(graph: Graph, task: AnyTask, rows: number): Objective {
    const time = graph.dimension("time");
    const { annotations, state } = this.encode(graph, rows);
    const previous = graph.input("previous", [time, rows]);
    const targets = graph.input("targets", [time, rows, 1]);
    const mask = graph.input("mask", [time, rows]);
    const draws = this.baseline && graph.isTraining ? drawsOf(graph, [time, rows]) : undefined;
    const told = this.#tell(previous, annotations, state, draws);
    const { logits } = told;
    const { loss, metrics } = evaluateTask(task, { graph, logits, targets, mask, inside: mask });
    if (!told.weights) return { loss, metrics };
    const { penalty, entropyGain } = this.options;
    const doubly = affine(doublyStochastic(told.weights, mask), { scale: penalty });
    if (!draws) return { loss, auxiliary: doubly, metrics };
    const isDrawn = affine(broadcast(draws.soft, { count: time }), { scale: -1, shift: 1 });
    const counts = multiply(isDrawn, mask);
    const moved = reinforce(
      { scores: told.scores!, choices: told.choices!, counts, known: told.known },
      toGo({ logits, targets, mask }),
      this.baseline!,
    );
    // What it comes to is no measure of anything: only its gradient counts.
    const whole = add(loss, subtract(moved, stopGradient(moved)));
    const unsure = sum(sum(multiply(entropy(told.weights), counts)));
    return { loss: whole, auxiliary: add(doubly, affine(unsure, { scale: -entropyGain })), metrics };
  }

  /** Logits of every symbol after the true ones before it, and where it looked. */
  #tell(previous: Tensor, annotations: SourceAnnotations, first: DecoderState, draws: Draws | undefined): Told {
    const { graph } = previous.scope;
    const embedded = this.targetEmbedding.forward(previous);
    const [, { hs, contexts, known, scores, weights, choices }] = scan(
      (state: LSTMState, [x, u]: readonly Tensor[]) => {
        const draw: Draw | undefined = draws && { u: u!, soft: draws.soft };
        const { state: next, context, look } = this.decoder.step(x!, state, annotations, draw ?? this.#reading);
        const y = {
          hs: next.h,
          contexts: context,
          known: draw ? [state.h] : [],
          scores: draw ? [look!.scores] : [],
          weights: look ? [look.weights] : [],
          choices: look?.choice ? [look.choice] : [],
        };
        return [next, y];
      },
      first.cells[0] as LSTMState,
      [embedded, ...(draws ? [draws.u] : [])] as readonly Tensor[],
    );
    const said = this.decoder.said(embedded, hs, contexts);
    const rate = graph.isTraining ? this.options.dropout : 0;
    const logits = this.output.forward(rate ? dropout(said, graph.random(), { rate }) : said);
    return { logits, known: known[0] ?? hs, scores: scores[0], weights: weights[0], choices: choices[0] };
  }

  /** What is read where nothing is drawn. */
  get #reading(): "likeliest" | "all" {
    return this.options.attention === "hard" ? this.options.reading : "all";
  }

  /**
   * Sees the input "picture" (rows, height, width, channels).
   *
   * @internal
   */
  encode(graph: Graph, rows: number): EncodedSource {
    const { height, width, channels } = this.options;
    const picture = graph.input("picture", [rows, height, width, channels]);
    const values = this.encoder.forward(picture, graph.isTraining ? this.options.encoderDropout : 0);
    const mask = constant(graph, values.shape.slice(0, 2), 1);
    const { attention } = this.decoder;
    const annotations = attention ? attention.annotate(values, mask) : { values, mask, keys: values };
    return { annotations, state: { cells: [this.decoder.initialState(meanOf(values))], attended: [] } };
  }

  /**
   * A step of decoding: what was said before (rows) → what may be said next, as logits (rows, symbols).
   *
   * @internal
   */
  say(before: Tensor, state: DecoderState, annotations: SourceAnnotations): Spoken {
    const embedded = this.targetEmbedding.forward(before);
    const described = this.decoder.step(embedded, state.cells[0] as LSTMState, annotations, this.#reading);
    const output = this.decoder.said(embedded, described.state.h, described.context);
    return {
      state: { cells: [described.state], attended: [] },
      output,
      weights: described.look?.read,
      logits: this.output.forward(output),
    };
  }

  /**
   * Tells what is in pictures, all of them in one call of a program.
   *
   * @throws TypeError when one is none or an option is unknown, PictureError when one is of another size or holds what
   * is no number from 0 to 1, RangeError when an option is out of range.
   */
  run(engine: Engine, pictures: readonly Picture[], options: TransduceOptions = {}): Transduced[] {
    return this.#transducer.run(engine, pictures, options);
  }

  /**
   * Tells what is in a picture symbol by symbol, each the likeliest after those before.
   * @throws as `run`.
   */
  decode(engine: Engine, picture: Picture, options: { limit?: number } = {}): AsyncGenerator<string> {
    return this.#transducer.decode(engine, picture, options);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#transducer.release(engine);
  }
}

/** What is drawn for training: u (time, rows), soft (rows). */
type Draws = Draw;

function drawsOf(graph: Graph, [time, rows]: readonly [Tensor["shape"][number], number]): Draws {
  const coin = uniform(graph.random(), { shape: [rows, 1] });
  // u < p is argmax of (u, p).
  const soft = argmax(concat([coin, constant(graph, [rows, 1], SOFT)]));
  return { u: uniform(graph.random(), { shape: [time, rows] }), soft };
}

/** Σ_i (1 − Σ_t α_ti)² of all pictures, over the steps that are due: weights (time, rows, cells), mask (time, rows). */
function doublyStochastic(weights: Tensor, mask: Tensor): Tensor {
  const due = multiply(weights, broadcast(mask, { axis: 2, count: weights.shape[2]! }));
  const left = affine(sum(due, { axis: 0 }), { scale: -1, shift: 1 });
  return sum(sum(multiply(left, left)));
}
