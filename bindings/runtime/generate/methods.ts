import { SHARD_ROWS, wideShardRows, type Cut } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import { shown } from "../../common/shown.js";
import type { MethodOptions, Methods } from "../method.js";
import type { AnyDecoder } from "./decoder.js";
import { beamMethod, GREEDY, SAMPLED, STREAM_START, STREAM_STEP } from "./names.js";
import { beamGraph, greedyGraph, streamStartGraph, streamStepGraph } from "./programs.js";

/** What is wanted of decoding. */
export interface Decoding {
  /** Beams that are followed at once. */
  readonly beam: number;
  readonly lengthPenalty: number;
  readonly attention: boolean;
}

/** The ways to decode: greedy, by samples, by beam search, and streamed, a program that starts and one for each step. */
export function decodingMethods(decoder: AnyDecoder, { beam, lengthPenalty, attention }: Decoding): Methods {
  const greedily =
    (sampled: boolean) =>
    (graph: Graph, batch: number): void =>
      greedyGraph(decoder, graph, batch, { attention, sampled });
  const one: Cut = () => 1;
  // What is drawn depends on where shards end, so a model draws in the two sizes that its compiled one has, too.
  const wholeOrOne: Cut = (left) => (left < SHARD_ROWS ? 1 : SHARD_ROWS);
  return {
    [GREEDY]: { record: greedily(false), cut: wideShardRows },
    [SAMPLED]: { record: greedily(true), cut: wholeOrOne },
    ...(beam > 1 && {
      // Each search is a shard of its own.
      [beamMethod(beam)]: {
        record: (graph) => beamGraph(decoder, graph, { beams: beam, lengthPenalty, attention }),
        cut: one,
      },
    }),
    [STREAM_START]: { record: (graph) => streamStartGraph(decoder, graph), cut: one },
    [STREAM_STEP]: { record: (graph) => streamStepGraph(decoder, graph), cut: one },
  };
}

/** The same, as methods of a model whose only trace is `attention`. @throws TypeError for another one. */
export function tracedDecoding(owner: string, decoder: AnyDecoder, { trace, ...options }: MethodOptions): Methods {
  const unknown = trace.find((name) => name !== "attention");
  if (unknown !== undefined) throw new TypeError(`${owner} has no value ${shown(unknown)} to trace; it has attention`);
  return decodingMethods(decoder, { ...options, attention: trace.length > 0 });
}
