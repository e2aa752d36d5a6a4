import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { LoadedProgram } from "../../bindings/engine/loadedProgram.js";
import { Graph } from "../../bindings/graph/graph.js";
import {
  SparseAccessMemory,
  type SparseAccessMemoryOptions,
} from "../../bindings/systems/sparseAccessMemory/sparseAccessMemory.js";
import type { RowSearch } from "../../bindings/systems/sparseAccessMemory/sparseAccessCell.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { train } from "../../bindings/training/train.js";
import { trainingProgram } from "../../bindings/training/trainingProgram.js";
import { uniform } from "../support/array.js";
import { testEngine } from "../support/engine.js";

const engine = await testEngine();
const tiny: SparseAccessMemoryOptions = {
  inputSize: 3,
  outputSize: 2,
  hiddenSize: 6,
  width: 4,
  heads: 2,
  count: 3,
  seed: 3,
};

/** A model with parameters so large that heads find different rows. */
function lively(options: Partial<SparseAccessMemoryOptions> = {}): SparseAccessMemory {
  const model = new SparseAccessMemory({ ...tiny, slots: 9, ...options });
  model.parameters.set(uniform(new Random(17), [model.parameterCount], -1, 1).data);
  return model;
}

const sequence = (steps: number): number[][] => {
  const { data } = uniform(new Random(6), [steps, 3], -1, 1);
  return Array.from({ length: steps }, (_, t) => [...data.slice(3 * t, 3 * t + 3)]);
};

const system = suite("SparseAccessMemory");

system("erases rows that were not used for longest, first those that are not in use yet", () => {
  const { trace } = lively().run(engine, sequence(8), { trace: ["oldestRows", "readWeights"] });
  const oldest = trace["oldestRows"]!;
  assert.equal([...oldest[0]!], [0, 1]);
  const seen = new Set<number>([0, 1]);
  oldest.slice(1).forEach((rows, t) => {
    const weights = trace["readWeights"]![t]!;
    weights.forEach((weight, i) => weight > 0 && seen.add(i % 9));
    const fresh = Array.from({ length: 9 }, (_, i) => i).filter((row) => !seen.has(row));
    assert.equal([...rows].slice(0, fresh.length), fresh.slice(0, 2));
    for (const row of rows) seen.add(row);
  });
});

system("a session, step by step, has the bits of a run, also where rows are erased that were in use", () => {
  const model = lively();
  const xs = sequence(20);
  const { outputs } = model.run(engine, xs);
  const session = model.session(engine);
  xs.forEach((x, t) => assert.equal([...session.step(x)], [...outputs[t]!]));
  session.dispose();
});

system("in a memory of a million rows, what it computes in one of 64, to the bit", () => {
  const xs = sequence(10);
  const [small, large] = [64, 2 ** 20].map((slots) => lively({ slots }).run(engine, xs).outputs);
  assert.equal(
    small!.map((y) => [...y]),
    large!.map((y) => [...y]),
  );
});

system("training keeps of each step what it changed, however many rows there are", () => {
  const task = copyTask({ bits: 2, maxLength: 3 });
  const bytes = (slots: number, time: number): number => {
    const model = new SparseAccessMemory({ ...tiny, slots });
    const loaded = new LoadedProgram(engine, trainingProgram(model, task, 1, true));
    const { activationBytes } = loaded.bind({ time });
    loaded.free();
    return activationBytes;
  };
  const each = (slots: number): number => bytes(slots, 20) - bytes(slots, 10);
  assert.is(each(2 ** 10), each(2 ** 20));
  // A row, its norm, and two links; gradients of rows are kept for those that were touched.
  const row = 4 * (tiny.width! + 1 + 2);
  const beside = bytes(2 ** 20, 10) - bytes(2 ** 10, 10) - (2 ** 20 - 2 ** 10) * row;
  assert.ok(Math.abs(beside) <= 64, `${beside} bytes beside the rows`);
});

system(
  "with an index, to the bit what a search of all rows computes while few are in use, and a session is a run",
  () => {
    const xs = sequence(200);
    const of = (search: RowSearch) => {
      const model = lively({ slots: 1000, search });
      return { model, outputs: model.run(engine, xs).outputs.map((y) => [...y]) };
    };
    const [exact, { model, outputs }] = [of("exact"), of("approximate")];
    assert.equal(outputs.slice(0, 60), exact.outputs.slice(0, 60));
    assert.not.equal(outputs, exact.outputs, "when more rows are in use, some that are near are missed");
    const session = model.session(engine);
    xs.forEach((x, t) => assert.equal([...session.step(x)], outputs[t]));
    session.dispose();
  },
);

system("training on longer sequences takes as much more memory, however many rows there are", async () => {
  const bytes = async (slots: number, length: number): Promise<number> => {
    const own = await testEngine("release");
    const task = copyTask({ bits: 2, minLength: length, maxLength: length });
    const model = new SparseAccessMemory({ ...tiny, slots });
    const trainer = new Trainer(own, model, task, {
      batch: 1,
      optimizer: adam({ learningRate: 1e-2 }),
      clip: {},
      seed: 1,
    });
    await trainer.run();
    const { byteLength } = own.memory.f32;
    trainer.dispose();
    return byteLength;
  };
  // Memory grows by pages, of which two may begin sooner.
  const more = async (slots: number): Promise<number> => (await bytes(slots, 200)) - (await bytes(slots, 20));
  const [few, many] = [await more(2 ** 10), await more(2 ** 15)];
  assert.ok(few > 2 ** 17 && many <= few + 2 ** 17, `${few} and ${many} bytes`);
});

system("learns to copy among more rows in use than are compared, by an index", async () => {
  // Four heads take 20 rows into use at a step: after 13 steps links are followed.
  const options = { inputSize: 3, outputSize: 2, hiddenSize: 16, width: 6, heads: 4, count: 4, slots: 2000, seed: 1 };
  const model = new SparseAccessMemory({ ...options, search: "approximate" });
  const task = copyTask({ bits: 2, minLength: 9, maxLength: 9, seed: 1 });
  const losses: number[] = [];
  for await (const { loss } of train(engine, model, task, {
    optimizer: adam({ learningRate: 1e-2 }),
    batch: 4,
    steps: 300,
  })) {
    losses.push(loss);
  }
  assert.ok(losses.at(-1)! < 0.9 * losses[0]!, `the loss goes from ${losses[0]} to ${losses.at(-1)}`);
});

for (const search of ["exact", "approximate"] as const)
  system(`learns to copy, search: ${search}`, async () => {
    const model = new SparseAccessMemory({
      inputSize: 3,
      outputSize: 2,
      hiddenSize: 16,
      width: 6,
      heads: 1,
      count: 2,
      search,
      seed: 1,
    });
    const task = copyTask({ bits: 2, maxLength: 3, seed: 1 });
    let last = Infinity;
    for await (const { loss, step } of train(engine, model, task, {
      optimizer: adam({ learningRate: 1e-2 }),
      batch: 8,
      steps: 400,
    })) {
      if (step === 1) assert.ok(loss > 1);
      last = loss;
    }
    assert.ok(last < 0.5, `the loss is ${last}`);
  });

system("sizes that cannot be are refused", () => {
  const make = (options: Partial<SparseAccessMemoryOptions>) => () => new SparseAccessMemory({ ...tiny, ...options });
  assert.throws(make({ slots: 2 ** 26 }), /slots is 67108864, and must be a whole number from 1 to 16777215/);
  assert.throws(make({ search: "nearly" as never }), /search is "nearly", and must be "exact" or "approximate"/);
  assert.throws(
    make({ slots: 300, count: 257, search: "approximate" }),
    /count is 257, and must be at most 256 with an approximate search/,
  );
  assert.throws(make({ reach: 257 }), /reach is 257, and must be a whole number from 1 to 256/);
  assert.throws(make({ slots: 4, count: 5 }), /count is 5, and must be at most slots, 4/);
  assert.throws(make({ slots: 1, count: 1, heads: 2 }), /heads is 2, and must be at most slots, 1/);
});

system("a graph has one memory of a cell, and a step needs it", () => {
  const { cell } = lively();
  const graph = new Graph();
  const x = graph.input("x", [1, 3]);
  const state = cell.initialState(graph, 1);
  cell.step(x, state);
  assert.throws(
    () => cell.initialState(graph, 1),
    /the graph has a memory of this cell already, and may have only one/,
  );
  assert.throws(() => lively().cell.step(x, state), /a step needs an initial state of this cell in the same graph/);
});
system.run();
