/** A memory of which few rows are read and written, over several steps, against the same in double precision. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../bindings/graph/compile.js";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import {
  affine,
  broadcast,
  concat,
  constant,
  contentSimilarity,
  multiply,
  nearestRows,
  readRows,
  slice,
  softmax,
  weightedRead,
  writeRows,
} from "../bindings/graph/ops/index.js";
import { reshape } from "../bindings/graph/reshape.js";
import { scan } from "../bindings/graph/scan.js";
import { sparseMemory } from "../bindings/layers/sparseMemory.js";
import { Random } from "../bindings/common/random/philox.js";
import { array, uniform, zeros, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { numericalGradients } from "./support/numericalGradients.js";
import { runProgram } from "./support/program.js";
import { drawnMemory, type SparseCase } from "./support/sparse.js";

const engine = await testEngine();
const DELTA = 0.005;
const EPSILON = 1e-2;

interface Sizes extends SparseCase {
  readonly steps: number;
}

/** What goes in at each step: queries and vectors to add (steps, batch, heads, width), and α, γ, β of each head. */
type Inputs = readonly [query: NDArray, add: NDArray, gates: NDArray];

function drawn(random: Random, { steps, batch, heads, width }: Sizes): Inputs {
  const of = (size: number, low: number, high: number): NDArray =>
    uniform(random, [steps, batch, heads, size], low, high);
  const gates = of(3, 0.2, 0.9);
  gates.data.forEach((_, i) => {
    if (i % 3 === 2) gates.data[i]! = 1 + 4 * gates.data[i]!;
  });
  return [of(width, -1, 1), of(width, -1, 1), gates];
}

/** Everything that is read, (steps, batch, heads, width), and the memory after the last step. */
function simulated({ steps, batch, heads, count, slots, width }: Sizes, [query, add, gates]: Inputs) {
  const read = zeros([steps, batch, heads, width]);
  const memories: number[][][] = [];
  for (let b = 0; b < batch; ++b) {
    const memory = Array.from({ length: slots }, () => new Array<number>(width).fill(0));
    const order = Array.from({ length: slots }, (_, i) => i);
    const fresh = new Set(order);
    /** Rows are used by a weight above δ, and always the first time. */
    const use = (i: number, w: number): void => {
      if (w > DELTA || fresh.delete(i)) order.push(order.splice(order.indexOf(i), 1)[0]!);
      fresh.delete(i);
    };
    let found = Array.from({ length: heads }, () => Array.from({ length: count }, () => ({ i: 0, w: 0 })));
    for (let t = 0; t < steps; ++t) {
      const at = (h: number, size: number): number => ((t * batch + b) * heads + h) * size;
      const vector = ({ data }: NDArray, h: number): number[] => [...data.slice(at(h, width), at(h, width) + width)];
      const oldest = order.slice(0, heads);
      for (const i of oldest) memory[i]!.fill(0);
      const writes = found.flatMap((rows, h) => {
        const [alpha, gamma] = [gates.data[at(h, 3)]!, gates.data[at(h, 3) + 1]!];
        const onto = rows.map(({ i, w }) => ({ i, h, w: alpha * gamma * w }));
        return [...onto, { i: oldest[h]!, h, w: alpha * (1 - gamma) }];
      });
      for (const { i, h, w } of writes) vector(add, h).forEach((value, j) => (memory[i]![j]! += w * value));
      for (const i of oldest) use(i, 0);
      for (const { i } of writes) use(i, 0);
      for (const { i, w } of writes) use(i, w);
      found = found.map((_, h) => {
        const q = vector(query, h);
        const beta = gates.data[at(h, 3) + 2]!;
        const near = memory.map((row, i) => {
          const product = row.reduce((sum, value, j) => sum + value * q[j]!, 0);
          return { i, k: product / (Math.hypot(...row) * Math.hypot(...q) + EPSILON) };
        });
        const nearest = near.sort((x, y) => y.k - x.k || x.i - y.i).slice(0, count);
        const e = nearest.map(({ k }) => Math.exp(beta * k));
        const sum = e.reduce((x, y) => x + y, 0);
        return nearest.map(({ i }, k) => ({ i, w: e[k]! / sum }));
      });
      found.forEach((rows, h) => {
        for (const { i, w } of rows) {
          memory[i]!.forEach((value, j) => (read.data[at(h, width) + j]! += w * value));
          use(i, w);
        }
      });
    }
    memories.push(memory);
  }
  return { read, memories };
}

/** With these tensors of memory among what is read after the run; differentiated, or forward alone. */
function programOf(
  { batch, heads, count, slots, width }: Sizes,
  outputs: readonly ("rows" | "norms" | "used")[] = [],
  isDifferentiated = true,
) {
  const graph = new Graph(isDifferentiated);
  const steps = graph.dimension("time");
  const input = (name: string, size: number) => graph.input(name, [steps, batch, heads, size]);
  const xs = { query: input("query", width), add: input("add", width), gates: input("gates", 3) };
  const memory = sparseMemory(graph, { batch, slots, width, heads, count, steps });
  const { rows, norms, ring, used, touched } = memory;
  const initial = {
    weights: constant(graph, [batch, heads, count], 0),
    indices: constant(graph, [batch, heads, count], 0),
    version: constant(graph, [batch], 0),
  };
  const [, read] = scan(
    (state, { query, add, gates }) => {
      const gate = (i: number) => slice(gates, { begin: i, end: i + 1 });
      const forEach = (x: ReturnType<typeof gate>) => broadcast(reshape(x, [batch, heads]), { axis: 2, count });
      const [alpha, gamma] = [gate(0), gate(1)];
      const writing = concat([
        multiply(forEach(multiply(alpha, gamma)), state.weights),
        multiply(alpha, affine(gamma, { scale: -1, shift: 1 })),
      ]);
      const [version] = writeRows(state.version, writing, add, state.indices, rows, norms, ring, used, touched);
      const [indices, similarities] = nearestRows(query, rows, norms, used, touched, { count, epsilon: EPSILON });
      const weights = softmax(multiply(forEach(gate(2)), similarities));
      return [{ weights, indices, version }, readRows(weights, indices, rows, norms, ring, used, touched)];
    },
    initial,
    xs,
  );
  graph.output("read", read);
  for (const name of outputs) graph.output(name, memory[name]);
  if (!isDifferentiated) return compile(graph);
  graph.input("d read", read.shape);
  const names = ["query", "add", "gates"];
  return compileGradients(graph, { seeds: { read: "d read" }, inputGradients: names, parameterCount: 0 });
}

const memory = suite("a memory over several steps");
const all: readonly Sizes[] = [
  { steps: 1, batch: 1, heads: 1, count: 1, slots: 1, width: 3 },
  { steps: 5, batch: 1, heads: 1, count: 1, slots: 1, width: 3 },
  { steps: 4, batch: 2, heads: 1, count: 2, slots: 6, width: 4 },
  { steps: 6, batch: 1, heads: 2, count: 2, slots: 4, width: 5 }, // rows are erased, and read by both
  { steps: 5, batch: 2, heads: 2, count: 4, slots: 4, width: 3 }, // all rows are read
  { steps: 7, batch: 1, heads: 3, count: 2, slots: 9, width: 6 },
  { steps: 9, batch: 2, heads: 4, count: 4, slots: 40, width: 8 },
];
all.forEach((sizes, i) => {
  memory(`reads and gradients: ${JSON.stringify(sizes)}`, () => {
    const inputs = drawn(new Random(100 + i), sizes);
    const { read } = simulated(sizes, inputs);
    const dy = uniform(new Random(7), read.shape, -1, 1);
    const [query, add, gates] = inputs;
    const run = runProgram(
      engine,
      programOf(sizes),
      { query, add, gates, "d read": dy },
      { lengths: { time: sizes.steps } },
    );
    close(run.outputs["read"]!, read, { rtol: 1e-4, atol: 1e-5 });
    const expected = numericalGradients((x) => [simulated(sizes, x as unknown as Inputs).read], inputs, [dy]);
    ["query", "add", "gates"].forEach((name, input) =>
      close(run.outputs[`gradient of ${name}`]!, expected[input]!, { rtol: 1e-3, atol: 1e-3 }),
    );
  });
});

memory("backward undoes every write: memory is again what it was, to the bit", () => {
  const sizes = all.at(-1)!;
  const [query, add, gates] = drawn(new Random(5), sizes);
  const dy = uniform(new Random(7), query.shape, -1, 1);
  const given = { query, add, gates, "d read": dy };
  const run = runProgram(engine, programOf(sizes, ["rows", "norms", "used"]), given, {
    lengths: { time: sizes.steps },
  });
  const bits = (values: NDArray): number[] => [...new Set(new Uint32Array(Float32Array.from(values.data).buffer))];
  const used = sizes.slots; // all of them, at the end
  assert.equal([...run.outputs["used"]!.data], new Array(sizes.batch).fill(used));
  assert.equal(bits(run.outputs["rows"]!), [0]);
  assert.equal(bits(run.outputs["norms"]!), [0]);
  const forward = runProgram(
    engine,
    programOf(sizes, ["rows"], false),
    { query, add, gates },
    { lengths: { time: sizes.steps } },
  );
  const { memories } = simulated(sizes, [query, add, gates]);
  close(forward.outputs["rows"]!, array([...forward.outputs["rows"]!.shape], memories.flat(2)), {
    rtol: 1e-4,
    atol: 1e-5,
  });
});

memory("with as many rows as there are, the read of a Neural Turing Machine by content", () => {
  const [batch, heads, slots, width] = [3, 2, 17, 9];
  const random = new Random(3);
  const { rows, norms } = drawnMemory(random, { batch, heads, count: slots, slots, width });
  const query = uniform(random, [batch, heads, width], -1, 1);
  const strength = uniform(random, [batch, heads], 1, 9);
  const graph = new Graph();
  const q = graph.input("query", query.shape);
  const m = graph.input("rows", rows.shape);
  const n = graph.input("norms", norms.shape);
  const b = graph.input("strength", strength.shape);
  const { ring, touched } = sparseMemory(graph, { batch, heads, count: slots, slots, width, steps: 1 });
  const used = constant(graph, [batch], slots);
  const [indices, similarities] = nearestRows(q, m, n, used, touched, { count: slots });
  const weights = softmax(multiply(broadcast(b, { axis: 2, count: slots }), similarities));
  graph.output("sparse", readRows(weights, indices, m, n, ring, used, touched));
  graph.output("dense", weightedRead(m, softmax(contentSimilarity(m, q, b))));
  const { outputs } = runProgram(engine, compile(graph), { query, rows, norms, strength });
  close(outputs["sparse"]!, outputs["dense"]!, { rtol: 0, atol: 1e-6 });
});

memory("rows that cannot be are refused", () => {
  const graph = new Graph();
  const sizes = { batch: 1, heads: 1, count: 1, width: 1, steps: 1 };
  assert.throws(
    () => sparseMemory(graph, { ...sizes, slots: 2 ** 26 }),
    /67108864 rows, and there must be at most 16777215/,
  );
  const { rows, norms, used, touched } = sparseMemory(graph, { ...sizes, slots: 3 });
  const query = constant(graph, [1, 1, 1], 1);
  assert.throws(
    () => nearestRows(query, rows, norms, used, touched, { count: 4 }),
    /count is 4, and must be from 1 to the rows/,
  );
});
memory.run();
