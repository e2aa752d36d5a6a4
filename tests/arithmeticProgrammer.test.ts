import { suite } from "uvu";
import * as assert from "uvu/assert";
import { encodeExpression, parseExpression } from "../bindings/arithmetic/expression.js";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { load } from "../bindings/checkpoint/load.js";
import { compileModel } from "../bindings/compiled/compileModel.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import { compile } from "../bindings/graph/compile.js";
import { Graph } from "../bindings/graph/graph.js";
import { ArithmeticProgrammer, operations } from "../bindings/models/arithmeticProgrammer.js";
import { Random } from "../bindings/random/philox.js";
import type { Rows } from "../bindings/running/sequences.js";
import { arithmeticTask } from "../bindings/tasks/index.js";
import { adam } from "../bindings/training/optimizers.js";
import { evaluate } from "../bindings/training/evaluate.js";
import { train } from "../bindings/training/train.js";
import { array, uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { evaluateGraph } from "./support/evaluate.js";
import { numericalGradients } from "./support/numericalGradients.js";
import { runProgram } from "./support/program.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const NUMBERS = 3;
const tiny = { inputSize: arithmeticTask({ maxOperators: NUMBERS - 1 }).inputSize, hiddenSize: 4, seed: 1 };

function spread(model: ArithmeticProgrammer, seed = 2): NDArray {
  const values = uniform(new Random(seed), [model.parameterCount], -0.8, 0.8);
  const rounded = { ...values, data: values.data.map(Math.fround) };
  model.parameters.set(rounded.data);
  return rounded;
}

const rowsOf = (text: string): Float32Array[] => encodeExpression(parseExpression(text), NUMBERS);
const texts = ["(2.5 + 3) * 4", "2 / (1.5 - 3)", "(4 / 2) - 5"];
const names = ["operations", "operators", "first", "second", "result"];
const lengths = { time: rowsOf(texts[0]!).length };

/** (time, 3, inputSize) */
function inputsOf(model: ArithmeticProgrammer): NDArray {
  const all = texts.map(rowsOf);
  const data = Float64Array.from({ length: lengths.time * texts.length * model.inputSize }, (_, i) => {
    const cell = Math.floor(i / model.inputSize);
    return all[cell % texts.length]![Math.floor(cell / texts.length)]![i % model.inputSize]!;
  });
  return array([lengths.time, texts.length, model.inputSize], data);
}

const recorded = (model: ArithmeticProgrammer, isTraining: boolean): Graph => {
  const graph = new Graph(isTraining);
  const x = graph.input("x", [graph.dimension("time"), texts.length, model.inputSize]);
  graph.output("y", model.record(graph, x).ys);
  for (const name of names) graph.output(name, graph.traced.get(name)!);
  return graph;
};

const read = (graph: Graph, model: ArithmeticProgrammer, values: NDArray): ((name: string) => NDArray) => {
  const parameters = new Map(
    model.parameters.parameters.map((p) => [p, array(p.shape, values.data.subarray(p.offset, p.offset + p.size))]),
  );
  const value = evaluateGraph(graph, { inputs: { x: inputsOf(model) }, parameters, lengths });
  return (name) => value(graph.outputs.get(name)!);
};

const programmer = suite("ArithmeticProgrammer");

for (const reach of [1, 3]) {
  programmer(`while it learns, reaching ${reach} back: all values and gradients are those of double precision`, () => {
    const model = new ArithmeticProgrammer({ ...tiny, reach });
    const values = spread(model);
    const f = ([all]: readonly NDArray[]): NDArray[] => [read(recorded(model, true), model, all!)("y")];
    const [expected] = f([values]);
    const dy = uniform(new Random(7), expected!.shape, -1, 1);
    const graph = recorded(model, true);
    graph.input("dy", graph.outputs.get("y")!.shape);
    const { parameterCount } = model;
    const program = compile(graph, { seeds: { y: "dy" }, parameterCount });
    const given = { x: inputsOf(model), dy };
    const run = runProgram(engine, program, given, { lengths, parameters: model.parameters.values });
    const truth = read(recorded(model, true), model, values);
    for (const name of ["y", ...names]) close(run.outputs[name]!, truth(name), { rtol: 1e-4, atol: 1e-5 });
    const [gradients] = numericalGradients(f, [values], [dy]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-3, atol: 1e-4 });
  });
}

programmer("while it learns a line is the mean over all programs, each with its probability", () => {
  const model = new ArithmeticProgrammer(tiny);
  const at = read(recorded(model, true), model, spread(model));
  const [operation, first, second, result] = ["operations", "first", "second", "result"].map(at) as [NDArray, NDArray, NDArray, NDArray]; // prettier-ignore
  const reach = 3;
  const slots = NUMBERS + reach;
  const apply = [
    (a: number, b: number) => a + b,
    (a: number, b: number) => a - b,
    (a: number, b: number) => a * b,
    (a: number, b: number) => (a * b) / Math.max(b * b, 0.25),
    (a: number) => a,
  ];
  assert.is(apply.length, operations.length);
  texts.forEach((text, sequence) => {
    const history = [...text.matchAll(/[\d.]+/g)].map(([number]) => Number(number));
    const [line1, line2] = [lengths.time - 2, lengths.time - 1].map((step) => step * texts.length + sequence) as [number, number]; // prettier-ignore
    for (const [line, values] of [
      [line1, [...history, 0, 0, 0]],
      [line2, [...history, result.data[line1]!, 0, 0]],
    ] as const) {
      let mean = 0;
      let total = 0;
      for (const [op, f] of apply.entries()) {
        for (let k = 0; k < slots; ++k) {
          for (let l = 0; l < slots; ++l) {
            const p = operation.data[line * 5 + op]! * first.data[line * slots + k]! * second.data[line * slots + l]!;
            mean += p * f(values[k]!, values[l]!);
            total += p;
          }
        }
      }
      assert.ok(Math.abs(total - 1) < 1e-9);
      assert.ok(Math.abs(mean - result.data[line]!) < 1e-9);
    }
    // What does not exist yet cannot be chosen.
    assert.equal([...first.data.subarray(line1 * slots + NUMBERS, (line1 + 1) * slots)], [0, 0, 0]);
    assert.ok(first.data[line2 * slots + NUMBERS]! > 0);
  });
});

programmer("when it is used the most probable program runs, in the precision of its numbers", () => {
  for (let seed = 1; seed < 30; ++seed) {
    const model = new ArithmeticProgrammer(tiny);
    spread(model, seed);
    for (const text of texts) {
      const { lines, answer, probability } = model.induce(engine, text);
      const values = new Map([...text.matchAll(/[\d.]+/g)].map(([number], i) => [`x${i + 1}`, Number(number)]));
      lines.forEach(({ operation, first, second, result }, i) => {
        const [a, b] = [values.get(first.name)!, values.get(second.name)!];
        const expected = { add: a + b, subtract: a - b, multiply: a * b, divide: b ? a / b : 0, first: a }[operation];
        assert.ok(
          Math.abs(result - expected) <= 1e-5 * Math.max(1, Math.abs(expected)),
          `${seed} ${text} line ${i + 1}`,
        );
        values.set(`r${i + 1}`, result);
      });
      assert.is(lines.length, 2);
      assert.is(answer, lines[1]!.result);
      assert.ok(probability > 0 && probability < 1);
    }
  }
});

programmer("a session gives the bits of a run, and a batch those of its sequences", () => {
  const model = new ArithmeticProgrammer(tiny);
  spread(model);
  const inputs = [...texts, "1 + 2"].map(rowsOf);
  const together = model.run(engine, inputs, { trace: names });
  const session = model.session(engine);
  inputs.forEach((rows, i) => {
    const alone = model.run(engine, rows, { trace: names });
    assert.equal((together.outputs as unknown as Rows[])[i], alone.outputs);
    for (const name of names) assert.equal((together.trace[name] as unknown as Rows[])[i], alone.trace[name]);
    session.reset();
    rows.forEach((row, step) => assert.equal([...session.step(row)], [...(alone.outputs as Rows)[step]!]));
  });
  session.dispose();
});

programmer("saved and compiled it is the same", () => {
  const model = new ArithmeticProgrammer(tiny);
  spread(model);
  const again = load(save(model), { models: [ArithmeticProgrammer] });
  const compiled = loadCompiled(compileModel(model, { trace: names }));
  const expected = model.run(engine, rowsOf(texts[0]!), { trace: names });
  assert.equal(again.run(engine, rowsOf(texts[0]!), { trace: names }), expected);
  assert.equal(compiled.run(engine, rowsOf(texts[0]!), { trace: names }), expected);
  assert.equal(again.induce(engine, texts[0]!), model.induce(engine, texts[0]!));
});

programmer("refuses what cannot be", () => {
  assert.instance(thrownBy(() => new ArithmeticProgrammer({ inputSize: 10 })), RangeError); // prettier-ignore
  assert.instance(thrownBy(() => new ArithmeticProgrammer({ ...tiny, outputSize: 2 as 1 })), RangeError); // prettier-ignore
  assert.instance(thrownBy(() => new ArithmeticProgrammer({ ...tiny, reach: 0 })), RangeError); // prettier-ignore
  const model = new ArithmeticProgrammer(tiny);
  assert.match(thrownBy(() => model.induce(engine, "1 + 2 + 3 + 4")).message, /4 numbers, and must have 2 to 3/); // prettier-ignore
  assert.instance(thrownBy(() => model.induce(engine, "1 +")), SyntaxError); // prettier-ignore
});

programmer("learns expressions of one operator from their answers, and is exact on larger numbers", async () => {
  const task = arithmeticTask({ maxOperators: 1, seed: 1 });
  const model = new ArithmeticProgrammer({ inputSize: task.inputSize, hiddenSize: 32, seed: 1 });
  const options = { steps: 1200, optimizer: adam({ learningRate: 0.003 }), clip: { norm: 1 } };
  const engine = await testEngine("release");
  for await (const { loss } of train(engine, model, task, options)) assert.ok(loss >= 0);
  const larger = arithmeticTask({ maxOperators: 1, least: 10, most: 100, mostAnswer: 1e5 });
  for (const fresh of [task, larger]) {
    assert.is((await evaluate(engine, model, fresh, { sequences: 500 })).sequenceError, 0);
  }
  assert.is(model.induce(engine, "1000 / 8").answer, 125);
});

programmer(
  "stopped on either side of a step of the curriculum and resumed, it has the bits of never stopped",
  async () => {
    const trained = async (curriculum: readonly number[], stops: readonly number[]): Promise<Uint8Array> => {
      const task = arithmeticTask({ maxOperators: NUMBERS - 1, curriculum, seed: 3 });
      let bytes: Uint8Array | undefined;
      for (const steps of [...stops, 8]) {
        const training = train(engine, new ArithmeticProgrammer(tiny), task, { batch: 4, steps, ...(bytes && { resume: bytes }) }); // prettier-ignore
        for await (const { loss } of training) assert.ok(loss >= 0);
        bytes = training.checkpoint();
      }
      return bytes!;
    };
    const whole = await trained([4], []);
    for (const stops of [[3], [4], [5], [4, 5]]) assert.equal(await trained([4], stops), whole);
    const parametersOf = (bytes: Uint8Array): Float32Array =>
      load(bytes, { models: [ArithmeticProgrammer] }).parameters.values;
    assert.equal(parametersOf(await trained([8], [])), parametersOf(await trained([9], [])));
    for (const other of [[3], [5], []]) assert.not.equal(parametersOf(await trained(other, [])), parametersOf(whole));
  },
);

programmer("the entropy of a line's choices pays for itself while it learns: cost and gradients", () => {
  const [bonus, model] = [0.3, new ArithmeticProgrammer({ ...tiny, entropyBonus: 0.3 })];
  const values = spread(model);
  const record = (): Graph => {
    const graph = new Graph(true);
    const x = graph.input("x", [graph.dimension("time"), texts.length, model.inputSize]);
    graph.output("cost", model.record(graph, x).cost!);
    for (const name of ["operators", "first", "second"]) graph.output(name, graph.traced.get(name)!);
    return graph;
  };
  const f = ([all]: readonly NDArray[]): NDArray[] => [read(record(), model, all!)("cost")];
  const at = read(record(), model, values);
  let expected = 0;
  for (const name of ["operators", "first", "second"]) {
    const { data, shape } = at(name);
    const lines = data.subarray((lengths.time - 2) * texts.length * shape.at(-1)!); // two operators, two lines
    expected += lines.reduce((sum, p) => sum + (p > 0 ? bonus * p * Math.log(p) : 0), 0);
  }
  assert.ok(expected < -0.5);
  assert.ok(Math.abs(at("cost").data[0]! - expected) < 1e-5, `${at("cost").data[0]} ${expected}`);
  const graph = record();
  graph.input("dy", []);
  const program = compile(graph, { seeds: { cost: "dy" }, parameterCount: model.parameterCount });
  const given = { x: inputsOf(model), dy: array([], [1]) };
  const run = runProgram(engine, program, given, { lengths, parameters: model.parameters.values });
  assert.ok(Math.abs(run.outputs["cost"]!.data[0]! - expected) < 1e-4);
  const [gradients] = numericalGradients(f, [values], [array([], [1])]);
  close(array(values.shape, run.gradients), gradients!, { rtol: 1e-3, atol: 1e-4 });
});

programmer.run();
