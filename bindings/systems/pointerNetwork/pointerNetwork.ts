import type { Engine } from "../../engine/engine.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import { batchMajor, broadcast, subtract, transpose } from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Annotations, AttentionScore } from "../../layers/attention.js";
import { AttentionDecoder, type DecoderState } from "../../layers/attentionDecoder.js";
import { uniform } from "../../layers/initializers.js";
import { Linear } from "../../layers/linear.js";
import { oneHot, positionsLike } from "../../layers/places.js";
import { Pointer } from "../../layers/pointer.js";
import { RecurrentEncoder } from "../../layers/recurrentEncoder.js";
import { checkOptions, flag, oneOf, whole } from "../../common/options.js";
import { PointerRunner, type Pointed, type PointOptions } from "./pointerRunner.js";
import type { Sequence } from "../../runtime/sequences.js";
import { pointerLayout } from "./fillPointers.js";
import type { PointerEnd, PointerTask } from "./pointerTask.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import { tracedDecoding } from "../../runtime/generate/methods.js";
import { PlaceDecoder } from "./placeDecoder.js";
import type { AnyTask } from "../../tasks/task.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";

/** Sizes and choices of a PointerNetwork. */
export interface PointerNetworkOptions extends SeedOption {
  /** Numbers of a vector. */
  inputSize: number;
  /** When it is done: "count", when it has pointed as often as there are vectors; "repeat", at the first one again. Default: "count". */
  ends?: PointerEnd;
  /** Whether it may point at a vector only once, where it ends by count. Default: false. */
  forbidRepeats?: boolean;
  /** Units of the encoder and of the decoder. Default: 128. */
  hiddenSize?: number;
  /** Numbers that a vector is embedded in, linearly. Default: 64. */
  embeddingSize?: number;
  /** Reads of all vectors before it points at one. Default: 0. */
  glimpses?: number;
  /** Whether half of the encoder's units read from the end to the begin. Default: false. */
  bidirectional?: boolean;
  /** How well a state of the decoder fits a vector. Default: "additive". */
  attention?: AttentionScore;
  /** Units of additive attention. Default: 128. */
  attentionSize?: number;
}

/** What the decoder goes on from. */
export type PointingState = {
  /** The vector pointed at before, embedded: (batch, embeddingSize). */
  x: Tensor;
  decoder: DecoderState;
  /** (batch, count): not 0 where it may point. */
  free: Tensor;
};

/** A set of vectors that has been read. */
export interface ReadSet {
  /** (batch, count, embeddingSize) */
  readonly embedded: Tensor;
  readonly annotations: readonly Annotations[];
  readonly state: PointingState;
  /** (batch) */
  readonly lengths: Tensor;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const pointerNetworkRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    ends: ["count", oneOf("count", "repeat")],
    forbidRepeats: [false, flag()],
    hiddenSize: [128, whole(1)],
    embeddingSize: [64, whole(1)],
    glimpses: [0, whole(0, { most: 16 })],
    bidirectional: [false, flag()],
    attention: ["additive", oneOf("additive", "dot", "scaledDot", "general")],
    attentionSize: [128, whole(1)],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * Pointer network: an LSTM reads vectors, and another one points at some of them, as many as there are. Its output at
 * each step is the attention itself, so it runs on sets of any size. Vinyals, Fortunato & Jaitly 2015, arXiv:1506.03134.
 *
 * Traces: `attention` (vectors), how likely each was pointed at, for each step.
 *
 * @example
 * const model = new PointerNetwork({ inputSize: 2, ends: "repeat", seed: 1 });
 * const [{ places }] = model.run(engine, [[[0, 0], [1, 0], [0.5, 0.2], [0, 1]]]);
 */
export class PointerNetwork extends Model {
  static readonly className = "PointerNetwork";
  readonly name = PointerNetwork.className;
  readonly options: Required<PointerNetworkOptions>;
  readonly embedding: Linear;
  /** What the decoder is given first. */
  readonly start: Parameter;
  readonly encoder: RecurrentEncoder;
  readonly decoder: AttentionDecoder;
  readonly pointer: Pointer;
  readonly #runner = new PointerRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: PointerNetworkOptions) {
    super();
    const owner = this.name;
    const checked = checkOptions(owner, options, pointerNetworkRules());
    const { inputSize, hiddenSize, embeddingSize, glimpses, bidirectional, attention, attentionSize } = checked;
    if (bidirectional && hiddenSize % 2) {
      const wanted = "an even number: half of the units read each way";
      throw new RangeError(`${owner}: hiddenSize is ${hiddenSize}, and must be ${wanted}`);
    }
    if (checked.forbidRepeats && checked.ends === "repeat") {
      throw new RangeError(`${owner}: forbidRepeats is true, and must be false where ends is "repeat"`);
    }
    this.options = checked;
    const sizes = { inputSize: embeddingSize, hiddenSize, cell: "lstm", cellOptions: {} } as const;
    this.embedding = this.layer("embedding", new Linear({ inputSize, outputSize: embeddingSize }));
    this.start = this.parameter("start", [embeddingSize], uniform(1 / Math.sqrt(embeddingSize)));
    this.encoder = this.layer("encoder", new RecurrentEncoder({ ...sizes, layers: 1, bidirectional }));
    const annotated = { annotationSize: hiddenSize, attentionSize };
    this.decoder = this.layer("decoder", new AttentionDecoder({ ...sizes, ...annotated, layers: 1, score: "none" }));
    this.pointer = this.layer(
      "pointer",
      new Pointer({
        querySize: hiddenSize,
        annotationSize: hiddenSize,
        score: attention,
        size: attentionSize,
        glimpses,
      }),
    );
  }

  override expectFit(owner: string, task: AnyTask): void {
    const { name, inputSize, ends } = task as PointerTask;
    for (const [what, theirs] of Object.entries({ inputSize, ends })) {
      const ours = this.options[what as "inputSize" | "ends"];
      if (ours === theirs) continue;
      const message = `${owner}: the model's ${what} is ${ours}, and must be ${theirs} for the task ${name}`;
      throw new ShapeError(message, owner, String(theirs), String(ours));
    }
  }

  override batchLayout(): ReturnType<typeof pointerLayout> {
    return pointerLayout(this.options.inputSize);
  }

  /** Shards of large matrices: every one reads them all. */
  override shardRows(left: number, batch: number): number {
    return wideShardRows(left, batch);
  }

  /** The ways to decode, from source and inside (source, batch, …) and lengths (batch). Trace: `attention`. */
  override methods(options: MethodOptions): Methods {
    return tracedDecoding(this.name, new PlaceDecoder(this), options);
  }

  override objective(graph: Graph, task: AnyTask, rows: number): Objective {
    const time = graph.dimension("time");
    const { annotations, state, embedded } = this.read(graph, rows);
    const pointed = graph.input("pointed", [time, rows, this.options.inputSize]);
    const targets = graph.input("targets", [time, rows, 1]);
    const mask = graph.input("mask", [time, rows]);
    const positions = positionsLike(embedded);
    const [, logits] = scan(
      (before: PointingState, { x, place }: { x: Tensor; place: Tensor }) => {
        const { decoder, logProbabilities } = this.point(before, annotations);
        return [{ x, decoder, free: this.without(before.free, oneHot(place, positions)) }, logProbabilities];
      },
      state,
      { x: this.embedding.forward(pointed), place: reshape(targets, [time, rows]) },
    );
    return evaluateTask(task, { graph, logits, targets, mask, inside: mask });
  }

  /**
   * Reads the inputs "source" (source, rows, inputSize), "inside" (source, rows) and "lengths" (rows).
   *
   * @internal
   */
  read(graph: Graph, rows: number): ReadSet {
    const count = graph.dimension("source");
    const source = graph.input("source", [count, rows, this.options.inputSize]);
    const inside = graph.input("inside", [count, rows]);
    const lengths = graph.input("lengths", [rows]);
    const xs = this.embedding.forward(source);
    const { outputs, end } = this.encoder.forward(xs, lengths);
    const mask = transpose(inside);
    const x = broadcast(graph.parameter(this.start), { count: rows, axis: 0 });
    return {
      embedded: batchMajor(xs),
      annotations: this.pointer.annotate(batchMajor(outputs), mask),
      state: { x, decoder: this.decoder.initialState(end), free: mask },
      lengths,
    };
  }

  /**
   * A step of the decoder, and where it points then, as logarithms of probabilities: (batch, count).
   *
   * @internal
   */
  point({ x, decoder, free }: PointingState, annotations: readonly Annotations[]): Step {
    const { state, output } = this.decoder.step(this.decoder.project(x), decoder, annotations[0]!);
    return { decoder: state, logProbabilities: this.pointer.forward(output, annotations, free) };
  }

  /** Where it may still point once it has pointed there. */
  without(free: Tensor, there: Tensor): Tensor {
    return this.options.forbidRepeats ? subtract(free, there) : free;
  }

  /**
   * Points at vectors of each set, all sets in one call of a program. A set is an array of vectors; of vectors that
   * coincide it may point at any.
   *
   * @throws TypeError, RangeError when a set is empty, a number is not finite, or an option is out of range; ShapeError
   * when a vector is of another size.
   * @example
   * const [{ places, score, attention }] = model.run(engine, [points], { beam: 3, attention: true });
   */
  run(engine: Engine, sets: readonly Sequence[], options: PointOptions = {}): Pointed[] {
    return this.#runner.run(engine, sets, options);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }
}

interface Step {
  readonly decoder: DecoderState;
  readonly logProbabilities: Tensor;
}
