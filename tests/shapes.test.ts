import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../bindings/graph/compile.js";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import { add, concat, gather, matmul, slice, tanh, transpose } from "../bindings/graph/ops/index.js";
import { part } from "../bindings/graph/reshape.js";
import { scan } from "../bindings/graph/scan.js";
import { ShapeError, type Shape } from "../bindings/graph/shape.js";
import type { Tensor } from "../bindings/graph/tensor.js";
import { Random } from "../bindings/common/random/philox.js";
import { uniform, whole } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { evaluateGraph } from "./support/evaluate.js";
import { runProgram } from "./support/program.js";
import { thrownBy } from "./support/thrown.js";

const symbolic = suite("concat, slice, transpose and gather work on axes whose length is known only at run time");
symbolic("time in front, and inside", async () => {
  const engine = await testEngine();
  const record = (): { graph: Graph; outputs: Record<string, Tensor> } => {
    const graph = new Graph();
    const time = graph.dimension("time");
    const x = graph.input("x", [time, 3, 5]);
    const turned = graph.input("turned", [4, time]);
    const indices = graph.input("indices", [time, 2]);
    const table = graph.input("table", [6, 5]);
    const outputs = {
      joined: concat([x, slice(x, { begin: 1, end: 3 })]),
      stacked: concat([turned, slice(turned, { axis: 0, begin: 1 })], { axis: 0 }),
      transposed: transpose(turned),
      batch: transpose(x),
      rows: gather(table, indices),
    };
    return { graph, outputs };
  };
  const { graph, outputs } = record();
  for (const [name, tensor] of Object.entries(outputs)) graph.output(name, tensor);
  const program = compile(graph);
  for (const time of [1, 6, 3]) {
    const random = new Random(time);
    const inputs = {
      x: uniform(random, [time, 3, 5]),
      turned: uniform(random, [4, time]),
      indices: whole(random, [time, 2], 6),
      table: uniform(random, [6, 5]),
    };
    const run = runProgram(engine, program, inputs, { lengths: { time } });
    const truth = record();
    const read = evaluateGraph(truth.graph, { inputs, lengths: { time } });
    for (const [name, tensor] of Object.entries(truth.outputs)) {
      assert.equal(run.outputs[name]!.shape, read(tensor).shape);
      close(run.outputs[name]!, read(tensor), { rtol: 0, atol: 0 });
    }
  }
});
symbolic.run();

const views = suite("parts of the leading axis");
views("are the values and the gradients of slices, also within loops", async () => {
  const engine = await testEngine();
  const table = uniform(new Random(3), [5, 4], -1, 1);
  const x = uniform(new Random(4), [3, 2, 2], -1, 1);
  const record = (take: typeof part): Graph => {
    const graph = new Graph();
    const weights = tanh(graph.input("table", [5, 4]));
    const [, ys] = scan(
      (h: Tensor, x: Tensor) => {
        const y = add(matmul(h, take(weights, { end: 4 })), matmul(x, take(weights, { begin: 3 })));
        return [y, y];
      },
      take(graph.input("first", [3, 4]), { begin: 1 }),
      graph.input("x", [3, 2, 2]),
    );
    graph.output("ys", ys);
    graph.input("dy", ys.shape);
    return graph;
  };
  const inputs = {
    table,
    x,
    first: uniform(new Random(5), [3, 4], -1, 1),
    dy: uniform(new Random(6), [3, 2, 4], -1, 1),
  };
  const [viewed, sliced] = [part, (x: Tensor, options: object) => slice(x, { axis: 0, ...options })].map((take) => {
    const program = compileGradients(record(take), { seeds: { ys: "dy" }, inputGradients: ["table", "first", "x"] });
    return runProgram(engine, program, inputs);
  });
  assert.is(Object.keys(sliced!.outputs).length, 4);
  for (const [name, values] of Object.entries(sliced!.outputs))
    close(viewed!.outputs[name]!, values, { rtol: 1e-5, atol: 1e-6 });
});
views.run();

const errors = suite("concat, slice, transpose and gather say what is wrong");
const cases: [what: string, shapes: Shape[], call: (x: Tensor, y: Tensor) => Tensor, message: string][] = [
  [
    "concat of shapes that differ beside the axis",
    [
      [2, 3],
      [4, 3],
    ],
    (x, y) => concat([x, y]),
    "concat: input 1 is (4, 3), and must be (2, 3)",
  ],
  [
    "concat of different ranks",
    [
      [2, 3],
      [2, 3, 1],
    ],
    (x, y) => concat([x, y]),
    "concat: input 1 is (2, 3, 1), and must be (2, 3)",
  ],
  ["an axis that is not there", [[2, 3]], (x) => concat([x], { axis: 2 }), "concat: (2, 3) has no axis 2"],
  ["an axis that is no whole number", [[2, 3]], (x) => slice(x, { axis: 0.5 }), "slice: (2, 3) has no axis 0.5"],
  [
    "a slice past the end",
    [[2, 3]],
    (x) => slice(x, { begin: 1, end: 4 }),
    "slice: [1, 4) is no part of axis 1 of (2, 3), which has 3 elements",
  ],
  [
    "an empty slice",
    [[2, 3]],
    (x) => slice(x, { axis: 0, begin: 1, end: 1 }),
    "slice: [1, 1) is no part of axis 0 of (2, 3), which has 2 elements",
  ],
  [
    "a part that is none",
    [[2, 3]],
    (x) => part(x, { begin: 1, end: 3 }),
    "part: [1, 3) is no part of the leading axis of (2, 3)",
  ],
  ["transpose of a vector", [[3]], (x) => transpose(x), "transpose: x is (3), and must have at least 2 axes"],
  [
    "gather from what is no table",
    [[5], [2]],
    (x, y) => gather(x, y),
    "gather: table is (5), and must have 2 axes or more",
  ],
];
for (const [what, shapes, call, message] of cases) {
  errors(what, () => {
    const graph = new Graph();
    const [x, y] = shapes.map((shape, i) => graph.input(`input ${i}`, shape));
    const error = thrownBy(() => call(x!, y!));
    assert.instance(error, ShapeError);
    assert.is(error.message, message);
  });
}
errors("concat along an axis whose length is known only at run time", () => {
  const graph = new Graph();
  const x = graph.input("x", [2, graph.dimension("time")]);
  const { message } = thrownBy(() => concat([x, x]));
  assert.is(message, "concat needs a fixed length on axis 1 of (2, time), and time is known only at run time");
});
errors.run();
