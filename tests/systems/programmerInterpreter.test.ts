import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { ShapeError } from "../../bindings/graph/shapeError.js";
import { load } from "../../bindings/load.js";
import {
  additionCoverage,
  additionEnvironment,
  additionProgramsTask,
  sumOnPad,
} from "../../bindings/systems/neuralProgrammerInterpreter/addition.js";
import { modelCore } from "../../bindings/systems/neuralProgrammerInterpreter/core.js";
import { coveredBy, verifyPrograms } from "../../bindings/systems/neuralProgrammerInterpreter/coverage.js";
import { interpret } from "../../bindings/systems/neuralProgrammerInterpreter/interpret.js";
import {
  NeuralProgrammerInterpreter,
  type NeuralProgrammerInterpreterOptions,
} from "../../bindings/systems/neuralProgrammerInterpreter/neuralProgrammerInterpreter.js";
import { sizesOf } from "../../bindings/systems/neuralProgrammerInterpreter/layout.js";
import {
  SORTING_ROWS,
  sortingCoverage,
  sortingEnvironment,
  sortingProgramsTask,
} from "../../bindings/systems/neuralProgrammerInterpreter/sorting.js";
import { withPrograms } from "../../bindings/systems/neuralProgrammerInterpreter/withPrograms.js";
import { checkGradients } from "../../bindings/training/checkGradients.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { programmerInterpreterPass } from "./programmerInterpreterReference.js";

const engine = await testEngine();
const [TIME, ROWS, INPUTS, OUTPUTS] = [4, 2, 7, 6];
const tiny: NeuralProgrammerInterpreterOptions = {
  ...{ inputSize: INPUTS, outputSize: OUTPUTS, programs: 3, hiddenSize: 4, layers: 2 },
  ...{ stateSize: 5, programSize: 3, keySize: 2, seed: 3 },
};
const variants: Record<string, Partial<NeuralProgrammerInterpreterOptions>> = {
  "two layers": {},
  "one layer": { layers: 1 },
  "two programs that are frozen": { frozen: 2 },
};

/** A model with parameters so large that all its parts matter. */
function lively(options: Partial<NeuralProgrammerInterpreterOptions>): NeuralProgrammerInterpreter {
  const model = new NeuralProgrammerInterpreter({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(11), [model.parameterCount], -1, 1).data);
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

/** Whether training may change each parameter. */
function learnable(model: NeuralProgrammerInterpreter): boolean[] {
  const { frozen, programSize, keySize } = model.options;
  const widths: Record<string, number> = { embeddings: programSize, keys: keySize };
  const flags = new Array<boolean>(model.parameterCount).fill(!frozen);
  for (const [path, { offset, size }] of model.namedParameters()) {
    if (frozen && path in widths) flags.fill(true, offset + frozen * widths[path]!, offset + size);
  }
  return flags;
}

const networks = suite("NeuralProgrammerInterpreter");
for (const [what, options] of Object.entries(variants)) {
  const model = lively(options);
  const x = uniform(new Random(6), [TIME, ROWS, INPUTS], -1, 1);
  const parameters = Float64Array.from(model.parameters.values);

  networks(`with ${what}: outputs and all gradients are those of the paper's equations`, () => {
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const passes = sequencesOf(x).map((each) => programmerInterpreterPass(model, all!.data as Float64Array, each));
      const values = Array.from({ length: TIME }, (_, t) => passes.map((logits) => logits[t]!));
      return [array([TIME, ROWS, OUTPUTS], values.flat(2))];
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
    const learns = learnable(model);
    const wanted = Float64Array.from(gradients!.data, (gradient, i) => (learns[i] ? gradient : 0));
    close(array(values.shape, run.gradients), array(values.shape, wanted), { rtol: 1e-4, atol: 1e-5 });
    learns.forEach((may, i) => may || assert.is(run.gradients[i], 0));
    assert.ok(wanted.some((gradient) => Math.abs(gradient) > 1e-3));
  });

  networks(`with ${what}: sessions, steps, compiled models and loaded ones give the bits of a run`, () => {
    const [inputs] = sequencesOf(x);
    const trace = ["state", "hidden"];
    const run = model.run(engine, inputs!, { trace });
    const loaded = load(save(model), { models: [NeuralProgrammerInterpreter] });
    const compiled = loadCompiled(compileModel(model, { trace }));
    assert.equal(loaded.options, model.options);
    assert.equal(loaded.run(engine, inputs!, { trace }), run);
    assert.equal(compiled.run(engine, inputs!, { trace }), run);
    for (const session of [model.session(engine), compiled.session(engine)]) {
      inputs!.forEach((row, t) => assert.equal(session.step(row), run.outputs[t]));
      session.dispose();
    }
    const step = model.stepIn(engine);
    let state: Float32Array<ArrayBuffer> | undefined;
    inputs!.forEach((row, t) => {
      const made = step(Float32Array.from(row), state);
      assert.equal(made.y, run.outputs[t]);
      state = made.state;
    });
  });
}

networks("central differences of the engine agree with its gradients, on both tasks' losses", () => {
  for (const task of [
    additionProgramsTask({ problems: 4, maxLength: 2 }),
    sortingProgramsTask({ problems: 4, maxLength: 2, recursive: true }),
  ]) {
    const { inputSize, outputSize, programs } = task;
    const model = new NeuralProgrammerInterpreter({ ...tiny, inputSize, outputSize, programs });
    // Units of relu are on or off by far, since at its bend there is no derivative to compare.
    const values = model.parameters.values.slice();
    for (const [path, { offset, size }] of model.namedParameters()) {
      if (!/^(encoder|fusion)\.bias$/.test(path)) continue;
      for (let i = 0; i < size; ++i) values[offset + i] = i % 2 ? 6 : -6;
    }
    model.parameters.set(values);
    const { compared } = checkGradients(engine, model, task);
    assert.is(compared, model.parameterCount);
  }
});

const small = { hiddenSize: 64, stateSize: 128, programSize: 32, keySize: 8, seed: 1 } as const;
const release = await testEngine("release");

async function learned(
  model: NeuralProgrammerInterpreter,
  task: ReturnType<typeof additionProgramsTask>,
  steps: number,
): Promise<NeuralProgrammerInterpreter> {
  const learningRate = (step: number): number => (step < steps / 2 ? 3e-3 : 3e-4);
  const options = { batch: 32, optimizer: adam({ learningRate }), clip: { norm: 1 } };
  for await (const { step } of train(release, model, task, options)) if (step === steps) break;
  return model;
}

networks("a core that is frozen keeps every number but the rows of its new programs, and what it did", async () => {
  const options = { recursive: true, minLength: 1, maxLength: 3, problems: 40, seed: 1 } as const;
  const environment = sortingEnvironment(options);
  assert.is(Object.keys(environment.programs).indexOf("MAX") + 2, SORTING_ROWS);
  const sizes = { ...small, layers: 1, stateSize: 16, programSize: 16 };
  const sorting = new NeuralProgrammerInterpreter({ ...sizesOf(environment), ...sizes });
  await learned(sorting, sortingProgramsTask(options), 300);
  const rows = [...sortingCoverage(3)];
  assert.is(verifyPrograms(release, sorting, environment, rows).mistakes, 0);

  const frozen = new NeuralProgrammerInterpreter({ ...sorting.options, frozen: SORTING_ROWS });
  frozen.parameters.set(sorting.parameters.values);
  await learned(frozen, sortingProgramsTask({ ...options, max: true }), 60);
  const [before, after, learns] = [sorting.parameters.values, frozen.parameters.values, learnable(frozen)];
  learns.forEach((may, i) => may || assert.is(after[i], before[i]));
  assert.ok(learns.every((may, i) => !may || after[i] !== before[i]));
  assert.is(verifyPrograms(release, frozen, environment, rows).mistakes, 0);
});

networks("more programs come behind those that a model has, which stays as it was", () => {
  const model = lively({});
  const larger = withPrograms(model, 2, { seed: 5 });
  const { programs, frozen, inputSize, outputSize } = larger.options;
  assert.equal([programs, frozen, inputSize, outputSize], [5, 3, INPUTS + 2, OUTPUTS + 2]);
  const inputs = sequencesOf(uniform(new Random(6), [TIME, ROWS, INPUTS], -1, 1))[0]!;
  const before = model.run(engine, inputs).outputs;
  const after = larger.run(
    engine,
    inputs.map((row) => [...row, 0, 0]),
  ).outputs;
  after.forEach((logits, t) => assert.equal([...logits.slice(0, 4), ...logits.slice(6)], [...before[t]!]));
});

networks("rows of five small, middling or large values have no step input that rows of four lack", () => {
  const environment = sortingEnvironment({ recursive: true });
  const [three, four, five] = [3, 4, 5].map((longest) => coveredBy(environment, sortingCoverage(longest)).steps);
  assert.equal([three, four, five], [39, 45, 45]);
});

networks("recursive addition is learned from 200 problems of 3 digits, and proved for all", async () => {
  const options = { recursive: true, problems: 200, minLength: 3, maxLength: 3, seed: 1 } as const;
  const environment = additionEnvironment(true);
  const task = additionProgramsTask(options);
  const model = await learned(new NeuralProgrammerInterpreter({ ...sizesOf(environment), ...small }), task, 2500);
  // Every tenth problem of the proof, and the rest of it in the test of the checkpoint.
  const some = [...additionCoverage()].filter((_, i) => i % 10 === 0);
  const { mistakes, firstMistake } = verifyPrograms(release, model, environment, some);
  assert.is(mistakes, 0, firstMistake);
  const [a, b] = ["9".repeat(300), "1"];
  for (const core of [
    modelCore(release, model, environment),
    modelCore(release, loadCompiled(compileModel(model)), environment),
  ]) {
    const { state, depth } = interpret(core, environment, environment.start([a, b]));
    assert.is(sumOnPad(state), String(BigInt(a) + BigInt(b)));
    assert.is(depth, 2, "recursion needs no deeper stack");
  }
  const wrong = new NeuralProgrammerInterpreter({ ...sizesOf(environment), ...small });
  assert.ok(verifyPrograms(release, wrong, environment, some.slice(0, 20)).mistakes > 0);
});

networks("the sums of the proof have every pair of columns, and long sums have no step input that they lack", () => {
  const environment = additionEnvironment(true);
  const problems = [...additionCoverage()];
  assert.is(problems.length, 24_640);
  // Every pair of columns with and without a carry; a carry alone and nothing behind it; and nothing at all.
  const set = coveredBy(environment, problems);
  assert.is(set.frames.get("ADD")!.length, 24_640 + 2);
  const random = new Random(5);
  const long = Array.from({ length: 40 }, () => environment.draw(random, 60));
  for (const frames of coveredBy(environment, long).frames.values()) {
    for (const { call, observations } of frames) assert.ok(set.has(call, observations));
  }
});

networks("says which of its options is wrong, and which sizes an environment needs", () => {
  const error = (options: object): Error => thrownBy(() => new NeuralProgrammerInterpreter({ ...tiny, ...options }));
  const name = "NeuralProgrammerInterpreter";
  assert.is(error({ frozen: 3 }).message, `${name}: frozen is 3, and must be less than programs, which is 3`);
  assert.is(error({ inputSize: 3 }).message, `${name}: inputSize is 3, and must be more than programs, which is 3`);
  assert.match(error({ outputSize: 4 }).message, /outputSize is 4, and must be at least 2 more than programs/);
  assert.match(error({ layers: 0 }).message, /layers is 0, and must be a whole number from 1 to 16/);
  const refused = thrownBy(() => modelCore(engine, lively({}), additionEnvironment()));
  assert.instance(refused, ShapeError);
  assert.match(refused.message, "The model's inputSize is 7, and must be 67 for addition");
  assert.match(thrownBy(() => withPrograms(lively({}), 0)).message, "withPrograms: count is 0, and must be a whole");
});
networks.run();
