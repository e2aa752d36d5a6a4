import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../bindings/engine/engine.js";
import { compile } from "../bindings/graph/compile.js";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import { Opcode } from "../assembly/generated/opcodes.js";
import * as ops from "../bindings/graph/ops/index.js";
import type { Tensor } from "../bindings/graph/tensor.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Random } from "../bindings/common/random/philox.js";
import { opTests } from "./ops/index.js";
import { uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine, threadedTestEngine } from "./support/engine.js";
import { runProgram } from "./support/program.js";

const debug = await testEngine("debug");
const alone = await testEngine("release");
const teams = await Promise.all([2, 3, 4].map((threads) => threadedTestEngine({ threads })));

/** More slots than one branch takes, and no multiple of anything. */
const SLOTS = 20_003;

interface LargeCase {
  readonly shapes: readonly (readonly number[])[];
  readonly low: number;
  readonly high: number;
  readonly rtol: number;
  readonly atol: number;
}

const large = {
  softmax: [
    { shapes: [[SLOTS]], low: -8, high: 8, rtol: 1e-5, atol: 0 },
    { shapes: [[3, 16_384]], low: -80, high: 3, rtol: 1e-4, atol: 1e-30 },
  ],
  contentSimilarity: [1, 2].map((heads) => ({
    shapes: [
      [2, SLOTS, 3],
      [2, heads, 3],
      [2, heads],
    ],
    low: 0.2,
    high: 2,
    rtol: 1e-5,
    atol: 1e-6,
  })),
  weightedRead: [1, 2].map((heads) => ({
    shapes: [
      [2, SLOTS, 5],
      [2, heads, SLOTS],
    ],
    low: -1,
    high: 1,
    rtol: 1e-5,
    atol: 2e-4, // 20,003 terms that cancel
  })),
  eraseAdd: [1, 2].map((heads) => ({
    shapes: [
      [2, SLOTS, 4],
      [2, heads, SLOTS],
      [2, heads, 4],
      [2, heads, 4],
    ],
    low: 0,
    high: 1,
    rtol: 1e-5,
    atol: 1e-6,
  })),
} satisfies Partial<Record<keyof typeof ops, readonly LargeCase[]>>;

const record = (name: keyof typeof large, inputs: readonly NDArray[]): Graph => {
  const graph = new Graph();
  const op = ops[name] as (...inputs: Tensor[]) => Tensor;
  graph.output("y", op(...inputs.map(({ shape }, i) => graph.input(`x${i}`, shape))));
  return graph;
};

const byName = (inputs: readonly NDArray[]): Record<string, NDArray> =>
  Object.fromEntries(inputs.map((x, i) => [`x${i}`, x]));

const forks = suite("forks");

for (const [name, rows] of Object.entries(large) as [keyof typeof large, readonly LargeCase[]][]) {
  for (const { shapes, low, high, rtol, atol } of rows) {
    forks(
      `${name} ${shapes.map((shape) => `(${shape})`).join(" ")}: double precision, on any number of threads`,
      () => {
        const inputs = shapes.map((shape, i) => uniform(new Random(9, i), shape, low, high));
        const program = compile(record(name, inputs));
        const y = runProgram(debug, program, byName(inputs)).outputs["y"]!;
        close(y, opTests[name].reference(inputs)[0]!, { rtol, atol });
        for (const engine of [alone, ...teams])
          assert.equal(runProgram(engine, program, byName(inputs)).outputs["y"], y);
      },
    );
  }
}

forks("what is not finite makes a long row of softmax NaN, and no other", () => {
  const row = 16_384;
  const x = uniform(new Random(1), [4, row], -1, 1);
  x.data[100] = NaN;
  x.data.fill(-Infinity, row, 2 * row);
  x.data.fill(-Infinity, 2 * row, 2.5 * row); // a whole part, and not the other
  const { data } = runProgram(alone, compile(record("softmax", [x])), { x0: x }).outputs["y"]!;
  const rowOf = (r: number): number[] => [...data.subarray(r * row, (r + 1) * row)];
  assert.ok(rowOf(0).every(Number.isNaN));
  assert.ok(rowOf(1).every(Number.isNaN));
  assert.ok(
    rowOf(2)
      .slice(0, row / 2)
      .every((value) => value === 0),
  );
  for (const r of [2, 3]) assert.ok(Math.abs(rowOf(r).reduce((a, b) => a + b) - 1) < 1e-5);
});

forks("gradients go through", () => {
  const gradients = (engine: Engine): NDArray[] => {
    const inputs = [
      [1, SLOTS, 2],
      [1, 1, 2],
      [1, 1],
    ].map((shape, i) => uniform(new Random(4, i), shape, 0.2, 1));
    const graph = new Graph();
    const [memory, key, strength] = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape)) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const weights = ops.softmax(ops.contentSimilarity(memory, key, strength));
    graph.output("y", ops.weightedRead(memory, weights));
    const dy = graph.input("dy", [1, 1, 2]);
    const program = compileGradients(graph, { seeds: { y: "dy" }, inputGradients: ["x0", "x1", "x2"] });
    void dy;
    const { outputs } = runProgram(engine, program, { ...byName(inputs), dy: uniform(new Random(5), [1, 1, 2], 1, 2) });
    return ["x0", "x1", "x2"].map((name) => outputs[`gradient of ${name}`]!);
  };
  const expected = gradients(alone);
  assert.ok(expected.every(({ data }) => data.some((value) => value !== 0)));
  for (const engine of teams) assert.equal(gradients(engine), expected);
});

const model = new NeuralTuringMachine({ inputSize: 3, outputSize: 2, hiddenSize: 5, slots: 16_400, width: 4, seed: 1 });
const inputs = Array.from({ length: 4 }, (_, i) => [...uniform(new Random(2, i), [3], -1, 1).data]);

forks("a model with a large memory runs and steps with the same bits on any number of threads", () => {
  const expected = model.run(alone, inputs, { trace: ["memory", "readWeights"] });
  for (const engine of [alone, ...teams]) {
    assert.equal(model.run(engine, inputs, { trace: ["memory", "readWeights"] }), expected);
    const session = model.session(engine);
    for (let pass = 0; pass < 2; ++pass) {
      session.reset();
      inputs.forEach((x, t) => assert.equal(session.step(x), expected.outputs[t]));
    }
    session.dispose();
  }
});

forks("a sequence has the same bits alone and in a batch", () => {
  const expected = model.run(alone, inputs).outputs.data;
  for (const { data } of model
    .run(teams[0]!, [inputs, inputs.slice(1), inputs])
    .outputs.filter((_, i) => i !== 1) as never as { data: Float32Array }[]) {
    assert.equal(data, expected);
  }
});

forks("a small memory has none", () => {
  const words = new NeuralTuringMachine({ inputSize: 3, outputSize: 2 }).program(1).words;
  assert.not.ok(opcodesOf(words).includes(Opcode.fork));
  assert.ok(opcodesOf(model.program(1).words).includes(Opcode.fork));
});

const opcodesOf = (words: Uint32Array): number[] => {
  const opcodes: number[] = [];
  for (let at = 0; at < words.length; at += words[at]! >>> 16) opcodes.push(words[at]! & 0xffff);
  return opcodes;
};

forks.after(() => [debug, alone, ...teams].forEach((engine) => engine.dispose()));
forks.run();
