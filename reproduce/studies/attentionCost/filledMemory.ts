import type { Engine } from "../../../bindings/core.js";
import { Random } from "../../../bindings/common/random/philox.js";
import { compile } from "../../../bindings/graph/compile.js";
import { compileGradients } from "../../../bindings/graph/compileGradients.js";
import { Graph } from "../../../bindings/graph/graph.js";
import {
  approximateNearestRows,
  broadcast,
  constant,
  linkRows,
  multiply,
  nearestRows,
  readRows,
  softmax,
  writeRows,
} from "../../../bindings/graph/ops/index.js";
import { scan } from "../../../bindings/graph/scan.js";
import { indexSize } from "../../../bindings/graph/sparse.js";
import { memoryIndex, sparseMemory } from "../../../bindings/layers/sparseMemory.js";
import { Loaded } from "./loaded.js";

/** Sizes of the paper's comparison. */
export const HEADS = 4;
export const WIDTH = 32;
export const COUNT = 4;
/** Steps of a run, and queries of which it is known what they find. */
const STEPS = 20;
const QUERIES = 64;
/** Strength of a head's attention. */
const STRENGTH = 5;

export type Search = "exact" | "approximate";

const SIZES = { batch: 1, heads: HEADS, count: COUNT, width: WIDTH };
const parts = ["rows", "norms", "ring", "used", "index", "linked"] as const;

/** Writes a row for each head at every step, until all are in use, and looks for the nearest to queries. */
function fillProgram(slots: number) {
  const graph = new Graph();
  const add = graph.input("add", [graph.dimension("time"), 1, HEADS, WIDTH]);
  const memory = { ...sparseMemory(graph, { ...SIZES, slots, steps: 1 }), ...memoryIndex(graph, { batch: 1, slots }) };
  const { rows, norms, ring, used, touched, index, linked } = memory;
  const weights = constant(graph, [1, HEADS, COUNT + 1], 1);
  const nowhere = constant(graph, [1, HEADS, COUNT], -1);
  scan(
    (state, { add }) => {
      const [version, oldest] = writeRows(state.version, weights, add, nowhere, rows, norms, ring, used, touched);
      linkRows(weights, add, nowhere, oldest, rows, norms, used, touched, index, linked);
      return [{ version }, version];
    },
    { version: constant(graph, [1], 0) },
    { add },
  );
  const query = graph.input("query", [1, QUERIES, WIDTH]);
  const options = { count: COUNT };
  const [exact] = nearestRows(query, rows, norms, used, touched, options);
  const [found, , compared] = approximateNearestRows(query, rows, norms, used, touched, index, linked, options);
  for (const [name, value] of Object.entries({ exact, found, compared })) graph.output(name, value);
  for (const name of parts) graph.output(name, memory[name]);
  return compile(graph);
}

/** Steps of a memory that is given, forward and backward. */
function stepsProgram(slots: number, search: Search) {
  const graph = new Graph(true);
  const steps = graph.dimension("time");
  const query = graph.input("query", [steps, 1, HEADS, WIDTH]);
  const add = graph.input("add", [steps, 1, HEADS, WIDTH]);
  const gates = graph.input("gates", [steps, 1, HEADS, COUNT + 1]);
  const rows = graph.input("rows", [1, slots, WIDTH]);
  const norms = graph.input("norms", [1, slots]);
  const ring = graph.input("ring", [1, 2, slots + 1]);
  const used = graph.input("used", [1]);
  const index = graph.input("index", [1, indexSize(slots)]);
  const linked = graph.input("linked", [1]);
  const { touched } = sparseMemory(graph, { ...SIZES, slots, steps });
  const strength = broadcast(constant(graph, [1, HEADS], STRENGTH), { axis: 2, count: COUNT });
  const [, read] = scan(
    ({ indices: before, version: last }, { query, add, gates }) => {
      const [version, oldest] = writeRows(last, gates, add, before, rows, norms, ring, used, touched);
      const isExact = search === "exact";
      if (!isExact) linkRows(gates, add, before, oldest, rows, norms, used, touched, index, linked);
      const [indices, similarities] = isExact
        ? nearestRows(query, rows, norms, used, touched, { count: COUNT })
        : approximateNearestRows(query, rows, norms, used, touched, index, linked, { count: COUNT });
      const weights = softmax(multiply(strength, similarities));
      return [{ indices, version }, readRows(weights, indices, rows, norms, ring, used, touched)];
    },
    { indices: constant(graph, [1, HEADS, COUNT], 0), version: constant(graph, [1], 0) },
    { query, add, gates },
  );
  graph.output("read", read);
  graph.input("d read", read.shape);
  const inputGradients = ["query", "add", "gates"];
  return compileGradients(graph, { seeds: { read: "d read" }, inputGradients, parameterCount: 0 });
}

/** A memory all of whose rows are in use, and linked. */
export class FilledMemory {
  readonly #random = new Random(1);
  readonly #memory: Loaded;
  /** Part of the nearest rows of queries in all directions that links find. */
  readonly found: number;
  /** Rows compared for a query. */
  readonly compared: number;

  constructor(
    readonly engine: Engine,
    readonly slots: number,
  ) {
    this.#memory = new Loaded(engine, fillProgram(slots), { time: slots / HEADS });
    this.#draw(this.#memory.input("add", slots * WIDTH));
    this.#draw(this.#memory.input("query", QUERIES * WIDTH));
    this.#memory.run();
    const of = (name: string): Float32Array => this.#memory.output(name, QUERIES * COUNT);
    const [exact, found] = [of("exact"), of("found")];
    const hits = found.filter((row, i) => {
      const first = i - (i % COUNT);
      return exact.subarray(first, first + COUNT).includes(row);
    });
    this.found = hits.length / found.length;
    this.compared = this.#memory.output("compared", 1)[0]! / QUERIES;
  }

  /** Microseconds of a step, forward and backward: the least of some runs, each from the memory as it was filled. */
  step(search: Search, rounds: number): number {
    const steps = new Loaded(this.engine, stepsProgram(this.slots, search), { time: STEPS });
    for (const name of ["query", "add", "d read"]) this.#draw(steps.input(name, STEPS * HEADS * WIDTH));
    const gates = steps.input("gates", STEPS * HEADS * (COUNT + 1));
    gates.forEach((_, i) => (gates[i] = i % (COUNT + 1) === COUNT ? 0.5 : 0.5 / COUNT));
    const run = (): number => {
      for (const [name, count] of Object.entries(sizesOf(this.slots))) {
        steps.input(name, count).set(this.#memory.output(name, count));
      }
      return steps.run();
    };
    const times = Array.from({ length: rounds }, run);
    steps.free();
    return (1000 * Math.min(...times)) / STEPS;
  }

  free(): void {
    this.#memory.free();
  }

  /** Vectors in all directions alike: a sum of twelve is normal enough. */
  #draw(values: Float32Array): void {
    const one = (): number => {
      let sum = -6;
      for (let i = 0; i < 12; ++i) sum += this.#random.uniform();
      return sum;
    };
    values.forEach((_, i) => (values[i] = one()));
  }
}

/** Numbers of each part of a memory. */
const sizesOf = (slots: number): Readonly<Record<(typeof parts)[number], number>> => ({
  rows: slots * WIDTH,
  norms: slots,
  ring: 2 * (slots + 1),
  used: 1,
  index: indexSize(slots),
  linked: 1,
});
