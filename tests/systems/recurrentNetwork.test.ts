import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { load } from "../../bindings/load.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import {
  RecurrentNetwork,
  type RecurrentNetworkOptions,
} from "../../bindings/systems/recurrentNetwork/recurrentNetwork.js";
import { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();
const [TIME, ROWS, INPUTS] = [3, 2, 3];
const tiny: RecurrentNetworkOptions = { inputSize: INPUTS, outputSize: 2, hiddenSize: 4, seed: 3 };
const variants: Record<string, Partial<RecurrentNetworkOptions>> = {
  "an RNN": { cell: "rnn" },
  "an RNN without a squashing function": { cell: "rnn", cellOptions: { activation: "identity" } },
  "a GRU": { cell: "gru" },
  "an LSTM": { cell: "lstm" },
  "three layers of LSTM": { cell: "lstm", layers: 3 },
  "two layers of GRU": { cell: "gru", layers: 2 },
};

const networks = suite("RecurrentNetwork");
for (const [what, options] of Object.entries(variants)) {
  const model = new RecurrentNetwork({ ...tiny, ...options });
  const values = uniform(new Random(11), [model.parameterCount], -0.8, 0.8);
  model.parameters.set(values.data);

  networks(`with ${what}: outputs and all gradients are those of double precision`, () => {
    const inputs = { x: uniform(new Random(6), [TIME, ROWS, INPUTS], -1, 1) };
    const lengths = { time: TIME };
    const record = (): Graph => {
      const graph = new Graph();
      graph.output("y", model.record(graph, graph.input("x", [graph.dimension("time"), ROWS, INPUTS])).ys);
      return graph;
    };
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
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-5 }); // three steps of f32 sums
  });

  networks(`with ${what}: sessions, compiled models and loaded ones give the bits of a run`, () => {
    const random = new Random(5);
    const inputs = Array.from({ length: 6 }, () => [...uniform(random, [INPUTS], -1, 1).data]);
    const trace = ["hidden"];
    const run = model.run(engine, inputs, { trace });
    const loaded = load(save(model), { models: [RecurrentNetwork] });
    const compiled = loadCompiled(compileModel(model, { trace }));
    assert.equal(loaded.options, model.options);
    assert.equal(loaded.run(engine, inputs, { trace }), run);
    assert.equal(compiled.run(engine, inputs, { trace }), run);
    assert.equal(run.trace["hidden"]!.shape, [6, model.options.layers * 4]);
    for (const session of [model.session(engine), compiled.session(engine)]) {
      inputs.forEach((x, t) => assert.equal(session.step(x), run.outputs[t]));
      session.dispose();
    }
  });
}

networks("every layer reads the input and the layer below, and the output reads all", () => {
  const model = new RecurrentNetwork({ inputSize: 5, outputSize: 2, hiddenSize: 7, layers: 3 });
  const shapes = Object.fromEntries(model.parameters.parameters.map(({ path, shape }) => [path, shape]));
  assert.equal(shapes["layer0.gates.weights"], [5 + 7, 28]);
  assert.equal(shapes["layer1.gates.weights"], [5 + 7 + 7, 28]);
  assert.equal(shapes["layer2.gates.weights"], [5 + 7 + 7, 28]);
  assert.equal(shapes["output.weights"], [21, 2]);
});

networks("says which of its options is wrong", () => {
  const message = (options: object): string => thrownBy(() => new RecurrentNetwork({ ...tiny, ...options })).message;
  assert.match(message({ layers: 0 }), /^RecurrentNetwork: layers is 0, and must be a whole number from 1/);
  assert.match(message({ cell: "ntm" }), /cell is "ntm", and must be "rnn" or "gru" or "lstm"/);
  assert.match(message({ cellOptions: [1] }), /cellOptions is an array, and must be an object/);
  assert.match(message({ cell: "gru", cellOptions: { bias: 1 } }), /cellOptions of "gru" has no option "bias"/);
});
networks.run();
