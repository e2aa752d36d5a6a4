/** An index of a memory's rows: what it finds, against a comparison with all rows. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../bindings/graph/compile.js";
import { Graph } from "../bindings/graph/graph.js";
import { approximateNearestRows, constant, linkRows, nearestRows, writeRows } from "../bindings/graph/ops/index.js";
import { scan } from "../bindings/graph/scan.js";
import { memoryIndex, sparseMemory } from "../bindings/layers/sparseMemory.js";
import { indexSize } from "../bindings/graph/sparse.js";
import { Random } from "../bindings/common/random/philox.js";
import { array, uniform, zeros, type NDArray } from "./support/array.js";
import { testEngine } from "./support/engine.js";
import { runProgram } from "./support/program.js";
import { drawnIndices, drawnMemory } from "./support/sparse.js";

const engine = await testEngine();
const shipped = await testEngine("release");
const [HEADS, WIDTH, COUNT, QUERIES] = [4, 32, 4, 64];

/**
 * Writes a row for each head at every step, the one that was not used for longest, and links it; then finds the nearest of
 * queries, by links and among all. `add` (time, 1, heads, width).
 */
function programOf(slots: number, batch = 1) {
  const graph = new Graph();
  const steps = graph.dimension("time");
  const add = graph.input("add", [steps, batch, HEADS, WIDTH]);
  const query = graph.input("query", [batch, QUERIES, WIDTH]);
  const memory = sparseMemory(graph, { batch, slots, width: WIDTH, heads: HEADS, count: 1, steps: 1 });
  const { rows, norms, ring, used, touched } = memory;
  const { index, linked } = memoryIndex(graph, { batch, slots });
  const weights = constant(graph, [batch, HEADS, 2], 1);
  const nowhere = constant(graph, [batch, HEADS, 1], -1);
  const [, linking] = scan(
    (state, { add }) => {
      const [version, oldest] = writeRows(state.version, weights, add, nowhere, rows, norms, ring, used, touched);
      return [{ version }, linkRows(weights, add, nowhere, oldest, rows, norms, used, touched, index, linked)];
    },
    { version: constant(graph, [batch], 0) },
    { add },
  );
  const found = approximateNearestRows(query, rows, norms, used, touched, index, linked, { count: COUNT });
  const exact = nearestRows(query, rows, norms, used, touched, { count: COUNT });
  ["indices", "similarities", "compared"].forEach((name, i) => graph.output(name, found[i]!));
  ["exact indices", "exact similarities"].forEach((name, i) => graph.output(name, exact[i]!));
  graph.output("linking", linking);
  return compile(graph);
}

/** Vectors in all directions alike: a sum of twelve is normal enough. */
function normal(random: Random, shape: readonly number[]): NDArray {
  const values = zeros(shape);
  values.data.forEach((_, i) => {
    values.data[i] = Array.from({ length: 12 }, () => random.uniform()).reduce((x, y) => x + y) - 6;
  });
  return values;
}

/** What is found of rows that are written one after another, as often as there are rows in `add`. */
function search(slots: number, add: NDArray, query: NDArray, by = shipped) {
  const { outputs } = runProgram(by, programOf(slots), { add, query }, { lengths: { time: add.shape[0]! } });
  const of = (name: string, q: number): number[] => [...outputs[name]!.data.slice(q * COUNT, (q + 1) * COUNT)];
  const found = Array.from({ length: QUERIES }, (_, q) => ({
    indices: of("indices", q),
    similarities: of("similarities", q),
    exact: of("exact indices", q),
    exactSimilarities: of("exact similarities", q),
  }));
  for (const { indices } of found) assert.is(new Set(indices).size, COUNT, "a row is found once");
  const hits = found.reduce((sum, { indices, exact }) => sum + indices.filter((i) => exact.includes(i)).length, 0);
  const linking = outputs["linking"]!.data;
  return {
    found,
    recall: hits / (QUERIES * COUNT),
    /** Rows compared for a query, and to link one of the last rows. */
    compared: outputs["compared"]!.data[0]! / QUERIES,
    linking: linking.slice(-100).reduce((x, y) => x + y, 0) / (100 * HEADS),
  };
}

const filling = (random: Random, rows: number): NDArray => normal(random, [rows / HEADS, 1, HEADS, WIDTH]);
const index = suite("an index of rows");

index("finds nearly all of the nearest rows of random ones, also when each was written again", () => {
  for (const rounds of [1, 2]) {
    const random = new Random(8);
    const { recall, compared, found } = search(
      4096,
      filling(random, rounds * 4096),
      normal(random, [1, QUERIES, WIDTH]),
    );
    assert.ok(recall >= 0.97, `${recall} of the nearest are found after ${rounds} rounds`);
    assert.ok(compared < 2500, `${compared} rows are compared`);
    for (const { indices, similarities, exact, exactSimilarities } of found) {
      // What both find, and how alike it is, is the same to the bit.
      indices.forEach((i, k) => {
        const at = exact.indexOf(i);
        if (at >= 0) assert.is(similarities[k], exactSimilarities[at]);
      });
    }
  }
});

index("compares hardly more rows in four times as many", () => {
  const of = (rows: number) => {
    const random = new Random(9);
    return search(rows, filling(random, rows), normal(random, [1, QUERIES, WIDTH]));
  };
  const [small, large] = [of(2048), of(8192)];
  assert.ok(large.compared < 1.5 * small.compared, `${small.compared} and ${large.compared} for a query`);
  assert.ok(large.linking < 1.5 * small.linking, `${small.linking} and ${large.linking} to link a row`);
});

index("finds a row that has what is sought, wherever it lies", () => {
  const random = new Random(10);
  const add = filling(random, 2048);
  const rows = Array.from({ length: QUERIES }, () => random.integer(0, 2047));
  const query = zeros([1, QUERIES, WIDTH]);
  rows.forEach((row, q) => query.data.set(add.data.slice(row * WIDTH, (row + 1) * WIDTH), q * WIDTH));
  const { found } = search(2048, add, query);
  assert.equal(
    found.map(({ indices }) => indices[0]),
    rows,
  );
});

index("rows that are all alike, or 0, are found, too", () => {
  const random = new Random(11);
  const query = normal(random, [1, QUERIES, WIDTH]);
  const same = zeros([128, 1, HEADS, WIDTH]);
  same.data.forEach((_, i) => (same.data[i] = Math.cos(i % WIDTH)));
  search(512, same, query, engine).found.forEach(({ similarities, exactSimilarities }) =>
    assert.equal(similarities, exactSimilarities),
  );
  search(512, zeros(same.shape), query, engine).found.forEach(({ similarities }) =>
    assert.equal(similarities, new Array(COUNT).fill(0)),
  );
  // All but 8 of the rows are 0.
  const few = zeros(same.shape);
  few.data.set(normal(random, [8 * WIDTH]).data, 96 * HEADS * WIDTH);
  search(512, few, query, engine).found.forEach(({ similarities, exactSimilarities }) => {
    assert.is(similarities[0], exactSimilarities[0]);
  });
});

index("a row that is no number is not lost", () => {
  const random = new Random(12);
  const add = filling(random, 512);
  add.data[300 * WIDTH] = NaN;
  const query = normal(random, [1, QUERIES, WIDTH]);
  for (const { indices, similarities } of search(512, add, query, engine).found) {
    assert.is(indices[0], 300);
    assert.ok(Number.isNaN(similarities[0]));
  }
});

index("each of a batch has an index of its own", () => {
  const random = new Random(14);
  const rows = 1024;
  const adds = [filling(random, rows), filling(random, rows)];
  const queries = [0, 1].map(() => normal(random, [1, QUERIES, WIDTH]));
  const alone = adds.map((add, b) => search(rows, add, queries[b]!).found);
  const steps = rows / HEADS;
  const step = HEADS * WIDTH;
  const together = zeros([steps, 2, HEADS, WIDTH]);
  for (let t = 0; t < steps; ++t) {
    adds.forEach(({ data }, b) => together.data.set(data.slice(t * step, (t + 1) * step), (2 * t + b) * step));
  }
  const query = array([2, QUERIES, WIDTH], [...queries[0]!.data, ...queries[1]!.data]);
  const given = { add: together, query };
  const { outputs } = runProgram(shipped, programOf(rows, 2), given, { lengths: { time: steps } });
  assert.equal(
    [...outputs["indices"]!.data],
    alone.flat().flatMap(({ indices }) => indices),
  );
});

index("whatever is in an index, a search ends, and finds rows that there are", () => {
  const sizes = { batch: 2, heads: 3, count: 5, slots: 700, width: 6 };
  const random = new Random(13);
  const { rows, norms } = drawnMemory(random, sizes);
  const { batch, heads, count, slots, width } = sizes;
  // 44 and 3 are the last places of the layers above, of which some stand for no row; so all their lists are full.
  const all = [() => NaN, () => random.uniform(-10, 1e3), () => random.word(), () => slots, () => 44, () => 3];
  for (const garbage of all) {
    const graph = new Graph();
    const inside = zeros([batch, indexSize(slots)]);
    inside.data.forEach((_, i) => (inside.data[i] = garbage()));
    const given = {
      query: uniform(random, [batch, heads, width], -1, 1),
      add: uniform(random, [batch, heads, width], -1, 1),
      weights: uniform(random, [batch, heads, count + 1], 0, 1),
      indices: drawnIndices(random, sizes),
      oldest: array([batch, heads], [1, 690, 3, 699, 2, 1]),
      rows,
      norms,
      index: inside,
    };
    const of = Object.fromEntries(Object.entries(given).map(([name, { shape }]) => [name, graph.input(name, shape)]));
    const { touched } = sparseMemory(graph, { ...sizes, steps: 1 });
    const used = constant(graph, [batch], slots);
    const memory = [of["rows"]!, of["norms"]!, used, touched, of["index"]!, constant(graph, [batch], slots)] as const;
    graph.output("linked", linkRows(of["weights"]!, of["add"]!, of["indices"]!, of["oldest"]!, ...memory));
    const [found] = approximateNearestRows(of["query"]!, ...memory, { count });
    graph.output("found", found);
    const { outputs } = runProgram(engine, compile(graph), given);
    for (const i of outputs["found"]!.data) assert.ok(Number.isInteger(i) && i >= 0 && i < slots, `row ${i}`);
  }
});
index.run();
