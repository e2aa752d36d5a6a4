import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { Graph } from "../graph/graph.js";
import { call, type Called, type CallOptions, type NamedValues } from "./call.js";
import { Executable } from "./executable.js";
import { variantOf, type Compiling } from "./method.js";

/** A graph that runs. */
export type Call = (inputs: NamedValues, options?: CallOptions) => Called;

/**
 * A function of named arrays that runs a graph over a model's parameters. `record` builds the graph for a batch of so many
 * examples, with `graph.input` and `graph.output`; the batch is the axis behind a run-time length, or the first. Programs
 * are cached, and batches of any size cut into shards, which threads share.
 *
 * @example
 * const embed = executable(engine, model, (graph, batch) => {
 *   const ids = graph.input("ids", [graph.dimension("time"), batch]);
 *   graph.output("vectors", model.embedding.forward(ids));
 * });
 * const { vectors } = embed({ ids: { data: [3, 1, 2], shape: [3, 1] } });
 */
export function executable(engine: Engine, model: Compiling, record: (graph: Graph, batch: number) => void): Call {
  const owner = "executable";
  expectEngine(owner, engine);
  const ports = new Graph();
  record(ports, 1);
  const callee = { owner, runner: new Executable(model), variant: variantOf(model, "", { record }), ports };
  return (inputs, options) => call(engine, callee, inputs, options);
}
