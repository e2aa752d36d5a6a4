import { suite } from "uvu";
import * as assert from "uvu/assert";
import { encodeExpression, parseExpression } from "../../bindings/systems/arithmeticProgrammer/expression.js";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { load } from "../../bindings/load.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { ArithmeticProgrammer, operations } from "../../bindings/systems/arithmeticProgrammer/arithmeticProgrammer.js";
import { Random } from "../../bindings/common/random/philox.js";
import type { Rows } from "../../bindings/runtime/sequences.js";
import { arithmeticTask } from "../../bindings/tasks.js";
import { adam } from "../../bindings/training/optimizers.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

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
const names = ["operations", "operators", "arguments", "operation", "first", "second", "result"];
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

/** Each name once. */
function memoized(at: (name: string) => NDArray): (name: string) => NDArray {
  const all = new Map<string, NDArray>();
  return (name) => {
    if (!all.has(name)) all.set(name, at(name));
    return all.get(name)!;
  };
}

const programmer = suite("ArithmeticProgrammer");

for (const reach of [1, 3]) {
  programmer(`while it learns, reaching ${reach} back: all values and gradients are those of double precision`, () => {
    const model = new ArithmeticProgrammer({ ...tiny, reach });
    const values = spread(model);
    const learning = recorded(model, true);
    const f = ([all]: readonly NDArray[]): NDArray[] => [read(learning, model, all!)("y")];
    const [expected] = f([values]);
    const dy = uniform(new Random(7), expected!.shape, -1, 1);
    const graph = recorded(model, true);
    graph.input("dy", graph.outputs.get("y")!.shape);
    const { parameterCount } = model;
    const program = compileGradients(graph, { seeds: { y: "dy" }, parameterCount });
    const given = { x: inputsOf(model), dy };
    const run = runProgram(engine, program, given, { lengths, parameters: model.parameters.values });
    const truth = read(recorded(model, true), model, values);
    for (const name of ["y", ...names]) close(run.outputs[name]!, truth(name), { rtol: 1e-4, atol: 1e-5 });
    const [gradients] = numericalGradients(f, [values], [dy]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-3, atol: 1e-4 });
  });
}

const REACH = 3;
const SLOTS = NUMBERS + REACH;

/** What a line's operators are to choose among, of one of the texts: a probability of each, and its arguments. */
function lineOf(at: (name: string) => NDArray, step: number, sequence: number) {
  const row = (name: string, size: number): Float64Array => {
    const first = (step * texts.length + sequence) * size;
    return Float64Array.from(at(name).data.subarray(first, first + size));
  };
  const all = row("arguments", 2 * (NUMBERS - 1) * SLOTS);
  const argument = (index: number): Float64Array => all.subarray(index * SLOTS, (index + 1) * SLOTS);
  const operators = [...row("operators", NUMBERS - 1)].map((p, j) => ({
    p,
    u: argument(2 * j),
    v: argument(2 * j + 1),
  }));
  return { operators, operations: row("operations", 5), result: row("result", 1)[0]!, row };
}

programmer("while it learns a line is the mean over all programs, each with its probability", () => {
  const model = new ArithmeticProgrammer(tiny);
  const values = spread(model);
  const graph = read(recorded(model, true), model, values);
  const at = memoized(graph);
  const apply = [
    (a: number, b: number) => a + b,
    (a: number, b: number) => a - b,
    (a: number, b: number) => a * b,
    (a: number, b: number) => (a * b) / Math.max(b * b, 0.25),
    (a: number) => a,
  ];
  assert.is(apply.length, operations.length);
  // What an operator means does not depend on where it is.
  const parameter = (path: string): NDArray => {
    const { offset, size, shape } = model.parameters.parameters.find((p) => p.path === path)!;
    return array(shape, values.data.subarray(offset, offset + size));
  };
  const [weights, bias] = [parameter("operation.weights"), parameter("operation.bias")];
  const meaning = (symbol: string): number[] => {
    const scores = operations.map((_, op) => Math.exp(weights.data["+-*/".indexOf(symbol) * 5 + op]! + bias.data[op]!));
    return scores.map((score) => score / scores.reduce((a, b) => a + b));
  };
  texts.forEach((text, sequence) => {
    const history = [...text.matchAll(/[\d.]+/g)].map(([number]) => Number(number));
    const symbols = [...text.matchAll(/[-+*/]/g)].map(([symbol]) => symbol);
    const [line1, line2] = [lengths.time - 2, lengths.time - 1].map((step) => lineOf(at, step, sequence)) as [
      ReturnType<typeof lineOf>,
      ReturnType<typeof lineOf>,
    ];
    for (const [line, earlier] of [
      [line1, [...history, 0, 0, 0]],
      [line2, [...history, line1.result, 0, 0]],
    ] as const) {
      let mean = 0;
      const total = [0, 0, 0, 0, 0];
      line.operators.forEach(({ p, u, v }, j) => {
        const a = meaning(symbols[j]!);
        for (const [op, f] of apply.entries()) {
          for (let k = 0; k < SLOTS; ++k) {
            for (let l = 0; l < SLOTS; ++l) {
              mean += p * a[op]! * u[k]! * v[l]! * f(earlier[k]!, earlier[l]!);
              total[op]! += p * a[op]! * u[k]! * v[l]!;
            }
          }
        }
      });
      total.forEach((p, op) => assert.ok(Math.abs(p - line.operations[op]!) < 1e-9));
      assert.ok(Math.abs(total.reduce((a, b) => a + b) - 1) < 1e-9);
      assert.ok(Math.abs(mean - line.result) < 1e-9);
    }
    // What does not exist yet cannot be chosen.
    assert.equal([...line1.operators[0]!.u.subarray(NUMBERS)], [0, 0, 0]);
    assert.ok(line2.operators[0]!.u[NUMBERS]! > 0);
  });
});

programmer("what a line has used counts in the lines that follow it", () => {
  const model = new ArithmeticProgrammer(tiny);
  const values = spread(model);
  const withBias = (path: string, index: number): ((name: string) => NDArray) => {
    const { offset } = model.parameters.parameters.find((p) => p.path === path)!;
    const changed = { ...values, data: Float64Array.from(values.data) };
    changed.data[offset + index]! += 5;
    return memoized(read(recorded(model, true), model, changed));
  };
  const plain = memoized(read(recorded(model, true), model, values));
  const { hiddenSize } = tiny;
  const [second, first] = [lengths.time - 1, lengths.time - 2];
  const operatorAgain = withBias("operatorQuery.bias", hiddenSize);
  const valueAgain = withBias("argumentQuery.bias", 2 * (hiddenSize + REACH)); // the first argument's
  texts.forEach((_, sequence) => {
    const [before, now] = [first, second].map((step) => lineOf(plain, step, sequence)) as [
      ReturnType<typeof lineOf>,
      ReturnType<typeof lineOf>,
    ];
    // The first line has nothing that was used.
    for (const at of [operatorAgain, valueAgain]) assert.equal(lineOf(at, first, sequence).operators, before.operators);
    const likelier = before.operators[0]!.p > before.operators[1]!.p ? 0 : 1;
    assert.ok(lineOf(operatorAgain, second, sequence).operators[likelier]!.p > now.operators[likelier]!.p);
    const usedBy = (k: number): number => before.operators.reduce((sum, { p, u, v }) => sum + p * (u[k]! + v[k]!), 0);
    const [most, least] = [...before.operators[0]!.u.keys()]
      .slice(0, NUMBERS)
      .sort((a, b) => usedBy(b) - usedBy(a))
      .filter((_, i) => i % (NUMBERS - 1) === 0) as [number, number];
    const u = lineOf(valueAgain, second, sequence).operators[0]!.u;
    assert.ok(u[most]! / u[least]! > now.operators[0]!.u[most]! / now.operators[0]!.u[least]!);
  });
});

programmer("when it is used the most probable program runs, in the precision of its numbers", () => {
  let refused = 0;
  for (let seed = 1; seed < 30; ++seed) {
    const model = new ArithmeticProgrammer(tiny);
    spread(model, seed);
    for (const text of texts) {
      let program: ReturnType<typeof model.induce>;
      try {
        program = model.induce(engine, text);
      } catch (error) {
        assert.match((error as Error).message, /^The program that the model wrote divides by zero, in line [12]: /);
        ++refused;
        continue;
      }
      const { lines, answer, probability } = program;
      const values = new Map([...text.matchAll(/[\d.]+/g)].map(([number], i) => [`x${i + 1}`, Number(number)]));
      lines.forEach(({ operation, first, second, result }, i) => {
        const [a, b] = [values.get(first.name)!, values.get(second.name)!];
        const expected = { add: a + b, subtract: a - b, multiply: a * b, divide: a / b, first: a }[operation];
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
  assert.ok(refused < 29 * texts.length, `${refused} refused`);
});

programmer("what divides by zero is refused, and named", () => {
  const model = new ArithmeticProgrammer(tiny);
  for (const [text, part] of [
    ["7 / 0", "7 / 0"],
    ["1 + 2 / 0", "2 / 0"],
    ["4 / (2 - 2)", "4 / (2 - 2)"],
    ["0 / 0", "0 / 0"],
  ] as const) {
    const error = thrownBy(() => model.induce(engine, text));
    assert.instance(error, RangeError);
    assert.is(error.message, `The expression is divided by zero, in ${part}`);
  }
});

programmer("a session gives the bits of a run, and a batch those of its sequences", () => {
  const model = new ArithmeticProgrammer(tiny);
  spread(model);
  const inputs = [...texts, "1 + 2"].map(rowsOf);
  const together = model.run(engine, inputs, { trace: names });
  // Where it reads there are no distributions; where it computes they sum to 1.
  inputs.forEach((rows, i) => {
    const all = (together.trace["operations"] as unknown as Rows[])[i]!;
    rows.forEach((row, step) => {
      const sum = [...all[step]!].reduce((a, b) => a + b);
      assert.ok(Math.abs(sum - row[2]!) < 1e-6, `${i} ${step} ${sum}`);
    });
  });
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
  assert.instance(
    thrownBy(() => new ArithmeticProgrammer({ inputSize: 10 })),
    RangeError,
  );
  assert.instance(
    thrownBy(() => new ArithmeticProgrammer({ ...tiny, outputSize: 2 as 1 })),
    RangeError,
  );
  assert.instance(
    thrownBy(() => new ArithmeticProgrammer({ ...tiny, reach: 0 })),
    RangeError,
  );
  const model = new ArithmeticProgrammer(tiny);
  assert.match(thrownBy(() => model.induce(engine, "1 + 2 + 3 + 4")).message, /4 numbers, and must have 2 to 3/);
  assert.instance(
    thrownBy(() => model.induce(engine, "1 +")),
    SyntaxError,
  );
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
        const training = train(engine, new ArithmeticProgrammer(tiny), task, {
          batch: 4,
          steps,
          ...(bytes && { resume: bytes }),
        });
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
    graph.output("cost", model.record(graph, x).auxiliary!);
    for (const name of names) graph.output(name, graph.traced.get(name)!);
    return graph;
  };
  const learning = record();
  const f = ([all]: readonly NDArray[]): NDArray[] => [read(learning, model, all!)("cost")];
  const at = memoized(read(learning, model, values));
  const entropy = (all: Float64Array): number => all.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
  let expected = 0;
  texts.forEach((_, sequence) => {
    for (const step of [lengths.time - 2, lengths.time - 1]) {
      const { operators } = lineOf(at, step, sequence);
      expected -= bonus * entropy(Float64Array.from(operators, ({ p }) => p));
      for (const { p, u, v } of operators) expected -= bonus * p * (entropy(u) + entropy(v));
    }
  });
  assert.ok(expected < -0.5);
  assert.ok(Math.abs(at("cost").data[0]! - expected) < 1e-5, `${at("cost").data[0]} ${expected}`);
  const graph = record();
  graph.input("dy", []);
  const program = compileGradients(graph, { seeds: { cost: "dy" }, parameterCount: model.parameterCount });
  const given = { x: inputsOf(model), dy: array([], [1]) };
  const run = runProgram(engine, program, given, { lengths, parameters: model.parameters.values });
  assert.ok(Math.abs(run.outputs["cost"]!.data[0]! - expected) < 1e-4);
  const [gradients] = numericalGradients(f, [values], [array([], [1])]);
  close(array(values.shape, run.gradients), gradients!, { rtol: 1e-3, atol: 1e-4 });
});

programmer.run();
