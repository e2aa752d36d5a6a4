import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { argmaxOf } from "../../bindings/common/argmax.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { load } from "../../bindings/load.js";
import { NeuralStack, type NeuralStackOptions } from "../../bindings/systems/neuralStack/neuralStack.js";
import { transductionTask, type TransductionTask } from "../../bindings/systems/neuralStack/transductionTask.js";
import { checkGradients } from "../../bindings/training/checkGradients.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { answered, drawn, sequencesOf as sequencesIn } from "../support/answered.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { neuralStackPass } from "./neuralStackReference.js";

const engine = await testEngine();
const [TIME, ROWS, INPUTS] = [7, 2, 3];
const tiny: NeuralStackOptions = {
  inputSize: INPUTS,
  outputSize: 2,
  width: 3,
  hiddenSize: 4,
  embeddingSize: 2,
  seed: 3,
};
const TRACES = ["push", "pop", "pushed", "strengths", "weights", "read"];

/** A model with parameters so large that rows come and go. */
function lively(options: Partial<NeuralStackOptions>): NeuralStack {
  const model = new NeuralStack({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(17), [model.parameterCount], -2, 2).data);
  return model;
}

/** A batch (time, rows, inputs) as a list of sequences. */
const sequencesOf = ({ data }: NDArray): number[][][] =>
  Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: TIME }, (_, t) => {
      const first = (t * ROWS + row) * INPUTS;
      return Array.from(data.slice(first, first + INPUTS));
    }),
  );

const x = uniform(new Random(6), [TIME, ROWS, INPUTS], -1, 1);
const networks = suite("NeuralStack");
for (const memory of ["stack", "queue", "deque"] as const) {
  const model = lively({ memory });
  const parameters = Float64Array.from(model.parameters.values);

  networks(`with a ${memory}: outputs and all gradients are those of the paper's equations`, () => {
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const passes = sequencesOf(x).map((each) => neuralStackPass(model, all!.data as Float64Array, each));
      const values = Array.from({ length: TIME }, (_, t) => passes.map(({ logits }) => logits[t]!));
      return [array([TIME, ROWS, 2], values.flat(2))];
    };
    const values = array([parameters.length], parameters);
    const [expected] = f([values]);
    const dy = uniform(new Random(7), expected!.shape, -1, 1);
    const graph = new Graph(true);
    graph.output("y", model.record(graph, graph.input("x", [graph.dimension("time"), ROWS, INPUTS])).ys);
    graph.input("dy", graph.outputs.get("y")!.shape);
    const program = compileGradients(graph, { seeds: { y: "dy" }, parameterCount: model.parameterCount });
    const run = runProgram(
      engine,
      program,
      { x, dy },
      { lengths: { time: TIME }, parameters: model.parameters.values },
    );
    close(run.outputs["y"]!, expected!, { rtol: 1e-5, atol: 1e-5 });
    const [gradients] = numericalGradients(f, [values], [dy]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 2e-5 });
  });

  networks(`with a ${memory}: a run has the strengths of the paper's equations, and rows are popped whole`, () => {
    const seen = { whole: 0, part: 0 };
    for (const inputs of sequencesOf(x)) {
      const { trace } = model.run(engine, inputs, { trace: ["strengths"] });
      const { memories } = neuralStackPass(model, parameters, inputs);
      const ends = memory === "deque" ? 2 : 1;
      assert.equal(trace["strengths"]!.shape, [TIME, ends, TIME]);
      const rows = memories.flatMap(({ strengths }) => {
        const count = strengths.length / ends;
        const first = ends === 1 ? strengths.toReversed() : strengths.slice(0, count);
        const second = ends === 1 ? [] : strengths.slice(count).reverse();
        const padded = (list: readonly number[]): number[] => Array.from({ length: TIME }, (_, i) => list[i] ?? 0);
        for (const strength of strengths) ++seen[strength === 0 ? "whole" : "part"];
        return [...padded(first), ...(ends === 1 ? [] : padded(second))];
      });
      const shape = [TIME, ends, TIME];
      close(array(shape, trace["strengths"]!.data), array(shape, rows), { rtol: 1e-4, atol: 1e-5 });
    }
    assert.ok(seen.whole > 0 && seen.part > 0, JSON.stringify(seen));
  });

  networks(`with a ${memory}: sessions, compiled models, loaded ones and batches give the bits of a run`, () => {
    const [inputs] = sequencesOf(x);
    const run = model.run(engine, inputs!, { trace: TRACES });
    const loaded = load(save(model), { models: [NeuralStack] });
    const compiled = loadCompiled(compileModel(model, { trace: TRACES }));
    assert.equal(loaded.options, model.options);
    assert.equal(loaded.run(engine, inputs!, { trace: TRACES }), run);
    assert.equal(compiled.run(engine, inputs!, { trace: TRACES }), run);
    const longer = [...inputs!, ...inputs!, ...inputs!];
    assert.equal(model.run(engine, [longer, inputs!]).outputs[1], run.outputs);
    for (const session of [model.session(engine), compiled.session(engine)]) {
      inputs!.forEach((row, t) => assert.equal(session.step(row), run.outputs[t]));
      session.dispose();
    }
  });

  for (const cell of ["gru", "rnn"] as const) {
    networks(`with a ${memory} and ${cell}: central differences of the engine agree with its gradients`, () => {
      const task = transductionTask({ symbols: 2, minLength: 2, maxLength: 3 });
      const { inputSize, outputSize } = task;
      const own = new NeuralStack({ ...tiny, inputSize, outputSize, memory, cell, seed: 1 });
      // A step so short that few rows change sides of a kink.
      const { compared } = checkGradients(engine, own, task, { h: 1 / 512, floor: 4e-3, tolerance: 0.03 });
      assert.is(compared, own.parameterCount);
    });
  }
}

/** Numbers of a parameter. */
const parameter = (model: NeuralStack, name: string): number[] => {
  const { values } = model.parameters;
  const { offset, size } = new Map(model.namedParameters()).get(name)!;
  return Array.from(values.slice(offset, offset + size));
};

networks("the bias of a pop starts at −1, as in the paper's appendix, and those of pushes at 0", () => {
  const model = new NeuralStack({ ...tiny, memory: "deque" });
  assert.equal(parameter(model, "cell.memory.pop.bias"), [-1, -1]);
  assert.equal(parameter(model, "cell.memory.push.bias"), [0, 0]);
});

networks("the bias of the pushes may start elsewhere at each end", () => {
  const biasOf = (options: Partial<NeuralStackOptions>): number[] =>
    parameter(new NeuralStack({ ...tiny, ...options }), "cell.memory.push.bias");
  assert.equal(biasOf({ memory: "deque", pushBias: [2, -3] }), [2, -3]);
  assert.equal(biasOf({ memory: "deque", pushBias: [2] }), [2, 0]);
  assert.equal(biasOf({ memory: "queue", pushBias: [0.5] }), [0.5]);
});

networks("has the sizes of the paper unless told otherwise", () => {
  const { options } = new NeuralStack({ inputSize: 2, outputSize: 2 });
  const { memory, width, cell, hiddenSize, embeddingSize } = options;
  assert.equal([memory, width, cell, hiddenSize, embeddingSize], ["stack", 256, "lstm", 256, 64]);
});

networks("a session says when its memory is full, and goes on once it is reset", () => {
  const model = new NeuralStack({ ...tiny, capacity: 3 });
  const session = model.session(engine);
  const [inputs] = sequencesOf(x);
  inputs!.slice(0, 4).forEach((row) => session.step(row)); // what was lost at the fourth is read at the fifth
  const error = thrownBy(() => session.step(inputs![4]!));
  assert.instance(error, RangeError);
  assert.match(
    error.message,
    /^NeuralStack\.session: 4 steps pushed more than the memory has room for, which is 3 steps: reset the session, or /,
  );
  session.reset();
  assert.equal(session.step(inputs![0]!), model.run(engine, inputs!).outputs[0]);
  session.dispose();
  assert.is(model.run(engine, inputs!).outputs.length, TIME, "a run has room for all of its steps");
});

networks(
  "learns to copy with a queue in a few hundred steps, and then most of what is longer than it has seen",
  async () => {
    const release = await testEngine("release");
    const task = transductionTask({ symbols: 4, minLength: 1, maxLength: 5, seed: 1 });
    const { inputSize, outputSize } = task;
    const sizes = { width: 8, hiddenSize: 32, embeddingSize: 8 };
    const model = new NeuralStack({ inputSize, outputSize, ...sizes, memory: "queue", seed: 1 });
    const training = train(release, model, task, { batch: 8, seed: 1, optimizer: adam({ learningRate: 0.01 }) });
    for await (const { step } of training) if (step === 1500) break;
    const known = await evaluate(release, model, task, { length: 5, sequences: 100 });
    const longer = await evaluate(release, model, task, { length: 8, sequences: 100 });
    assert.ok(known.sequenceError < 0.05, String(known.sequenceError));
    assert.ok(longer.prefixError < 0.25, String(longer.prefixError));
    release.dispose();
  },
);

/** Numbers of the likeliest outputs of a batch, each of which is the next input, and the outputs that the task wants. */
function fedBack(model: NeuralStack, task: TransductionTask, sources: readonly (readonly string[])[]) {
  const said = sources.map((): string[] => []);
  const answers = sources.map((): number[] => []);
  const wanted = sources.map((source) => [
    ...task.targetOf(source)!.map((word) => 1 + task.targetWords.indexOf(word)),
    0,
  ]);
  const oneHot = (number: number): number[] => Array.from({ length: task.inputSize }, (_, i) => Number(i === number));
  for (let step = 0; step < wanted[0]!.length; ++step) {
    const inputs = sources.map((source, i) => task.encode(source, said[i]!).map(oneHot));
    model.run(engine, inputs).outputs.forEach((outputs, i) => {
      const output = argmaxOf((outputs as unknown as Float32Array[]).at(-1)!);
      answers[i]!.push(output);
      said[i]!.push(task.targetWords[Math.max(0, output - 1)]!); // behind an end, whatever
    });
  }
  const right = answers.map((all, i) => {
    const first = all.findIndex((output, step) => output !== wanted[i]![step]);
    return first < 0 ? 1 : first / all.length;
  });
  return { coarse: right.filter((part) => part === 1).length, fine: right.reduce((a, b) => a + b, 0) };
}

networks("metrics with the true words fed in are those of a model that reads its own", () => {
  const bytes = readFileSync(new URL("../../checkpoints/reversal-neural-stack.safetensors", import.meta.url));
  const model = load(bytes, { models: [NeuralStack] });
  const task = transductionTask({ mapping: "reversal", symbols: 8, minLength: 2, maxLength: 10 });
  let partly = 0;
  for (const [noise, length] of [
    [0, 20],
    [0.1, 12],
    [0.2, 12],
  ] as const) {
    const random = new Random(3);
    const values = model.parameters.values.map((value) => value + random.uniform(-noise, noise));
    const other = new NeuralStack(model.options);
    other.parameters.set(values);
    const batch = drawn(task, 40, { length });
    const sequences = sequencesIn(batch);
    const { outputs } = other.run(engine, sequences.map(({ inputs }) => inputs) as number[][][]);
    const logits = array(
      [batch.time, 40, task.outputSize],
      Array.from({ length: batch.time }, (_, t) =>
        outputs.map((each) => [...(each as unknown as Float32Array[])[t]!]),
      ).flat(2),
    );
    const { sequenceError, prefixError } = answered(engine, task, batch, logits);
    const sources = sequences.map(({ inputs }) =>
      inputs.slice(1, 1 + length).map((row) => task.sourceWords[row.indexOf(1) - 2]!),
    );
    const { coarse, fine } = fedBack(other, task, sources);
    assert.is(40 - sequenceError!, coarse);
    assert.ok(Math.abs(40 - prefixError! - fine) < 1e-4, `${40 - prefixError!}, and fed back ${fine}`);
    partly += Number(coarse < 40 && fine > 0);
    if (!noise) assert.is(coarse, 40, "sources of twice the length of training");
  }
  assert.ok(partly > 0, "some are right in part");
});

networks("says which of its options is wrong", () => {
  const error = (options: object): Error => thrownBy(() => new NeuralStack({ ...tiny, ...options }));
  assert.match(error({ memory: "heap" }).message, /^NeuralStack: memory is "heap", and must be /);
  assert.match(error({ width: 0 }).message, /^NeuralStack: width is 0, and must be a whole number from 1/);
  assert.match(error({ capacity: 0.5 }).message, /^NeuralStack: capacity is 0\.5, and must be a whole number from 1/);
  assert.match(
    error({ pushBias: [1, 2] }).message,
    /^NeuralStack: pushBias of a stack is .*, and must be a list of at most 1 finite number$/,
  );
  assert.match(
    error({ pushBias: [NaN] }).message,
    /^NeuralStack: pushBias is .*, and must be a list of at most 2 finite /,
  );
  assert.match(error({ cell: "ntm" }).message, /^NeuralStack: cell is "ntm", and must be /);
  assert.match(error({ depth: 1 }).message, /^NeuralStack has no option "depth"; it has inputSize, /);
});
networks.run();
