import type { Cut } from "../engine/shards.js";
import type { Graph } from "../graph/graph.js";
import type { Program } from "../graph/program.js";
import type { Parametric, Variant } from "./executable.js";

/** A graph that a model runs under a name. Its inputs and outputs have names, too. */
export interface Method {
  /** Builds the graph for a batch of so many examples. */
  readonly record: (graph: Graph, batch: number) => void;
  /** Where shards end. Default: that of training. */
  readonly cut?: Cut;
}

/** By name. */
export type Methods = Readonly<Record<string, Method>>;

/** What methods are wanted for. */
export interface MethodOptions {
  /** Names of values to bring back beside the answers, as the model documents them. */
  readonly trace: readonly string[];
  /** Beams of beam search; 1 searches none. Only models that decode have them. */
  readonly beam: number;
  /** α of score / length^α, by which beams that have ended are ordered. */
  readonly lengthPenalty: number;
}

/** A model whose graphs become programs. */
export interface Compiling extends Parametric {
  compile(record: (graph: Graph) => void): Program;
}

/** The programs of a method. Those of one key must be the same, but for the number of rows. */
export const variantOf = (model: Compiling, key: string, { record, cut }: Method): Variant => ({
  key,
  program: (rows) => model.compile((graph) => record(graph, rows)),
  cut,
});
