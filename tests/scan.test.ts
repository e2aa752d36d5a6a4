import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../bindings/graph/compile.js";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import { add, affine, concat, linear, multiply, relu, tanh } from "../bindings/graph/ops/index.js";
import { Parameter } from "../bindings/graph/parameter.js";
import { reshape } from "../bindings/graph/reshape.js";
import { scan } from "../bindings/graph/scan.js";
import { ShapeError } from "../bindings/graph/shape.js";
import type { Tensor } from "../bindings/graph/tensor.js";
import { Random } from "../bindings/common/random/philox.js";
import { array, lengthOf, uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { evaluateGraph } from "./support/evaluate.js";
import { numericalGradients } from "./support/numericalGradients.js";
import { runProgram, type ProgramRun } from "./support/program.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const ROWS = 3;
const SIZE = 5;

/** A small recurrent network with everything a body may do: parameters, a value from outside, two states, outputs. */
class Network {
  readonly weights = new Parameter([2 * SIZE, SIZE], () => {});
  readonly bias = new Parameter([SIZE], () => {});
  readonly parameters = [this.weights, this.bias];

  constructor() {
    let offset = 0;
    for (const parameter of this.parameters) {
      parameter.offset = offset;
      offset += parameter.size;
    }
  }

  get size(): number {
    return this.parameters.reduce((sum, { size }) => sum + size, 0);
  }

  step(x: Tensor, h: Tensor): Tensor {
    return tanh(linear(concat([x, h]), this.weights, this.bias));
  }
}

const random = new Random(3);
const network = new Network();
const values = uniform(random, [network.size], -0.7, 0.7);
const parameters = Float32Array.from(values.data);
const parameterArrays = (from: NDArray): Map<Parameter, NDArray> =>
  new Map(network.parameters.map((p) => [p, array(p.shape, from.data.subarray(p.offset, p.offset + p.size))]));

interface Recording {
  readonly graph: Graph;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** Runs forward and backward with a given gradient for every output. */
function runBoth(
  recording: Recording,
  inputs: Record<string, NDArray>,
  dy: Record<string, NDArray>,
  lengths: Record<string, number> = {},
): ProgramRun {
  const { graph, outputs } = recording;
  for (const [name, tensor] of Object.entries(outputs)) graph.output(name, tensor);
  const seeds: Record<string, string> = {};
  for (const name of Object.keys(dy)) {
    graph.input(`d ${name}`, outputs[name]!.shape);
    seeds[name] = `d ${name}`;
  }
  const inputGradients = Object.keys(inputs);
  const program = compileGradients(graph, { seeds, inputGradients, parameterCount: network.size });
  const given = { ...inputs, ...Object.fromEntries(Object.entries(dy).map(([name, d]) => [`d ${name}`, d])) };
  return runProgram(engine, program, given, { lengths, parameters });
}

/** Compares outputs with the double-precision evaluation, and every gradient with its central differences. */
function checkAgainstReference(
  record: () => Recording,
  inputs: Record<string, NDArray>,
  lengths: Record<string, number> = {},
  tolerance = { rtol: 2e-5, atol: 2e-5 },
): ProgramRun {
  const names = Object.keys(inputs);
  const { graph, outputs } = record();
  const f = (all: readonly NDArray[]): NDArray[] => {
    const given = { inputs: Object.fromEntries(names.map((name, i) => [name, all[i + 1]!])), lengths };
    const read = evaluateGraph(graph, { ...given, parameters: parameterArrays(all[0]!) });
    return Object.values(outputs).map(read);
  };
  const all = [values, ...Object.values(inputs)];
  const expected = f(all);
  const dyRandom = new Random(4);
  const dy = expected.map((y) => uniform(dyRandom, y.shape, -1, 1));
  const run = runBoth(
    record(),
    inputs,
    Object.fromEntries(Object.keys(outputs).map((name, i) => [name, dy[i]!])),
    lengths,
  );
  Object.keys(outputs).forEach((name, i) => close(run.outputs[name]!, expected[i]!, tolerance));
  const [dParameters, ...dInputs] = numericalGradients(f, all, dy);
  close(array([network.size], run.gradients), dParameters!, tolerance);
  names.forEach((name, i) => close(run.outputs[`gradient of ${name}`]!, dInputs[i]!, tolerance));
  return run;
}

const inputsOf = (time: number): Record<string, NDArray> => ({
  xs: uniform(new Random(5), [time, ROWS, SIZE], -1, 1),
  h0: uniform(new Random(6), [ROWS, SIZE], -1, 1),
  gain: uniform(new Random(7), [ROWS, SIZE], -1, 1),
});

function recordInputs(graph: Graph, time: number | undefined): { xs: Tensor; h0: Tensor; gain: Tensor } {
  return {
    xs: graph.input("xs", [time ?? graph.dimension("time"), ROWS, SIZE]),
    h0: graph.input("h0", [ROWS, SIZE]),
    gain: graph.input("gain", [ROWS, SIZE]),
  };
}

/** h and the sum of all h are carried; the output uses both, and a value from outside. */
function recordScan(time?: number): Recording {
  const graph = new Graph();
  const { xs, h0, gain } = recordInputs(graph, time);
  const [final, ys] = scan(
    ({ h, sum }: { h: Tensor; sum: Tensor }, x: Tensor) => {
      const next = network.step(x, h);
      const total = add(sum, next);
      return [{ h: next, sum: total }, multiply(total, gain)];
    },
    { h: h0, sum: gain },
    xs,
  );
  return { graph, outputs: { ys, h: final.h, sum: final.sum } };
}

const scans = suite("scan");

scans("has the gradients of its double-precision evaluation", () => {
  for (const time of [1, 2, 5]) checkAgainstReference(() => recordScan(), inputsOf(time), { time });
});

scans("equals the same steps unrolled by hand, bit for bit", () => {
  const time = 4;
  const inputs = inputsOf(time);
  const dy = {
    ys: uniform(random, [time, ROWS, SIZE], -1, 1),
    h: uniform(random, [ROWS, SIZE], -1, 1),
    sum: uniform(random, [ROWS, SIZE], -1, 1),
  };
  const looped = runBoth(recordScan(), inputs, dy, { time });

  const slice = ({ data }: NDArray, t: number): NDArray =>
    array([ROWS, SIZE], data.subarray(t * ROWS * SIZE, (t + 1) * ROWS * SIZE));
  const graph = new Graph();
  const h0 = graph.input("h0", [ROWS, SIZE]);
  const gain = graph.input("gain", [ROWS, SIZE]);
  let [h, sum] = [h0, gain];
  const outputs: Record<string, Tensor> = {};
  const given: Record<string, NDArray> = { h0: inputs["h0"]!, gain: inputs["gain"]! };
  const dyUnrolled: Record<string, NDArray> = {};
  for (let t = 0; t < time; ++t) {
    const x = graph.input(`x${t}`, [ROWS, SIZE]);
    given[`x${t}`] = slice(inputs["xs"]!, t);
    dyUnrolled[`y${t}`] = slice(dy.ys, t);
    h = network.step(x, h);
    sum = add(sum, h);
    outputs[`y${t}`] = multiply(sum, gain);
  }
  const unrolled = runBoth({ graph, outputs: { ...outputs, h, sum } }, given, { ...dyUnrolled, h: dy.h, sum: dy.sum });

  assert.equal(looped.outputs["h"], unrolled.outputs["h"]);
  assert.equal(looped.outputs["sum"], unrolled.outputs["sum"]);
  assert.equal(looped.gradients, unrolled.gradients);
  for (const name of ["h0", "gain"]) {
    assert.equal(looped.outputs[`gradient of ${name}`], unrolled.outputs[`gradient of ${name}`]);
  }
  for (let t = 0; t < time; ++t) {
    assert.equal(slice(looped.outputs["ys"]!, t), unrolled.outputs[`y${t}`]);
    assert.equal(slice(looped.outputs["gradient of xs"]!, t), unrolled.outputs[`gradient of x${t}`]);
  }
});

scans("is one program for all lengths", () => {
  const { graph, outputs } = recordScan();
  for (const [name, tensor] of Object.entries(outputs)) graph.output(name, tensor);
  const program = compile(graph);
  for (const time of [1, 7, 3]) {
    const { graph: fixed, outputs: fixedOutputs } = recordScan(time);
    for (const [name, tensor] of Object.entries(fixedOutputs)) fixed.output(name, tensor);
    const inputs = inputsOf(time);
    const any = runProgram(engine, program, inputs, { lengths: { time }, parameters });
    const one = runProgram(engine, compile(fixed), inputs, { parameters });
    assert.equal(any.outputs, one.outputs);
  }
});

/** Pondering inside time: the inner loop runs a few times on the same input. */
function recordNested(ponder: number): Recording {
  const graph = new Graph();
  const { xs, h0, gain } = recordInputs(graph, undefined);
  const [final, ys] = scan(
    (h: Tensor, x: Tensor) => {
      const [thought, thoughts] = scan(
        (s: Tensor) => {
          const next = network.step(multiply(x, gain), s);
          return [next, next];
        },
        h,
        [] as Tensor[],
        { steps: ponder },
      );
      return [add(thought, x), thoughts];
    },
    h0,
    xs,
  );
  return { graph, outputs: { ys, final } };
}

scans("nests, with gradients through both loops", () => {
  const inputs = inputsOf(3);
  const run = checkAgainstReference(() => recordNested(2), inputs, { time: 3 });
  assert.equal(run.outputs["ys"]!.shape, [3, 2, ROWS, SIZE]);
});

/** A step of pondering, then a loop of its own behind it, both in a loop over time that ends early or does not. */
function recordNestedThenAnother(limit: number): Recording {
  const graph = new Graph();
  const { xs, h0, gain } = recordInputs(graph, undefined);
  const counts = graph.input("counts", [ROWS]);
  const ponder = (x: Tensor, h: Tensor, steps: number): Tensor => {
    const [{ s }] = scan(
      ({ s, count }: { s: Tensor; count: Tensor }) => {
        const counted = affine(count, { shift: 1 });
        return [
          { s: network.step(multiply(x, gain), s), count: counted },
          [],
          relu(affine(counted, { shift: 0.5 - limit })),
        ];
      },
      { s: h, count: counts },
      [] as Tensor[],
      { steps },
    );
    return s;
  };
  const [outer, ys] = scan(
    (h: Tensor, x: Tensor) => {
      const once = ponder(x, h, 3);
      const twice = ponder(add(x, once), once, 4);
      return [add(twice, x), twice];
    },
    h0,
    xs,
  );
  const [last] = scan((h: Tensor, y: Tensor) => [network.step(y, ponder(y, h, 2)), []], outer, ys);
  return { graph, outputs: { ys, outer, last } };
}

scans("a loop behind a loop in a loop, and another behind all of them, have their gradients", () => {
  for (const limit of [1, 2, 9]) {
    const inputs = { ...inputsOf(3), counts: array([ROWS], [0, 0, 0]) };
    checkAgainstReference(() => recordNestedThenAnother(limit), inputs, { time: 3 });
  }
});

/** Counts up by what comes in; ends once every row has passed its limit. */
function recordEarlyEnd(limit: number, steps: number): Recording {
  const graph = new Graph();
  const h0 = graph.input("h0", [ROWS, SIZE]);
  const gain = graph.input("gain", [ROWS, SIZE]);
  const [final, ys] = scan(
    ({ h, count }: { h: Tensor; count: Tensor }) => {
      const next = network.step(gain, h);
      const counted = affine(count, { scale: 1, shift: 1 });
      const halted = relu(affine(counted, { scale: 1, shift: 0.5 - limit }));
      return [{ h: next, count: counted }, next, halted];
    },
    { h: h0, count: multiply(gain, affine(gain, { scale: 0, shift: 0 })) },
    [] as Tensor[],
    { steps },
  );
  return { graph, outputs: { ys, h: final.h, count: final.count } };
}

scans("ends early when all rows have halted, and backward starts from there", () => {
  const { h0, gain } = inputsOf(1);
  for (const limit of [1, 3, 6]) {
    const run = checkAgainstReference(() => recordEarlyEnd(limit, 5), { h0: h0!, gain: gain! });
    const reached = Math.min(limit, 5);
    assert.equal([...new Set(run.outputs["count"]!.data)], [reached]);
    const rest = run.outputs["ys"]!.data.subarray(reached * ROWS * SIZE);
    assert.ok(
      rest.every((y) => y === 0),
      "outputs of iterations that did not run are 0",
    );
  }
});

scans("carries states that only move, or stay", () => {
  const record = (): Recording => {
    const graph = new Graph();
    const { xs, h0, gain } = recordInputs(graph, undefined);
    const [final, ys] = scan(
      ({ a, b, same }: { a: Tensor; b: Tensor; same: Tensor }, x: Tensor) => [
        { a: b, b: a, same },
        add(multiply(a, x), same),
      ],
      { a: h0, b: gain, same: h0 },
      xs,
    );
    return { graph, outputs: { ys, a: final.a, same: final.same } };
  };
  checkAgainstReference(record, inputsOf(3), { time: 3 });
});

scans("carries states whose size depends on a length, beside others", () => {
  const record = (): Recording => {
    const graph = new Graph();
    const { xs, h0, gain } = recordInputs(graph, undefined);
    const [final, ys] = scan(
      ({ all, h, count }: { all: Tensor; h: Tensor; count: Tensor }, x: Tensor) => {
        const next = multiply(tanh(all), all);
        return [
          { all: add(next, multiply(next, xs)), h: network.step(x, h), count: affine(count, { shift: 1 }) },
          multiply(next, affine(xs, { scale: 0.5 })),
        ];
      },
      { all: xs, h: h0, count: gain },
      xs,
    );
    return { graph, outputs: { ys, all: final.all, h: final.h } };
  };
  for (const time of [1, 2, 4]) checkAgainstReference(record, inputsOf(time), { time });
});

scans("gives out values under another shape than they were computed in", () => {
  const record = (): Recording => {
    const graph = new Graph();
    const { xs, h0 } = recordInputs(graph, undefined);
    const [final, ys] = scan(
      (h: Tensor, x: Tensor) => [network.step(x, h), reshape(multiply(x, h), [ROWS * SIZE])],
      h0,
      xs,
    );
    return { graph, outputs: { ys, final } };
  };
  const run = checkAgainstReference(record, inputsOf(3), { time: 3 });
  assert.equal(run.outputs["ys"]!.shape, [3, ROWS * SIZE]);
});

scans("traces values of its body over the iterations", () => {
  const graph = new Graph();
  const { xs, h0 } = recordInputs(graph, undefined);
  const [final] = scan(
    (h: Tensor, x: Tensor) => {
      const next = network.step(x, h);
      graph.trace("hidden", next);
      return [next, []];
    },
    h0,
    xs,
  );
  graph.output("final", final);
  graph.output("hidden", graph.traced.get("hidden")!);
  const { outputs } = runProgram(engine, compile(graph), inputsOf(4), { lengths: { time: 4 }, parameters });
  assert.equal(outputs["hidden"]!.shape, [4, ROWS, SIZE]);
  assert.equal(outputs["hidden"]!.data.slice(-lengthOf([ROWS, SIZE])), outputs["final"]!.data);
});

scans("refuses states and sequences that do not fit", () => {
  const graph = new Graph();
  const { xs, h0 } = recordInputs(graph, 4);
  const long = graph.input("long", [6, ROWS, SIZE]);
  const different = thrownBy(() => scan((h: Tensor, x: Tensor) => [concat([h, x]), []], h0, xs));
  assert.instance(different, ShapeError);
  assert.is(different.message, 'scan: the next state "" is (3, 10), and must be (3, 5)');
  const lengths = thrownBy(() => scan((h: Tensor) => [h, []], h0, [xs, long]));
  assert.is(lengths.message, "scan: input long has 6 elements, and must have 4, like the other sequences");
  assert.match(thrownBy(() => scan((h: Tensor) => [h, []], h0, [])).message, "needs the option `steps`");
  let leaked: Tensor | undefined;
  scan((h: Tensor) => [(leaked = tanh(h)), []], h0, xs);
  assert.match(thrownBy(() => tanh(leaked!)).message, "belongs to a scan's body that has ended");
});

scans.run();
