import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { ShapeError } from "../../bindings/graph/shape.js";
import {
  NeuralTuringMachine,
  type NeuralTuringMachineOptions,
} from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import type { Rows } from "../../bindings/runtime/sequences.js";
import { Random } from "../../bindings/common/random/philox.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { trainingProgram } from "../../bindings/training/trainingProgram.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();
const TIME = 4;
const ROWS = 2;
const tiny: NeuralTuringMachineOptions = {
  inputSize: 3,
  outputSize: 2,
  hiddenSize: 4,
  slots: 7,
  width: 5,
  initialMemory: 0.1, // away from 0, where the cosine bends too sharply for differences of h = 1e-5
  seed: 3,
};
const variants: Record<string, Partial<NeuralTuringMachineOptions>> = {
  "the defaults": {},
  "a feedforward controller": { controller: "feedforward" },
  "two read heads and three write heads": { readHeads: 2, writeHeads: 3 },
  "reading before writing": { order: "read-write" },
  "five shifts and ReLU keys": { shifts: 5, keyActivation: "relu", clipTo: Infinity },
  "a recurrent controller of sigmoids": { controller: "recurrent", controllerActivation: "sigmoid" },
  "the choices of loudinthecloud/pytorch-ntm": {
    order: "read-write",
    keyActivation: "relu",
    strengthActivation: "relu",
    shiftActivation: "relu",
    eraseActivation: "relu",
    guard: "maximum",
    sharpeningEpsilon: 1e-16,
    initialMemory: "learned",
    squashInitial: false,
    clipTo: Infinity,
  },
  "the choices of snipsco/ntm-lasagne": {
    controller: "feedforward",
    controllerActivation: "relu",
    order: "address-write-read",
    outputsRead: false,
    keyActivation: "relu",
    strengthActivation: "relu",
    gateActivation: "hardSigmoid",
    eraseActivation: "hardSigmoid",
    guard: "root",
    epsilon: 1e-6,
    circular: false,
    weightingEpsilon: 1e-6,
    initialMemory: "learned",
    squashInitial: false,
    clipTo: Infinity,
  },
};

/** Spread out, so that no gradient is small because the initial values are. */
function spread(model: NeuralTuringMachine): NDArray {
  void model.parameters; // lays them out
  const values = uniform(new Random(11), [model.parameterCount], -0.8, 0.8);
  const { initialReadWeights, initialWriteWeights } = model.cell;
  for (const { offset, size } of model.options.squashInitial ? [] : [initialReadWeights, initialWriteWeights]) {
    const weights = values.data.subarray(offset, offset + size);
    weights.set(weights.map(Math.abs)); // weightings that are taken as they are must be some
  }
  model.parameters.set(values.data);
  return values;
}

const sequence = (length: number, seed = 5): number[][] => {
  const random = new Random(seed);
  return Array.from({ length }, () => [...uniform(random, [3], -1, 1).data]);
};

const suiteOf = suite("NeuralTuringMachine");

for (const [what, options] of Object.entries(variants)) {
  suiteOf(`with ${what}: outputs and all gradients are those of double precision`, () => {
    const model = new NeuralTuringMachine({ ...tiny, ...options });
    const values = spread(model);
    const inputs = { x: uniform(new Random(6), [TIME, ROWS, 3], -1, 1) };
    const record = (): Graph => {
      const graph = new Graph();
      graph.output("y", model.record(graph, graph.input("x", [graph.dimension("time"), ROWS, 3])).ys);
      return graph;
    };
    const lengths = { time: TIME };
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const graph = record();
      const parameters = new Map(
        model.parameters.parameters.map((p) => [p, array(p.shape, all!.data.subarray(p.offset, p.offset + p.size))]),
      );
      return [evaluateGraph(graph, { inputs, parameters, lengths })(graph.outputs.get("y")!)];
    };
    const [expected] = f([values]);
    const dy = uniform(new Random(7), expected!.shape, -1, 1);

    const graph = record();
    graph.input("dy", graph.outputs.get("y")!.shape);
    const program = compileGradients(graph, { seeds: { y: "dy" }, parameterCount: model.parameterCount });
    const run = runProgram(engine, program, { ...inputs, dy }, { lengths, parameters: model.parameters.values });
    close(run.outputs["y"]!, expected!, { rtol: 1e-5, atol: 1e-6 });
    const [gradients] = numericalGradients(f, [values], [dy]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-5 }); // four steps of f32 sums
  });
}

suiteOf("a session gives the bits of a run", () => {
  const model = new NeuralTuringMachine(tiny);
  spread(model);
  const inputs = sequence(6);
  const { outputs } = model.run(engine, inputs);
  const session = model.session(engine);
  for (let pass = 0; pass < 2; ++pass) {
    inputs.forEach((x, t) => assert.equal([...session.step(x)], [...(outputs as Rows)[t]!]));
    session.reset();
  }
  session.dispose();
});

suiteOf("a batch of different lengths gives the bits of its sequences one by one", () => {
  const model = new NeuralTuringMachine(tiny);
  spread(model);
  const lengths = [3, 1, 5, 2, 4, 3, 6, 1, 2, 7, 3]; // more than one shard
  const batch = lengths.map((length, i) => sequence(length, i));
  const names = ["readWeights", "memory"];
  const together = model.run(engine, batch, { trace: names });
  batch.forEach((inputs, i) => {
    const alone = model.run(engine, inputs, { trace: names });
    assert.equal((together.outputs as unknown as Rows[])[i], alone.outputs);
    for (const name of names) assert.equal((together.trace[name] as unknown as Rows[])[i], alone.trace[name]);
  });
});

suiteOf("traces weightings that sum to 1, and the memory", () => {
  const model = new NeuralTuringMachine({ ...tiny, readHeads: 2 });
  const { outputs, trace } = model.run(engine, sequence(5), { trace: ["readWeights", "writeWeights", "memory"] });
  assert.equal(outputs.shape, [5, 2]);
  assert.equal(trace["readWeights"]!.shape, [5, 2, 7]);
  assert.equal(trace["writeWeights"]!.shape, [5, 1, 7]);
  assert.equal(trace["memory"]!.shape, [5, 7, 5]);
  for (const row of trace["writeWeights"]!) {
    assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-6);
  }
});

suiteOf("its program fits in 64 kB", () => {
  const model = new NeuralTuringMachine({ inputSize: 9, outputSize: 8 });
  const { words } = trainingProgram(model, copyTask(), 8, true);
  assert.ok(words.byteLength <= 64 * 1024, `${words.byteLength} bytes`);
});

suiteOf("takes inputs as rows, as typed arrays, or as data and shape", () => {
  const model = new NeuralTuringMachine(tiny);
  const rows = sequence(3);
  const { outputs } = model.run(engine, rows);
  assert.equal(
    model.run(
      engine,
      rows.map((row) => Float64Array.from(row)),
    ).outputs,
    outputs,
  );
  assert.equal(model.run(engine, { data: rows.flat(), shape: [3, 3] }).outputs, outputs);
  assert.equal((model.run(engine, { data: rows.flat(), shape: [1, 3, 3] }).outputs as unknown as Rows[])[0], outputs);
});

const refused: [what: string, inputs: unknown, type: new (...args: never[]) => Error, message: RegExp][] = [
  ["a sequence of length 0", [], ShapeError, /batch is empty|no steps/],
  ["a batch with an empty sequence", [[[1, 2, 3]], []], ShapeError, /sequence 1 has no steps/],
  ["rows of another size", [[1, 2]], ShapeError, /step 0 of the sequence has 2 numbers, and must have 3/],
  ["NaN", [[1, NaN, 3]], RangeError, /number 1 of step 0 of the sequence is NaN, and must be finite/],
  ["infinity", [[1, 2, Infinity]], RangeError, /is Infinity, and must be finite/],
  ["a shape that does not fit", { data: [1, 2, 3], shape: [2, 3] }, ShapeError, /must be \(time, 3\)/],
  ["something else", "text", TypeError, /arrays of rows/],
];
for (const [what, inputs, type, message] of refused) {
  suiteOf(`refuses ${what}`, () => {
    const model = new NeuralTuringMachine(tiny);
    const error = thrownBy(() => model.run(engine, inputs as never));
    assert.instance(error, type);
    assert.match(error.message, message);
  });
}

suiteOf("refuses options that are out of range, unknown or missing, and unknown traces", () => {
  const make = (options: object) => () => new NeuralTuringMachine({ ...tiny, ...options });
  assert.match(thrownBy(make({ shifts: 4 })).message, /shifts is 4, and must be an odd number/);
  assert.match(thrownBy(make({ sharpeningEpsilon: 1e-40 })).message, /must be 0, or a number from 1e-30 to 1/);
  assert.match(thrownBy(make({ slots: 0 })).message, /slots is 0, and must be a whole number from 1/);
  assert.match(thrownBy(make({ slotz: 8 })).message, /no option "slotz"; it has inputSize, /);
  assert.match(thrownBy(make({ controller: "gru" })).message, /must be "lstm" or "feedforward"/);
  assert.match(thrownBy(make({ seed: -1 })).message, /seed is -1/);
  assert.match(
    thrownBy(() => new NeuralTuringMachine({ inputSize: 3 } as never)).message,
    /needs the option "outputSize"/,
  );
  const model = new NeuralTuringMachine(tiny);
  const error = thrownBy(() => model.run(engine, sequence(1), { trace: ["weights"] }));
  assert.match(error.message, /no value "weights" to trace; it has .*readWeights/);
});

suiteOf.run();
