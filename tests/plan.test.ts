/** Where the planner puts values: nothing that is still needed is written over. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Opcode } from "../assembly/generated/opcodes.js";
import { compile } from "../bindings/graph/compile.js";
import { Graph } from "../bindings/graph/graph.js";
import { instruction, type Block } from "../bindings/graph/lower.js";
import {
  add,
  affine,
  constant,
  exp,
  identity,
  multiply,
  relu,
  sum,
  tanh,
  transpose,
} from "../bindings/graph/ops/index.js";
import { packByLifetime } from "../bindings/graph/pack.js";
import { plan } from "../bindings/graph/plan.js";
import { findLive } from "../bindings/graph/prune.js";
import { Region } from "../bindings/graph/region.js";
import { scan } from "../bindings/graph/scan.js";
import { Tensor } from "../bindings/graph/tensor.js";
import { RecurrentModel } from "../bindings/models/recurrentModel.js";
import { Random } from "../bindings/common/random/philox.js";
import { array, uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { evaluateGraph } from "./support/evaluate.js";
import { runProgram } from "./support/program.js";

const engine = await testEngine();
const SIZE = 5;
const STEPS = 4;

/** Runs a graph, and compares its outputs with those in double precision. */
function expectRight(record: (graph: Graph) => Record<string, Tensor>, inputs: Record<string, NDArray>): void {
  const graph = new Graph();
  const outputs = record(graph);
  for (const [name, tensor] of Object.entries(outputs)) graph.output(name, tensor);
  const read = evaluateGraph(graph, { inputs });
  const run = runProgram(engine, compile(graph), inputs);
  for (const [name, tensor] of Object.entries(outputs))
    close(run.outputs[name]!, read(tensor), { rtol: 1e-4, atol: 1e-5 });
}

const given = (names: readonly string[], shape: readonly number[] = [SIZE]): Record<string, NDArray> =>
  Object.fromEntries(names.map((name, i) => [name, uniform(new Random(i + 1), shape, -1, 1)]));

const planning = suite("plan");

planning("a value from outside a loop stays until the loop ends, however early in the body its last use is", () => {
  expectRight(
    (graph) => {
      const outside = tanh(graph.input("a", [SIZE]));
      const [final] = scan(
        (h: Tensor) => {
          let next = multiply(h, outside);
          // As many values of its size as might be put in its place.
          for (let i = 0; i < 4; ++i) next = tanh(affine(next, { scale: 1.5, shift: 0.25 }));
          return [next, []];
        },
        graph.input("b", [SIZE]),
        [] as Tensor[],
        { steps: STEPS },
      );
      return { final };
    },
    given(["a", "b"]),
  );
});

planning("also where the loop that needs it is inside another that does not", () => {
  expectRight(
    (graph) => {
      const outside = exp(graph.input("a", [SIZE]));
      const [final] = scan(
        (h: Tensor) => {
          const [inner] = scan(
            (s: Tensor) => [tanh(affine(tanh(multiply(s, outside)), { shift: 0.5 })), []],
            h,
            [] as Tensor[],
            { steps: 2 },
          );
          let next = inner;
          for (let i = 0; i < 4; ++i) next = tanh(affine(next, { scale: 1.5, shift: -0.25 }));
          return [next, []];
        },
        graph.input("b", [SIZE]),
        [] as Tensor[],
        { steps: STEPS },
      );
      return { final };
    },
    given(["a", "b"]),
  );
});

planning("the flag that ends a loop stays to the end of the body, though it is computed first", () => {
  expectRight(
    (graph) => {
      const [final, ys] = scan(
        ({ h, count }: { h: Tensor; count: Tensor }) => {
          const counted = affine(count, { shift: 1 });
          const halted = relu(affine(counted, { shift: -2.5 }));
          let next = h;
          for (let i = 0; i < 5; ++i) next = relu(affine(next, { scale: 0.5, shift: 0.25 }));
          return [{ h: next, count: counted }, next, halted];
        },
        { h: graph.input("a", [SIZE]), count: graph.input("counts", [SIZE]) },
        [] as Tensor[],
        { steps: 9 },
      );
      return { h: final.h, count: final.count, ys };
    },
    // The last row halts after five steps, the others before it.
    { ...given(["a"]), counts: array([SIZE], [0, -1, 1, 0, -2]) },
  );
});

planning("an instruction's result is not put where what it reads is", () => {
  expectRight(
    (graph) => {
      let x = tanh(graph.input("a", [SIZE, SIZE]));
      for (let i = 0; i < 4; ++i) x = transpose(add(transpose(x), x));
      return { x: tanh(x), column: sum(transpose(exp(x)), { axis: 0 }) };
    },
    given(["a"], [SIZE, SIZE]),
  );
});

planning("buffers that are alive at the same time do not overlap, and others share what there is", () => {
  const random = new Random(9);
  for (let round = 0; round < 50; ++round) {
    const region = new Region();
    region.add(3);
    const start = region.fixedBytes;
    const buffers = Array.from({ length: 30 }, (_, key) => {
      const first = random.integer(0, 20);
      return { key, size: random.integer(1, 40), first, last: first + random.integer(0, 6) };
    });
    const offsets = packByLifetime(region, buffers);
    for (const a of buffers) {
      const begin = offsets.get(a.key)!;
      assert.ok(begin >= start && begin % 16 === 0 && begin + 4 * a.size <= region.fixedBytes);
      for (const b of buffers) {
        const isApart = begin + 4 * a.size <= offsets.get(b.key)! || offsets.get(b.key)! + 4 * b.size <= begin;
        const areTogether = a !== b && a.first <= b.last && b.first <= a.last;
        assert.ok(!areTogether || isApart, `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
      }
    }
    const whole = buffers.reduce((bytes, { size }) => bytes + Math.ceil(size / 4) * 16, 0);
    assert.ok(region.fixedBytes - start < whole);
  }
  const region = new Region();
  const two = [
    { key: "a", size: 4, first: 0, last: 1 },
    { key: "b", size: 4, first: 2, last: 3 },
  ];
  assert.equal([...packByLifetime(region, two).values()], [0, 0]);
});

planning("branches of a fork share no buffer, since they may run at the same time", () => {
  const graph = new Graph();
  const tensors = (name: string): Tensor[] => [0, 1, 2].map((i) => new Tensor(graph.root, [8], `${name} ${i}`));
  const [x, y] = [graph.input("x", [8]), tensors("y")];
  const own = [0, 1, 2].map((branch) => tensors(`branch ${branch}`));
  const copy = (to: Tensor, from: Tensor) =>
    instruction(Opcode.identityForward, { writes: [to], reads: [from], sizes: [8] });
  // Each branch goes through values of its own, one after the other.
  const branches = own.map(([a, b, c], i) => [copy(a!, x), copy(b!, a!), copy(c!, b!), copy(y[i]!, c!)]);
  const outputs = new Map(y.map((tensor, i) => [`y${i}`, tensor]));
  const block: Block = [{ kind: "fork", branches }];
  const live = findLive(block, y);
  const { placeOf } = plan({ graph, block, live, gradients: undefined, fixed: new Map(), outputs, session: false });
  const taken = own.map((values) => values.map((tensor) => placeOf(tensor).offset.bytes));
  taken.forEach((mine, i) =>
    taken.forEach((theirs, j) => {
      if (i === j) return;
      for (const a of mine) for (const b of theirs) assert.ok(Math.abs(a - b) >= 32, `branches ${i} and ${j}`);
    }),
  );
});

planning("every output has a buffer of its own, under every name and beside inputs and results", () => {
  const graph = new Graph();
  const x = graph.input("x", [SIZE]);
  const y = tanh(x);
  graph.output("first", y);
  graph.output("second", y);
  graph.output("given", x);
  const result = sum(y, { axis: 0 });
  graph.result("sum", result);
  graph.output("sum", result);
  const program = compile(graph);
  const ports = [...program.outputs.values(), ...program.inputs.values()].map(({ offset }) => String(offset.bytes));
  assert.is(new Set(ports).size, ports.length);
  const values = given(["x"]);
  const { outputs } = runProgram(engine, program, values);
  assert.equal(outputs["first"], outputs["second"]);
  assert.equal([...outputs["given"]!.data], [...values["x"]!.data]);
});

planning("a value that leaves an iteration twice, or is an input of it, has a place for each", () => {
  expectRight(
    (graph) => {
      const [final, ys] = scan(
        ({ a, b, c }: { a: Tensor; b: Tensor; c: Tensor }, x: Tensor) => {
          const next = tanh(add(a, multiply(b, x)));
          return [
            { a: next, b: next, c: a },
            { y: next, again: next, x, before: c },
          ];
        },
        { a: graph.input("a", [SIZE]), b: graph.input("b", [SIZE]), c: graph.input("c", [SIZE]) },
        graph.input("xs", [STEPS, SIZE]),
      );
      return { ...final, ...ys };
    },
    { ...given(["a", "b", "c"]), xs: uniform(new Random(7), [STEPS, SIZE], -1, 1) },
  );
});

/** Loops in loops in a step. */
class Deep extends RecurrentModel<{ h: Tensor }> {
  override readonly name = "Deep";
  readonly options = { inputSize: SIZE, outputSize: SIZE, seed: 1 };
  readonly bias = this.parameter("bias", [SIZE], (values) => void values.fill(0.125));

  override initialState(graph: Graph, batch: number): { h: Tensor } {
    return { h: constant(graph, [batch, SIZE], 0.25) };
  }

  override step(x: Tensor, { h }: { h: Tensor }): [Tensor, { h: Tensor }] {
    const loop = (depth: number, from: Tensor): Tensor =>
      depth
        ? scan(
            ({ s }: { s: Tensor; last: Tensor }) => [{ s: loop(depth - 1, tanh(add(s, x))), last: s }, []],
            { s: from, last: x },
            [] as Tensor[],
            { steps: 2 },
          )[0].s
        : multiply(from, affine(from, { scale: -0.5, shift: 1 }));
    const next = loop(3, h);
    return [identity(next), { h: next }];
  }
}

planning("a session has room for the loops in the loops of its step", () => {
  const model = new Deep();
  const inputs = Array.from({ length: 4 }, (_, t) => [...uniform(new Random(t), [SIZE], -1, 1).data]);
  const { outputs } = model.run(engine, inputs);
  const session = model.session(engine);
  inputs.forEach((x, t) => assert.equal([...session.step(x)], [...outputs[t]!]));
  session.dispose();
});

planning.run();
