/** SparseAccessMemory with dense access, the paper's control. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { load } from "../../bindings/load.js";
import {
  SparseAccessMemory,
  type SparseAccessMemoryOptions,
} from "../../bindings/systems/sparseAccessMemory/sparseAccessMemory.js";
import { associativeRecallTask } from "../../bindings/tasks/associativeRecall.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { checkGradients } from "../../bindings/training/checkGradients.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { denseAccessPass } from "./denseAccessReference.js";

const engine = await testEngine();
const [TIME, ROWS, INPUTS, OUTPUTS] = [6, 2, 3, 2];
const tiny: SparseAccessMemoryOptions = {
  inputSize: INPUTS,
  outputSize: OUTPUTS,
  access: "dense",
  hiddenSize: 4,
  slots: 5,
  width: 3,
  heads: 2,
  seed: 3,
};
const variants: Record<string, Partial<SparseAccessMemoryOptions>> = {
  "more rows than a run erases": { slots: 13 },
  "rows that are erased again": {},
  "one head": { heads: 1, slots: 3 },
  "as many heads as rows": { heads: 3, slots: 3 },
  "usage of the last step alone": { discount: 0 },
  "usage of all steps alike": { discount: 1 },
};

/** A model with parameters so large that heads find different rows. */
function lively(options: Partial<SparseAccessMemoryOptions> = {}): SparseAccessMemory {
  const model = new SparseAccessMemory({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(17), [model.parameterCount], -1, 1).data);
  return model;
}

/** A batch (time, rows, inputs) as a list of sequences. */
const sequencesOf = ({ data }: NDArray): number[][][] =>
  Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: TIME }, (_, t) => [...data.slice((t * ROWS + row) * INPUTS, (t * ROWS + row + 1) * INPUTS)]),
  );

const dense = suite("SparseAccessMemory with dense access");
for (const [what, options] of Object.entries(variants)) {
  const model = lively(options);
  const x = uniform(new Random(6), [TIME, ROWS, INPUTS], -1, 1);
  const parameters = Float64Array.from(model.parameters.values);

  dense(`${what}: in training, outputs and all gradients are those of the paper's equations`, () => {
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const passes = sequencesOf(x).map((each) => denseAccessPass(model, all!.data as Float64Array, each));
      const values = Array.from({ length: TIME }, (_, t) => passes.map(({ logits }) => logits[t]!));
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
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-5 });
  });

  dense(`${what}: a run erases the rows, and reads by the weights, of the paper's equations`, () => {
    for (const inputs of sequencesOf(x)) {
      const { trace } = model.run(engine, inputs, { trace: ["oldestRows", "readWeights"] });
      const { oldestRows, readWeights } = denseAccessPass(model, parameters, inputs);
      assert.equal([...trace["oldestRows"]!.data], oldestRows.flat());
      const { shape, data } = trace["readWeights"]!;
      close(array([...shape], data), array([...shape], readWeights.flat(2)), { rtol: 1e-4, atol: 1e-5 });
    }
  });

  dense(`${what}: sessions, compiled models and loaded ones give the bits of a run`, () => {
    const [inputs] = sequencesOf(x);
    const trace = ["read", "oldestRows", "readWeights", "writeWeights", "usage"];
    const run = model.run(engine, inputs!, { trace });
    const loaded = load(save(model), { models: [SparseAccessMemory] });
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

dense("what the sparse memory reads where that reads all rows, as long as both erase the same", () => {
  let compared = 0;
  for (let seed = 0; seed < 20; ++seed) {
    const [inputs] = sequencesOf(uniform(new Random(seed), [TIME, ROWS, INPUTS], -1, 1));
    const trace = ["oldestRows", "read"];
    const slots = 4 + (seed % 3);
    const options = { slots, heads: 1 + (seed % 2) };
    const runs = [lively(options), lively({ ...options, access: "sparse", count: slots })].map((model) =>
      model.run(engine, inputs!, { trace }),
    );
    for (let t = 0; t < TIME; ++t) {
      const [a, b] = runs.map((run) => [...run.trace["oldestRows"]![t]!]);
      if (String(a) !== String(b)) break;
      for (const of of [
        (run: (typeof runs)[0]) => run.trace["read"]![t]!,
        (run: (typeof runs)[0]) => run.outputs[t]!,
      ]) {
        const [one, other] = runs.map((run) => [...of(run)]);
        one!.forEach((value, i) => assert.ok(Math.abs(value - other![i]!) < 1e-6, `${value} and ${other![i]}`));
      }
      ++compared;
    }
  }
  assert.ok(compared >= 20, `${compared} steps`);
});

dense("central differences of the engine agree with its gradients, on both kinds of task", () => {
  for (const task of [
    copyTask({ bits: 2, maxLength: 3 }),
    associativeRecallTask({ bits: 2, itemLength: 1, maxItems: 3 }),
  ]) {
    const { inputSize, outputSize } = task;
    const model = lively({ inputSize, outputSize, slots: 40 });
    assert.is(checkGradients(engine, model, task).compared, model.parameterCount);
  }
});

dense("learns to copy", async () => {
  const model = new SparseAccessMemory({ ...tiny, hiddenSize: 16, slots: 12, width: 6, heads: 1, seed: 1 });
  const task = copyTask({ bits: 2, maxLength: 3, seed: 1 });
  let last = Infinity;
  for await (const { loss } of train(engine, model, task, {
    optimizer: adam({ learningRate: 1e-2 }),
    batch: 8,
    steps: 400,
  })) {
    last = loss;
  }
  assert.ok(last < 0.5, `the loss is ${last}`);
});

dense("options of the other access are refused, and rows that are too few for the heads", () => {
  const make = (options: Partial<SparseAccessMemoryOptions>) => () => new SparseAccessMemory({ ...tiny, ...options });
  assert.throws(make({ count: 3 }), /count is 3, which a memory with dense access does not have/);
  assert.throws(make({ delta: 0.1 }), /delta is 0.1, which a memory with dense access does not have/);
  assert.throws(
    make({ search: "approximate" }),
    /search is approximate, which a memory with dense access does not have/,
  );
  assert.throws(make({ reach: 5 }), /reach is 5, which a memory with dense access does not have/);
  assert.throws(
    make({ access: "sparse", discount: 0.5 }),
    /discount is 0.5, which a memory with sparse access does not/,
  );
  assert.throws(make({ discount: 1.5 }), /discount is 1.5, and must be a number from 0 to 1/);
  assert.throws(make({ access: "all" as never }), /access is "all", and must be "sparse" or "dense"/);
  assert.throws(make({ slots: 2, heads: 3 }), /heads is 3, and must be at most slots, 2/);
});
dense.run();
