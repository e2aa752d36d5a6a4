import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { load } from "../../bindings/load.js";
import { binarySumsTask } from "../../bindings/systems/stackRNN/binarySums.js";
import { countingTask } from "../../bindings/systems/stackRNN/counting.js";
import { StackRNN, type StackRNNOptions } from "../../bindings/systems/stackRNN/stackRNN.js";
import { checkGradients } from "../../bindings/training/checkGradients.js";
import { train } from "../../bindings/training/train.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { adam } from "../../bindings/training/optimizers.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { stackRNNPass } from "./stackRNNReference.js";

const engine = await testEngine();
const [TIME, ROWS, INPUTS] = [6, 2, 3];
const tiny: StackRNNOptions = { inputSize: INPUTS, outputSize: 2, hiddenSize: 4, stacks: 2, capacity: 5, seed: 3 };
const variants: Record<string, Partial<StackRNNOptions>> = {
  "the paper's choices": {},
  "NO-OP": { noop: true },
  "a recurrent hidden layer": { recurrent: true },
  "a stack that is full after two pushes": { capacity: 2, noop: true },
  "one stack of which only the top is read": { stacks: 1, depth: 1 },
  "soft actions": { rounding: false, noop: true, recurrent: true },
};

/** A model with parameters so large that stacks move. */
function lively(options: Partial<StackRNNOptions>): StackRNN {
  const model = new StackRNN({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(11), [model.parameterCount], -1.5, 1.5).data);
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

const networks = suite("StackRNN");
for (const [what, options] of Object.entries(variants)) {
  const model = lively(options);
  const x = uniform(new Random(6), [TIME, ROWS, INPUTS], -1, 1);
  const parameters = Float64Array.from(model.parameters.values);

  networks(`with ${what}: in training, outputs and all gradients are those of the paper's equations`, () => {
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const passes = sequencesOf(x).map((each) => stackRNNPass(model, all!.data as Float64Array, each, false));
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
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-5 });
  });

  networks(`with ${what}: a run has the outputs and the stacks of the paper's equations`, () => {
    for (const inputs of sequencesOf(x)) {
      const { outputs, trace } = model.run(engine, inputs, { trace: ["stacks"] });
      const expected = stackRNNPass(model, parameters, inputs, model.options.rounding);
      const { stacks: count, capacity } = model.options;
      close(
        array(
          [TIME, 2],
          outputs.flatMap((row) => [...row]),
        ),
        array([TIME, 2], expected.logits.flat()),
        {
          rtol: 1e-4,
          atol: 1e-5,
        },
      );
      const shape = [TIME, count, capacity];
      assert.equal(trace["stacks"]!.shape, shape);
      close(array(shape, trace["stacks"]!.data), array(shape, expected.stacks.flat(2)), { rtol: 1e-4, atol: 1e-5 });
    }
  });

  networks(`with ${what}: sessions, compiled models and loaded ones give the bits of a run`, () => {
    const [inputs] = sequencesOf(x);
    const trace = ["hidden", "actions", "pushed", "stacks"];
    const run = model.run(engine, inputs!, { trace });
    const loaded = load(save(model), { models: [StackRNN] });
    const compiled = loadCompiled(compileModel(model, { trace }));
    assert.equal(loaded.options, model.options);
    assert.equal(loaded.run(engine, inputs!, { trace }), run);
    assert.equal(compiled.run(engine, inputs!, { trace }), run);
    for (const session of [model.session(engine), compiled.session(engine)]) {
      inputs!.forEach((row, t) => assert.equal(session.step(row), run.outputs[t]));
      session.dispose();
    }
  });
}

/** A model of one stack that does the same at every step, whatever it reads: it pushes 0.75, pops, or rests. */
function always(action: "PUSH" | "POP" | "NO-OP", given: Partial<StackRNNOptions> = {}): StackRNN {
  const model = new StackRNN({ inputSize: 1, outputSize: 1, hiddenSize: 1, stacks: 1, noop: true, ...given });
  const all = new Map(model.namedParameters());
  const values = new Float32Array(model.parameterCount);
  values[all.get("actions.bias")!.offset + ["PUSH", "POP", "NO-OP"].indexOf(action)] = 2;
  values[all.get("values.bias")!.offset] = Math.log(3); // σ of which is 3/4
  model.parameters.set(values);
  return model;
}

networks("rounded, a push or a pop moves every cell by exactly one, and what is empty is −1", () => {
  const after = (model: StackRNN, steps: number): number[] => {
    const inputs = Array.from({ length: steps }, () => [0]);
    const { data, shape } = model.run(engine, inputs, { trace: ["stacks"] }).trace["stacks"]!;
    return Array.from(data.slice(-shape.at(-1)!));
  };
  const pushed = Math.fround(0.75);
  close(array([4], after(always("PUSH", { capacity: 4 }), 2)), array([4], [pushed, pushed, -1, -1]));
  assert.equal(after(always("PUSH", { capacity: 4 }), 2).slice(2), [-1, -1]);
  assert.equal(after(always("POP", { capacity: 4 }), 3), [-1, -1, -1, -1], "what is empty stays empty");
  assert.equal(after(always("NO-OP", { capacity: 4 }), 3), [-1, -1, -1, -1]);
  const full = after(always("PUSH", { capacity: 3 }), 7);
  close(array([3], full), array([3], [pushed, pushed, pushed]));
  const soft = after(always("PUSH", { capacity: 4, rounding: false }), 1);
  const push = Math.exp(2) / (Math.exp(2) + 2);
  close(array([4], soft), array([4], [push * 0.75 - (1 - push), -1, -1, -1]));
});

networks("a push onto a full stack drops the deepest cell, and a pop brings −1 back there", () => {
  const model = lively({ capacity: 3, stacks: 4, inputSize: 2 });
  const random = new Random(9);
  const inputs = Array.from({ length: 40 }, () => Array.from(uniform(random, [2], -3, 3).data));
  const { trace } = model.run(engine, inputs, { trace: ["actions", "stacks"] });
  const [actions, stacks] = [trace["actions"]!.data, trace["stacks"]!.data];
  const seen = { overflow: 0, pop: 0 };
  for (let t = 1; t < inputs.length; ++t) {
    for (let j = 0; j < 4; ++j) {
      const at = (step: number): number[] => Array.from(stacks.slice((step * 4 + j) * 3, (step * 4 + j + 1) * 3));
      const [before, now] = [at(t - 1), at(t)];
      if (actions[(t * 4 + j) * 2] === 1) {
        assert.equal(now.slice(1), before.slice(0, 2));
        if (before[2] !== -1) ++seen.overflow;
      } else {
        assert.equal(now, [...before.slice(1), -1]);
        ++seen.pop;
      }
    }
  }
  assert.ok(seen.overflow > 0 && seen.pop > 0, JSON.stringify(seen));
});

networks("central differences of the engine agree with its gradients, on every task's kind of loss", () => {
  for (const task of [countingTask({ maxLength: 3, strings: 2 }), binarySumsTask({ maxLength: 4, strings: 1 })]) {
    const { inputSize, outputSize } = task;
    const model = new StackRNN({ ...tiny, inputSize, outputSize, noop: true });
    const { compared } = checkGradients(engine, model, task);
    assert.is(compared, model.parameterCount);
  }
});

networks("noise is a part of training alone: gradients are those of the loss with it, and a run has none", () => {
  const task = countingTask({ maxLength: 3, strings: 2 });
  const made = (options: Partial<StackRNNOptions>): StackRNN => lively({ ...options, inputSize: 2 });
  for (const noop of [false, true]) {
    const model = made({ noop, noise: 2 });
    assert.is(checkGradients(engine, model, task).compared, model.parameterCount);
    const inputs = [
      [1, 0],
      [0, 1],
    ];
    const trace = ["actions", "pushed", "stacks"];
    assert.equal(model.run(engine, inputs, { trace }), made({ noop }).run(engine, inputs, { trace }));
  }
});

networks("noise is another one at every step of training, and no greater than the option says", async () => {
  const losses = async (noise: number): Promise<number[]> => {
    const model = new StackRNN({ ...tiny, inputSize: 2, noise });
    const task = countingTask({ maxLength: 3, strings: 2 });
    const all: number[] = [];
    const still = adam({ learningRate: 1e-12 }); // what changes is not the parameters
    for await (const { step, loss } of train(engine, model, task, { batch: 2, seed: 1, optimizer: still })) {
      if (all.push(loss) && step === 3) break;
    }
    return all;
  };
  const [without, little, much] = [await losses(0), await losses(1e-6), await losses(4)];
  close(array([3], little), array([3], without), { rtol: 1e-5 });
  without.forEach((loss, i) => assert.not.equal(much[i], loss));
});

networks("learns to count in a few hundred steps, and then counts far beyond what it has seen", async () => {
  const release = await testEngine("release");
  const options = { strings: 2, maxLength: 6 };
  const model = new StackRNN({ inputSize: 2, outputSize: 2, hiddenSize: 10, stacks: 1, capacity: 64, seed: 1 });
  const task = countingTask({ ...options, seed: 1 });
  const training = train(release, model, task, { batch: 16, seed: 1, optimizer: adam({ learningRate: 0.02 }) });
  for await (const { step } of training) if (step === 400) break;
  const { sequenceError } = await evaluate(release, model, countingTask({ strings: 4 }), { length: 40, sequences: 1 });
  assert.is(sequenceError, 0);
  release.dispose();
});

networks("says which of its options is wrong", () => {
  const error = (options: object): Error => thrownBy(() => new StackRNN({ ...tiny, ...options }));
  assert.match(error({ stacks: 0 }).message, /^StackRNN: stacks is 0, and must be a whole number from 1 to 1024/);
  assert.match(error({ depth: 6 }).message, /^StackRNN: depth is 6, and must be at most capacity, which is 5$/);
  assert.instance(error({ depth: 6 }), RangeError);
  assert.match(error({ noop: 1 }).message, /^StackRNN: noop is 1, and must be true or false/);
  assert.match(error({ noise: -1 }).message, /^StackRNN: noise is -1, and must be /);
  assert.match(error({ rounded: true }).message, /^StackRNN has no option "rounded"; it has inputSize, /);
});
networks.run();
