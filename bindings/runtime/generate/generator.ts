import type { Engine } from "../../engine/engine.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import { Executable, type Feed, type Variant } from "../executable.js";
import type { Outputs } from "../outputs.js";
import { rowsOf, type Rows } from "../sequences.js";
import type { Compiling } from "./compiling.js";
import type { AnyDecoder } from "./decoder.js";
import { beamGraph, greedyGraph } from "./programs.js";
import { Stream } from "./stream.js";

/** How sequences are generated. */
export interface Generating {
  /** Choices of the longest sequence. */
  readonly limit: number;
  /** Beams that are followed at once; 1 decodes greedily, or samples. */
  readonly beam: number;
  /** α of score / length^α, by which beams that have ended are ordered. */
  readonly lengthPenalty: number;
  readonly attention: boolean;
  /** Draws choices from the softmax of logits / temperature, with this seed; otherwise takes the likeliest. */
  readonly sample?: { readonly temperature: number; readonly seed: number } | undefined;
}

/** One sequence of choices. */
export interface Generated {
  /** The choice that ended it included. */
  readonly choices: readonly number[];
  /** Natural logarithm of its probability. */
  readonly score: number;
  /** What beams are ordered by. */
  readonly rank: number;
  /** Whether it ended before the limit. */
  readonly ended: boolean;
  /** (choices, source): attention weights, cut to the example's own source; null unless asked for. */
  readonly attention: Rows | null;
}

/** Runs a decoder's programs: greedy, by samples, by beam search, or streamed. */
export class Generator {
  readonly #model: Compiling;
  readonly #decoder: AnyDecoder;
  readonly #executable: Executable;

  constructor(model: Compiling, decoder: AnyDecoder) {
    this.#model = model;
    this.#decoder = decoder;
    this.#executable = new Executable(model);
  }

  /**
   * Sequences for each example of a batch, the best first; one each where no beams are searched. `sources` are the
   * lengths of the examples, to which attention is cut.
   */
  run(engine: Engine, feed: Feed, sources: readonly number[], options: Generating): Generated[][] {
    const { beam, limit, sample } = options;
    const fields = sample
      ? [...feed.fields, { name: "temperature", data: everyOne(feed.count, sample.temperature), time: 1, size: 1 }]
      : feed.fields;
    const outputs = this.#executable.run(
      engine,
      beam === 1 ? this.#greedy(options) : this.#beams(options),
      { count: feed.count, dimensions: { ...feed.dimensions, limit }, fields },
      { seed: sample?.seed ?? 0 },
    );
    const read = beam === 1 ? readOne : readBeams;
    return sources.map((source, example) => read(outputs, example, source));
  }

  #greedy({ attention, sample }: Generating): Variant {
    const record = (graph: Graph, rows: number): void =>
      greedyGraph(this.#decoder, graph, rows, { attention, sampled: sample !== undefined });
    return {
      key: `${sample ? "sampled" : "greedy"} ${attention}`,
      program: (rows) => this.#model.compile((graph) => record(graph, rows)),
      cut: wideShardRows,
    };
  }

  /** Each beam search is a shard of its own. */
  #beams({ beam: beams, lengthPenalty, attention }: Generating): Variant {
    return {
      key: `beam ${beams} ${lengthPenalty} ${attention}`,
      program: () =>
        this.#model.compile((graph) => beamGraph(this.#decoder, graph, { beams, lengthPenalty, attention })),
      cut: () => 1,
    };
  }

  /** Greedy choices for one example, each computed when it is asked for. */
  stream(engine: Engine, feed: Feed): Stream {
    return new Stream(engine, this.#model, this.#decoder, feed);
  }

  /** Gives back what it keeps in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }
}

const everyOne = (count: number, value: number): Float32Array => new Float32Array(count).fill(value);

/** Attention weights of some steps, cut to the example's source. */
function attentionOf(outputs: Outputs, example: number, rows: readonly number[], source: number): Rows | null {
  if (!outputs.has("attention")) return null;
  const { data, shape } = outputs.of("attention", example);
  const width = shape.at(-1)!;
  const cut = new Float32Array(rows.length * source);
  rows.forEach((row, i) => cut.set(data.subarray(row * width, row * width + source), i * source));
  return rowsOf(cut, [rows.length, source]);
}

function readOne(outputs: Outputs, example: number, source: number): Generated[] {
  const { data: live } = outputs.of("live", example);
  const steps = live.filter((row) => row > 0).length;
  const choices = [...outputs.of("choices", example, steps).data];
  const score = outputs.of("scores", example, steps).data.reduce((a, b) => a + b, 0);
  const ended = outputs.of("ended", example).data[0]! > 0;
  const attention = attentionOf(outputs, example, [...choices.keys()], source);
  return [{ choices, score, rank: score / steps, ended, attention }];
}

function readBeams(outputs: Outputs, example: number, source: number): Generated[] {
  const of = (name: string): Float32Array => outputs.of(name, example).data;
  const [choices, parents] = [of("choices"), of("parents")];
  const [totals, lengths, ranks, ended] = [of("totals"), of("lengths"), of("ranks"), of("ended")];
  const beams = totals.length;
  const steps = Math.max(...lengths);
  return [...totals.keys()]
    .filter((beam) => ranks[beam]! > -Infinity)
    .map((last, place) => {
      const chosen: number[] = [];
      const rows: number[] = [];
      for (let t = steps - 1, beam = last; t >= 0; --t) {
        chosen.push(choices[t * beams + beam]!);
        beam = parents[t * beams + beam]!;
        rows.push(t * beams + beam); // the weights are those of the beam that went on
      }
      const length = lengths[last]!;
      return {
        choices: chosen.reverse().slice(0, length),
        score: totals[last]!,
        rank: ranks[last]!,
        ended: ended[last]! > 0,
        attention: place ? null : attentionOf(outputs, example, rows.reverse().slice(0, length), source),
      };
    });
}
