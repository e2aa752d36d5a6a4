/** Product keys: the best of all pairs, exactly, and a layer of values behind them. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { Random } from "../bindings/common/random/philox.js";
import { compileModel } from "../bindings/compiled/compileModel.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import { LoadedProgram } from "../bindings/engine/loadedProgram.js";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import { binaryCrossEntropy, bitErrors, productTopK } from "../bindings/graph/ops/index.js";
import type { Tensor } from "../bindings/graph/tensor.js";
import { ProductKeyMemory, type ProductKeyMemoryOptions } from "../bindings/layers/productKeyMemory.js";
import { load } from "../bindings/load.js";
import { RecurrentModel } from "../bindings/models/recurrentModel.js";
import type { Task } from "../bindings/tasks/task.js";
import { adam } from "../bindings/training/optimizers.js";
import { train } from "../bindings/training/train.js";
import { evaluate } from "../bindings/training/evaluate.js";
import { array, uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { KernelRun } from "./support/kernel.js";
import { numericalGradients } from "./support/numericalGradients.js";
import { runProgram } from "./support/program.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();

/** All sums of two lists of floats, in order: NaN before all others, then the larger, then the one of lower index. */
function bruteForce(first: Float32Array, second: Float32Array, count: number) {
  const all = Array.from({ length: first.length * second.length }, (_, i) => ({
    i,
    score: Math.fround(first[Math.floor(i / second.length)]! + second[i % second.length]!),
  }));
  const rank = (score: number): number => (Number.isNaN(score) ? 1 : 0);
  all.sort(
    (x, y) => rank(y.score) - rank(x.score) || (y.score > x.score ? 1 : y.score < x.score ? -1 : 0) || x.i - y.i,
  );
  const best = all.slice(0, count);
  return { scores: best.map(({ score }) => score), indices: best.map(({ i }) => i) };
}

const bitsOf = (values: ArrayLike<number>): number[] =>
  [...new Uint32Array(Float32Array.from(values).buffer)].map((bits) =>
    Number.isNaN(new Float32Array(Uint32Array.of(bits).buffer)[0]) ? -1 : bits,
  );

function expectBest(lists: readonly (readonly [first: Float32Array, second: Float32Array])[], count: number): void {
  const [n, m] = [lists[0]![0].length, lists[0]![1].length];
  const joined = (side: 0 | 1): number[] => lists.flatMap((pair) => [...pair[side]]);
  const inputs = [array([lists.length, n], joined(0)), array([lists.length, m], joined(1))];
  const run = new KernelRun(engine, productTopK.definition, inputs, { count });
  const [scores, indices] = run.forward();
  lists.forEach(([first, second], row) => {
    const expected = bruteForce(first, second, count);
    const of = ({ data }: NDArray): number[] => [...data.slice(row * count, (row + 1) * count)];
    assert.equal(of(indices!), expected.indices, `row ${row}, count ${count}`);
    assert.equal(bitsOf(of(scores!)), bitsOf(expected.scores), `row ${row}, count ${count}`);
  });
  run.free();
}

const best = suite("the best of all pairs of sub-keys");
/** How the numbers of both lists are drawn. */
const draws: Record<string, (random: Random, side: number) => number> = {
  "any numbers": (random) => random.uniform(-1, 1),
  "few numbers, so that many sums are equal": (random) => random.integer(0, 3),
  "numbers so far apart that sums of different ones are rounded to the same": (random, side) =>
    side ? 1000 + random.uniform(0, 1e-3) : random.uniform(0, 1e-4),
  "zeros alone": () => 0,
  "zeros of both signs": (random) => (random.uniform() < 0.5 ? 0 : -0),
  "infinite numbers, and what is none, among others": (random) =>
    [Infinity, -Infinity, NaN, 1, 2][random.integer(0, 4)]!,
  "an infinite number on either side, whose sum is none": (random, side) =>
    random.uniform() < 0.1 ? (side ? Infinity : -Infinity) : random.uniform(),
};
for (const [what, draw] of Object.entries(draws)) {
  best(`is that of a search of all, indices and bits: ${what}`, () => {
    const random = new Random(31);
    for (const [n, m] of [
      [1, 1],
      [1, 7],
      [3, 2],
      [8, 8],
      [13, 21],
      [40, 33],
    ] as const) {
      const counts = [...new Set([1, 2, 5, 8, 32, n * m])].filter((count) => count <= n * m);
      for (const count of counts) {
        const list = (length: number, side: number): Float32Array =>
          Float32Array.from({ length }, () => draw(random, side));
        expectBest(
          Array.from({ length: 6 }, () => [list(n, 0), list(m, 1)] as const),
          count,
        );
      }
    }
  });
}

best("at the size of the paper, 512 sub-keys a half and 32 values", () => {
  const random = new Random(5);
  const list = (): Float32Array => Float32Array.from({ length: 512 }, () => random.uniform(-1, 1));
  expectBest(
    [
      [list(), list()],
      [list(), list()],
    ],
    32,
  );
});

best("more sums than floats can count are refused, and a count of more than there are", () => {
  const graph = new Graph();
  const of = (n: number, m: number, count: number) => () =>
    productTopK(graph.input(`a${n},${m},${count}`, [1, n]), graph.input(`b${n},${m},${count}`, [1, m]), { count });
  assert.match(thrownBy(of(4097, 4096, 1)).message, /there are 4097 · 4096 sums, and must be at most 16777216/);
  assert.match(thrownBy(of(2, 3, 7)).message, /count is 7, and must be from 1 to the sums there are, 6/);
  assert.match(thrownBy(of(2, 3, 0.5)).message, /count is 0.5, and must be/);
});
best.run();

/** A model of the layer alone: what comes out at a step is what the memory has for what goes in. */
class Looking extends RecurrentModel<Record<string, never>> {
  static readonly className = "Looking";
  readonly name = "Looking";
  readonly memory: ProductKeyMemory;

  constructor(readonly options: Omit<ProductKeyMemoryOptions, never> & { outputSize: number; seed: number }) {
    super();
    const { outputSize: _, seed: __, ...sizes } = options;
    this.memory = this.layer("memory", new ProductKeyMemory(sizes));
  }

  override initialState(): Record<string, never> {
    return {};
  }

  override step(x: Tensor): [y: Tensor, next: Record<string, never>] {
    return [this.memory.forward(x), {}];
  }
}

const tiny = { inputSize: 4, outputSize: 3, width: 3, keys: 5, heads: 2, count: 4, keySize: 6, seed: 1 };

/** Section 3.1 of Lample et al. 2019 in double precision, over all keys. */
function looked(model: Looking, parameters: Float64Array, x: readonly number[]): number[] {
  const { keys, heads, count, keySize, width } = model.memory.options;
  const all = new Map(model.namedParameters());
  const values = (name: string): Float64Array => {
    const { offset, size } = all.get(`memory.${name}`)!;
    return parameters.subarray(offset, offset + size);
  };
  const [weights, bias] = [values("query.weights"), values("query.bias")];
  const query = Array.from(bias, (b, o) => x.reduce((sum, value, i) => sum + value * weights[i * bias.length + o]!, b));
  const y = new Array<number>(width).fill(0);
  for (let head = 0; head < heads; ++head) {
    const score = (side: number, key: number): number => {
      const subKeys = values(`head${head}.${side ? "second" : "first"}Keys`);
      const half = keySize / 2;
      return Array.from(
        { length: half },
        (_, j) => query[head * keySize + side * half + j]! * subKeys[j * keys + key]!,
      ).reduce((a, b) => a + b);
    };
    const found = Array.from({ length: keys * keys }, (_, i) => ({
      i,
      s: score(0, Math.floor(i / keys)) + score(1, i % keys),
    }))
      .sort((a, b) => b.s - a.s || a.i - b.i)
      .slice(0, count);
    const e = found.map(({ s }) => Math.exp(s - found[0]!.s));
    const sum = e.reduce((a, b) => a + b, 0);
    found.forEach(({ i }, k) => {
      for (let j = 0; j < width; ++j) y[j]! += (e[k]! / sum) * values("values")[i * width + j]!;
    });
  }
  return y;
}

const layer = suite("ProductKeyMemory");
for (const options of [tiny, { ...tiny, heads: 1, count: 1 }, { ...tiny, heads: 3, keys: 2, count: 4, keySize: 2 }]) {
  layer(`outputs and all gradients are those of the equations: ${JSON.stringify(options)}`, () => {
    const [time, rows] = [3, 2];
    const model = new Looking(options);
    model.parameters.set(uniform(new Random(8), [model.parameterCount], -1.5, 1.5).data);
    const x = uniform(new Random(9), [time, rows, 4], -1, 1);
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const y = Array.from({ length: time * rows }, (_, at) =>
        looked(model, all!.data as Float64Array, [...x.data.slice(4 * at, 4 * at + 4)]),
      );
      return [array([time, rows, 3], y.flat())];
    };
    const values = array([model.parameterCount], Float64Array.from(model.parameters.values));
    const [expected] = f([values]);
    const dy = uniform(new Random(7), expected!.shape, -1, 1);
    const graph = new Graph(true);
    graph.output("y", model.record(graph, graph.input("x", [graph.dimension("time"), rows, 4])).ys);
    graph.input("dy", graph.outputs.get("y")!.shape);
    const program = compileGradients(graph, { seeds: { y: "dy" }, parameterCount: model.parameterCount });
    const run = runProgram(engine, program, { x, dy }, { lengths: { time }, parameters: model.parameters.values });
    close(run.outputs["y"]!, expected!, { rtol: 1e-5, atol: 1e-5 });
    const [gradients] = numericalGradients(f, [values], [dy]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-5 });
  });
}

layer("a lookup keeps of memory the values it found, however many there are", () => {
  const bytes = (keys: number, steps: number): number => {
    const model = new Looking({ ...tiny, keys });
    const graph = new Graph(true);
    graph.output("y", model.record(graph, graph.input("x", [graph.dimension("time"), 1, 4])).ys);
    graph.input("dy", graph.outputs.get("y")!.shape);
    const loaded = new LoadedProgram(
      engine,
      compileGradients(graph, { seeds: { y: "dy" }, parameterCount: model.parameterCount }),
    );
    const { activationBytes } = loaded.bind({ time: steps });
    loaded.free();
    return activationBytes;
  };
  const each = (keys: number): number => (bytes(keys, 300) - bytes(keys, 100)) / 200;
  // Scores of both halves, and their gradients, for each of the heads: in a memory of 64 times as many values.
  assert.ok(each(64) - each(8) <= 4 * 4 * 2 * (64 - 8), `${each(8)} and ${each(64)} bytes a step`);
});

layer(
  "sessions, loaded models and compiled ones have the bits of a run; the binary of tapehead/run lacks its kernel",
  async () => {
    const model = new Looking(tiny);
    model.parameters.set(uniform(new Random(8), [model.parameterCount], -1, 1).data);
    const inputs = Array.from({ length: 7 }, (_, t) => [t / 7, 1 - t, t % 3, -t / 2]);
    const { outputs } = model.run(engine, inputs);
    assert.equal(load(save(model), { models: [Looking] }).run(engine, inputs).outputs, outputs);
    const compiled = loadCompiled(compileModel(model));
    assert.equal(compiled.run(engine, inputs).outputs, outputs);
    for (const session of [model.session(engine), compiled.session(engine)]) {
      inputs.forEach((x, t) => assert.equal(session.step(x), outputs[t]));
      session.dispose();
    }
    const small = await testEngine("run");
    assert.match(
      thrownBy(() => compiled.run(small, inputs)).message,
      /an instruction that this binary lacks; the one of tapehead\/full has all/,
    );
  },
);

/** Random keys of signs, each with bits that belong to it: nothing but a table of all of them has the answers. */
function tableTask(entries: number, bits: number): Task<"bitError"> {
  const random = new Random(77);
  const table = Array.from({ length: entries }, () => ({
    key: Array.from({ length: bits }, () => 2 * random.integer(0, 1) - 1),
    value: Array.from({ length: bits }, () => random.integer(0, 1)),
  }));
  return {
    name: "table",
    options: {},
    seed: 1,
    inputSize: bits,
    outputSize: bits,
    targetSize: bits,
    generate(random, count, batch) {
      batch.reset(4, count);
      for (let row = 0; row < count; ++row) {
        for (let step = 0; step < 4; ++step) {
          const { key, value } = table[random.integer(0, entries - 1)]!;
          batch.inputs.set(key, batch.inputAt(step, row));
          batch.targets.set(value, batch.targetAt(step, row));
          batch.expect(step, row);
        }
      }
    },
    loss: ({ logits, targets, mask }) => binaryCrossEntropy(logits, targets, mask),
    metrics: { bitError: ({ logits, targets, mask }) => bitErrors(logits, targets, mask) },
  };
}

layer("a model of one's own with it learns a table of random pairs", async () => {
  const bits = 12;
  const task = tableTask(200, bits);
  const sizes = { inputSize: bits, outputSize: bits, width: bits, keys: 24, heads: 2, count: 4, keySize: 16, seed: 1 };
  const model = new Looking(sizes);
  const training = train(engine, model, task, { optimizer: adam({ learningRate: 2e-2 }), batch: 16, steps: 600 });
  for await (const { loss } of training) assert.ok(Number.isFinite(loss));
  const { bitError } = await evaluate(engine, model, task, { sequences: 200, seed: 9 });
  const wrong = bitError / (4 * bits);
  assert.ok(wrong < 0.02, `${wrong} of the bits are wrong`);
});

layer("sizes that cannot be are refused", () => {
  const make = (options: Partial<ProductKeyMemoryOptions>) => (): unknown =>
    new ProductKeyMemory({ inputSize: 4, width: 3, ...options });
  assert.match(thrownBy(make({ keySize: 7 })).message, /keySize is 7, and must be even: each sub-key has half of it/);
  assert.match(thrownBy(make({ keys: 3, count: 10 })).message, /count is 10, and must be at most keys², .*, 9/);
  assert.match(thrownBy(make({ keys: 4097 })).message, /keys is 4097, and must be a whole number from 1 to 4096/);
  assert.match(thrownBy(make({ heads: 0 })).message, /heads is 0, and must be a whole number from 1/);
  assert.match(thrownBy(make({ slots: 9 } as never)).message, /slots/);
});
layer.run();
