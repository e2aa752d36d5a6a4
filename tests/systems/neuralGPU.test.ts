import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Opcode } from "../../assembly/generated/opcodes.js";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import type { Engine } from "../../bindings/engine/engine.js";
import { load, loadCheckpoint } from "../../bindings/load.js";
import { adaMax } from "../../bindings/systems/neuralGPU/adaMax.js";
import { addBinary, parseBinarySum, traceBinary } from "../../bindings/systems/neuralGPU/additionText.js";
import { addBits, additionExample, binaryAdditionTask } from "../../bindings/systems/neuralGPU/binaryAddition.js";
import { NeuralGPU, type NeuralGPUOptions } from "../../bindings/systems/neuralGPU/neuralGPU.js";
import { rearrangementTask } from "../../bindings/systems/neuralGPU/rearrangement.js";
import { fillSymbols, type SymbolTask } from "../../bindings/systems/neuralGPU/symbolTask.js";
import { additionPage } from "../../bindings/systems/neuralGPU/statePage.js";
import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { staircase } from "../../bindings/training/schedules.js";
import { train } from "../../bindings/training/train.js";
import { trainingProgram } from "../../bindings/training/trainingProgram.js";
import { neuralGPULoss } from "./neuralGPUReference.js";
import { array, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine, threadedTestEngine } from "../support/engine.js";
import { runInstruction } from "../support/instruction.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { faultsOf, requestsOf } from "../support/page.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();
const release = await testEngine("release");

const gradients = suite("NeuralGPU: loss and all gradients are those of double precision");
const variants: Record<string, Partial<NeuralGPUOptions>> = {
  "a CGRU": { maps: 3, width: 3, layers: 1, relaxation: 1 },
  "two CGRUs, relaxed": { maps: 2, width: 2, layers: 2, relaxation: 3, pull: 0.1 },
  "a diagonal cell without saturation cost": { cell: "diagonal", maps: 5, saturation: 0 },
  "a diagonal cell with saturation cost": { cell: "diagonal", maps: 4, saturation: 0.5 },
  "two diagonal cells, relaxed": { cell: "diagonal", maps: 3, layers: 2, relaxation: 2, saturation: 0.1, pull: 0.1 },
};
for (const [what, options] of Object.entries(variants)) {
  gradients(what, () => {
    const task = binaryAdditionTask();
    const model = new NeuralGPU({ symbols: task.symbols, dropout: 0, seed: 6, ...options });
    const count = 3;
    const batch = new Batch(model.batchLayout());
    fillSymbols(batch, [additionExample([1, 0], [1, 1]), additionExample([1], [0]), additionExample([0, 1], [1, 1])]);
    const { time } = batch;
    const given = Object.fromEntries(
      batch.fields.map(({ name, data, size }) => [
        name,
        array([time, count, size], data.subarray(0, time * count * size)),
      ]),
    ) as Record<string, NDArray>;
    const rows = (data: Float32Array): number[][] =>
      Array.from({ length: count }, (_, row) =>
        Array.from({ length: batch.lengths[row]! }, (_, t) => data[t * count + row]!),
      );
    const program = trainingProgram(model, task, count, true);
    const inputs = { ...given, weight: array([], [1]), auxiliaryWeight: array([], [1]) };
    const used = Object.fromEntries(Object.entries(inputs).filter(([name]) => program.inputs.has(name)));
    const parameters = model.parameters.values;
    // Wide enough that pre-activations are on all sides of the kinks.
    for (let i = 0; i < parameters.length; ++i) parameters[i]! *= 1.5;
    const run = runProgram(engine, program, used, { lengths: { time }, parameters });
    const values = array([parameters.length], parameters);
    const f = ([x]: readonly NDArray[]): NDArray[] => [
      array([], [neuralGPULoss(model, x!.data, rows(batch.inputs), rows(batch.targets))]),
    ];
    close(array([], [run.results["loss"]!]), f([values])[0]!, { rtol: 1e-5, atol: 1e-5 });
    const [expected] = numericalGradients(f, [values], [array([], [1])]);
    close(array(values.shape, run.gradients), expected!, { rtol: 1e-4, atol: 2e-5 });
    assert.ok(run.gradients.filter((g) => g !== 0).length > 0.6 * parameters.length, "hardly any gradient is 0");
  });
}
gradients.run();

const optimizer = suite("adaMax equals its formula in f64");
for (const n of [1, 3, 4, 7, 16, 33]) {
  optimizer(`${n} parameters, 20 steps`, () => {
    const random = new Random(n, 1);
    const beta1 = Math.fround(0.9);
    let p: Float32Array = Float32Array.from({ length: n }, () => random.uniform(-2, 2));
    let state: Float32Array = new Float32Array(2 * n + 1);
    const expected = Float64Array.from(p);
    const m = new Float64Array(n);
    const v = new Float64Array(n);
    for (let t = 1; t <= 20; ++t) {
      const g = Float32Array.from({ length: n }, () => random.uniform(-1, 1) * 10 ** random.integer(-4, 1));
      const rate = Float32Array.of(0.1 / t);
      ({ p, state } = runInstruction(engine, Opcode.adaMax, { p, state, g, rate }, { sizes: [n], scalars: [beta1] }));
      const beta2 = 1 - Math.max(0.0005, 0.01 * 0.5 ** (t / 2000));
      for (let i = 0; i < n; ++i) {
        const c = 1.2 * v[i]! + 1e-4;
        const clipped = Math.min(Math.max(g[i]!, -c), c);
        m[i] = beta1 * m[i]! + (1 - beta1) * clipped;
        v[i] = Math.max(beta2 * v[i]!, Math.abs(clipped));
        expected[i]! -= (rate[0]! * m[i]!) / (v[i]! + 1e-8);
      }
      close(array([n], p), array([n], expected), { rtol: 1e-5, atol: 1e-5 });
      close(array([n], state.subarray(n, 2 * n)), array([n], v), { rtol: 1e-5, atol: 1e-9 });
      assert.is(state[2 * n], t);
    }
  });
}
optimizer.run();

const tasks = suite("tasks of symbols");
const examplesOf = (task: SymbolTask, count: number, length?: number): [input: number[], target: number[]][] => {
  const batch = new Batch(sequenceLayout({ inputSize: 1, targetSize: 1 }));
  task.generate(new Random(3), count, batch, length === undefined ? {} : { length });
  return Array.from({ length: count }, (_, i) => {
    const of = (data: ArrayLike<number>): number[] =>
      Array.from({ length: batch.lengths[i]! }, (_, t) => data[t * count + i]!);
    return [of(batch.inputs), of(batch.targets)];
  });
};
/** Bits, the lowest first. */
const numberOf = (symbols: readonly number[]): bigint =>
  symbols.reduceRight((sum, symbol) => 2n * sum + BigInt(symbol - 1), 0n);
for (const operands of ["uniform", "carries"] as const) {
  tasks(`binary addition adds, with ${operands} operands`, () => {
    for (const length of [1, 2, 7, 70]) {
      for (const [input, target] of examplesOf(binaryAdditionTask({ operands }), 300, length)) {
        assert.is(input.length, 2 * length + 1);
        assert.is(input[length], 3);
        const end = target.findLastIndex((symbol) => symbol !== 0) + 1;
        assert.ok(target.slice(0, end).every((symbol) => symbol === 1 || symbol === 2));
        assert.ok(end === 1 || target[end - 1] === 2, "no leading zeros");
        assert.is(numberOf(target.slice(0, end)), numberOf(input.slice(0, length)) + numberOf(input.slice(length + 1)));
      }
    }
  });
}
tasks("adversarial operands have long runs of carries far more often", () => {
  const longest = (operands: "uniform" | "carries"): number => {
    const runs = examplesOf(binaryAdditionTask({ operands }), 1000, 40).map(([input]) => {
      let [carry, run, most] = [0, 0, 0];
      for (let i = 0; i < 40; ++i) {
        carry = (input[i]! - 1 + input[41 + i]! - 1 + carry) >> 1;
        run = carry ? run + 1 : 0;
        most = Math.max(most, run);
      }
      return most;
    });
    return runs.filter((run) => run >= 30).length;
  };
  assert.ok(longest("uniform") < 5, `${longest("uniform")}`);
  assert.ok(longest("carries") > 80, `${longest("carries")}`);
});
tasks("sums by hand", () => {
  assert.equal(addBits([1, 1], [1, 0]), [0, 0, 1]);
  assert.equal(addBits([0, 0], [0, 0]), [0]);
  assert.equal(additionExample([1, 1], [1, 0]), { input: [2, 2, 3, 2, 1], target: [1, 1, 2, 0, 0] });
});
tasks("copy, reverse, duplicate", () => {
  for (const [input, target] of examplesOf(rearrangementTask({ transformation: "copy", symbols: 5 }), 50)) {
    assert.equal(target, input);
    assert.ok(input.every((symbol) => symbol >= 1 && symbol <= 5));
  }
  for (const [input, target] of examplesOf(rearrangementTask({ transformation: "reverse" }), 50)) {
    assert.equal(target, input.toReversed());
  }
  for (const length of [7, 8]) {
    for (const [input, target] of examplesOf(rearrangementTask({ transformation: "duplicate" }), 50, length)) {
      const half = input.slice(0, length >> 1);
      assert.equal(input, [...half, ...Array<number>(length - half.length).fill(0)]);
      assert.equal(target, [...half, ...half, ...Array<number>(length % 2).fill(0)]);
    }
  }
});
tasks("lengths: within the bounds, one for a batch, and longer ones later where there is a curriculum", () => {
  const task = binaryAdditionTask({ minLength: 2, maxLength: 6, curriculum: [10, 20] });
  const lengthsAt = (step: number): Set<number> => {
    const random = new Random(1);
    const batch = new Batch(sequenceLayout({ inputSize: 1, targetSize: 1 }));
    const found = new Set<number>();
    for (let i = 0; i < 60; ++i) {
      task.generate(random, 8, batch, { step });
      assert.is(new Set(batch.lengths).size, 1);
      found.add((batch.lengths[0]! - 1) / 2);
    }
    return found;
  };
  assert.equal([...lengthsAt(10)], [2]);
  assert.equal([...lengthsAt(11)].sort(), [2, 3]);
  assert.equal([...lengthsAt(21)].sort(), [2, 3, 4, 5, 6]);
});
tasks(
  "bins: a batch is padded to one of those that its step needs, and few of its sequences fit into a lower one",
  () => {
    const bins = [4, 8, 13];
    const options = { maxLength: 6, curriculum: [1, 10], bins };
    const task = binaryAdditionTask(options);
    const batch = new Batch(sequenceLayout({ inputSize: 1, targetSize: 1 }));
    const random = new Random(1);
    const found = (step: number): Map<number, number[]> => {
      const lengths = new Map<number, number[]>();
      for (let i = 0; i < 150; ++i) {
        task.generate(random, 16, batch, { step });
        assert.is(batch.count, 16);
        lengths.set(batch.time, [...(lengths.get(batch.time) ?? []), ...batch.lengths]);
        batch.lengths.forEach((length, row) => {
          for (let t = 0; t < batch.time; ++t) {
            const cell = t * 16 + row;
            const isInside = Number(t < length);
            assert.is(batch.mask[cell], isInside);
            assert.is(Math.min(batch.inputs[cell]!, 1), isInside);
          }
        });
      }
      return lengths;
    };
    const sorted = (values: Iterable<number>): number[] => [...new Set(values)].sort((a, b) => a - b);
    assert.equal([...found(1).keys()], [4]);
    const early = found(10);
    assert.equal(sorted(early.keys()), [4, 8]);
    assert.equal(sorted(early.get(8)!), [3, 5]);
    const late = found(11);
    assert.equal(sorted(late.keys()), bins);
    assert.equal(sorted(late.get(4)!), [3]);
    assert.equal(sorted(late.get(8)!), [3, 5, 7]);
    assert.equal(sorted(late.get(13)!), [3, 5, 7, 9, 11, 13]);
    const lengths = late.get(13)!;
    const shorter = lengths.filter((length) => length <= 8).length / lengths.length;
    assert.ok(shorter > 0.02 && shorter < 0.1, `${shorter}`);
    assert.equal(new Set([...examplesOf(task, 20, 5)].map(([input]) => input.length)), new Set([11]));
  },
);
tasks("bins: one that no sequence of its own fits has shorter ones", () => {
  const task = rearrangementTask({ minLength: 5, maxLength: 5, bins: [6, 9] });
  for (let seed = 0; seed < 9; ++seed) {
    const batch = new Batch(sequenceLayout({ inputSize: 1, targetSize: 1 }));
    task.generate(new Random(seed), 4, batch);
    assert.is(batch.time, 6, "the bin of 9 is not needed");
    assert.equal([...batch.lengths], [5, 5, 5, 5]);
  }
  const even = binaryAdditionTask({ maxLength: 3, bins: [3, 4, 7] });
  const times = Array.from({ length: 40 }, (_, seed): [number, number[]] => {
    const batch = new Batch(sequenceLayout({ inputSize: 1, targetSize: 1 }));
    even.generate(new Random(seed), 4, batch);
    return [batch.time, [...batch.lengths]];
  });
  assert.ok(times.some(([time]) => time === 4));
  for (const [time, lengths] of times) if (time === 4) assert.equal(lengths, [3, 3, 3, 3]);
});
tasks("what is out of range is refused", () => {
  const cases: [f: () => unknown, message: RegExp][] = [
    [
      () => binaryAdditionTask({ minLength: 4, maxLength: 6, bins: [8, 13] }),
      /the first of bins is 8, and must be at least 9, the positions of length 4/,
    ],
    [
      () => binaryAdditionTask({ maxLength: 6, bins: [8, 12] }),
      /the last of bins is 12, and must be at least 13, the positions of length 6/,
    ],
    [() => rearrangementTask({ maxLength: 20, bins: [8, 19] }), /the last of bins is 19, and must be at least 20/],
    [
      () => rearrangementTask({ bins: [20, 8] }),
      /bins is an array, and must be a list of whole numbers from 1, each above/,
    ],
    [() => binaryAdditionTask({ minLength: 5, maxLength: 4 }), /minLength is 5, and must be at most maxLength/],
    [
      () => binaryAdditionTask({ operands: "hard" as "carries" }),
      /operands is "hard", and must be "uniform" or "carries"/,
    ],
    [() => rearrangementTask({ transformation: "sort" as "copy" }), /transformation is "sort"/],
    [() => examplesOf(rearrangementTask(), 1, 0), /length is 0/],
    [() => new NeuralGPU({ symbols: 1 }), /symbols is 1, and must be a whole number from 2/],
    [
      () => new NeuralGPU({ symbols: 4, cell: "diagonal", width: 2 }),
      /width is 2, and must be a whole number from 1 to 1/,
    ],
  ];
  for (const [f, message] of cases) assert.match(thrownBy(f).message, message);
});
tasks.run();

const models = suite("NeuralGPU");
const small: Record<string, NeuralGPUOptions> = {
  "a CGRU": { symbols: 4, maps: 4, width: 2, layers: 1, relaxation: 2, seed: 1 },
  "a diagonal cell": { symbols: 4, cell: "diagonal", maps: 6, seed: 1 },
};
models("the articles' sizes", () => {
  const [image, diagonal] = [new NeuralGPU({ symbols: 4 }), new NeuralGPU({ symbols: 4, cell: "diagonal" })];
  // 2 layers of 3 banks of 3 × 3 × 24 × 24 kernels and 24 biases, for each of 6 sets
  const cells = 2 * 3 * (9 * 24 * 24 + 24);
  assert.is(image.parameterCount, 6 * cells + 4 * 24 + 24 * 4 + 4);
  assert.is(image.averaged().parameterCount, cells + 4 * 24 + 24 * 4 + 4);
  assert.is(diagonal.parameterCount, 3 * (3 * 48 * 48 + 48) + 4 * 48 + 48 * 4 + 4);
});
for (const [what, options] of Object.entries(small)) {
  models(`${what}: an answer depends on its own sequence alone, and has its length`, () => {
    const model = new NeuralGPU(options);
    const sequences = [[1, 2, 3, 1, 2], [2], [3, 3, 3], [1, 2, 3, 1, 1], ...Array.from({ length: 70 }, () => [2, 1])];
    const together = model.run(engine, sequences);
    sequences.forEach((sequence, i) => {
      assert.equal(together[i]!.symbols, model.run(engine, [sequence])[0]!.symbols);
      assert.is(together[i]!.symbols.length, sequence.length);
    });
    assert.equal(model.run(engine, []), []);
  });
  models(`${what}: the trace ends in the answer`, () => {
    const model = new NeuralGPU(options);
    const { maps, width } = model.options;
    for (const { symbols, steps } of model.run(
      engine,
      [
        [1, 2, 3, 1, 2],
        [3, 1],
        [3, 2],
      ],
      { trace: true },
    )) {
      assert.is(steps!.length, symbols.length);
      assert.equal(steps!.at(-1)!.symbols, symbols);
      for (const { image } of steps!) assert.is(image.length, width * symbols.length * maps);
    }
  });
  models(`${what}: saved and loaded`, () => {
    const model = new NeuralGPU(options);
    const task = binaryAdditionTask();
    const bytes = save(model, { task });
    const loaded = load(bytes, { models: [NeuralGPU] });
    assert.equal(loaded.options, model.options);
    assert.equal(loaded.run(engine, [[1, 2, 3]]), model.run(engine, [[1, 2, 3]]));
    assert.equal(loadCheckpoint(bytes, { models: [NeuralGPU] }).task, { name: task.name, options: task.options });
  });
  models(`${what}: the same bits with threads, and after a stop`, async () => {
    const task = binaryAdditionTask({ maxLength: 3 });
    const options = { batch: 20, optimizer: adaMax(), clip: {} };
    const trained = async (on: Engine): Promise<string> => {
      const model = new NeuralGPU({ ...small[what]!, dropout: 0.2 });
      for await (const _ of train(on, model, task, { ...options, steps: 4 }));
      return JSON.stringify(model.run(on, [[1, 2, 3, 2, 2]])) + model.parameters.values.join();
    };
    const expected = await trained(release);
    const team = await threadedTestEngine({ threads: 2 });
    assert.is(await trained(team), expected);
    team.dispose();
    const first = new NeuralGPU({ ...small[what]!, dropout: 0.2 });
    const training = train(release, first, task, { ...options, steps: 2 });
    for await (const _ of training);
    const second = new NeuralGPU({ ...small[what]!, dropout: 0.2 });
    for await (const _ of train(release, second, task, { ...options, steps: 4, resume: training.checkpoint() }));
    assert.ok(expected.endsWith(second.parameters.values.join()));
  });
}
models("the sets of parameters average to the mean, and equal sets change nothing", () => {
  const model = new NeuralGPU({ symbols: 4, maps: 3, width: 2, layers: 2, relaxation: 3, seed: 2 });
  const all = new Map(model.namedParameters());
  const averaged = model.averaged();
  for (const [path, { shape, offset, size }] of averaged.namedParameters()) {
    const from = all.get(path)!;
    if (from.size === size) continue;
    assert.equal(from.shape, [3, ...shape.slice(1)]);
    const at = (set: number, i: number): number => model.parameters.values[from.offset + set * size + i]!;
    const means = Float32Array.from({ length: size }, (_, i) => (at(0, i) + at(1, i) + at(2, i)) / 3);
    assert.equal(averaged.parameters.values.slice(offset, offset + size), means);
    const values = model.parameters.values;
    for (let set = 0; set < 3; ++set) values.set(means, from.offset + set * size);
    model.parameters.set(values);
  }
  const sequences = [[1, 2, 3, 2, 2]];
  assert.equal(model.run(engine, sequences), averaged.run(engine, sequences));
});
models("what is no sequence of symbols is refused", () => {
  const model = new NeuralGPU(small["a diagonal cell"]!);
  const cases: [sequences: unknown, message: RegExp][] = [
    ["12", /the sequences are "12", and must be an array of sequences/],
    [[[]], /the length of sequence 0 is 0/],
    [[[1], [1, 4]], /sequence 1, symbol 1 is 4, and must be a whole number from 0 to 3/],
    [[[0.5]], /sequence 0, symbol 0 is 0.5/],
  ];
  for (const [sequences, message] of cases) {
    assert.match(thrownBy(() => model.run(engine, sequences as number[][])).message, message);
  }
  assert.match(thrownBy(() => model.run({} as Engine, [[1]])).message, /engine/);
});
models("a model and a task of other symbols do not fit", () => {
  const error = thrownBy(() => train(engine, new NeuralGPU({ symbols: 9 }), binaryAdditionTask()));
  assert.match(error.message, /the model's symbols are 9, and must be 4 for the task binary-addition/);
});
models(
  "dropout drops the input and the candidates of a diagonal cell, while it learns and at no other time",
  async () => {
    const task = binaryAdditionTask({ maxLength: 3 });
    const firstLoss = async (dropout: number): Promise<number> => {
      const model = new NeuralGPU({ ...small["a diagonal cell"]!, saturation: 0, dropout });
      for await (const { loss } of train(engine, model, task, { batch: 1, steps: 1 })) return loss;
      throw new Error("no step");
    };
    // Nothing is left of the state, and the bias of the output is 0.
    assert.ok(Math.abs((await firstLoss(0.999999)) - Math.log(4)) < 1e-6);
    assert.ok(Math.abs((await firstLoss(0)) - Math.log(4)) > 1e-3);
    const answers = [0, 0.999999].map((dropout) => {
      const model = new NeuralGPU({ ...small["a diagonal cell"]!, dropout });
      return model.run(engine, [[1, 2, 3, 2, 2]], { trace: true });
    });
    assert.equal(answers[0], answers[1]);
  },
);
models("learns to reverse in 250 steps, and goes on to longer sequences", async () => {
  const task = rearrangementTask({ transformation: "reverse", maxLength: 8, seed: 1 });
  const model = new NeuralGPU({ symbols: task.symbols, cell: "diagonal", maps: 24, seed: 1 });
  const auxiliaryWeight = staircase(1, { factor: 0.1, every: 50 });
  for await (const _ of train(release, model, task, {
    batch: 32,
    optimizer: adaMax(),
    clip: {},
    auxiliaryWeight,
    steps: 250,
  }));
  const { sequenceError } = await evaluate(release, model, task, { sequences: 200, length: 12 });
  assert.ok(sequenceError < 0.1, `${sequenceError}`);
});
models.run();

const texts = suite("binary sums in writing");
texts("are read", () => {
  assert.equal(parseBinarySum(" 1011+110 "), {
    text: "1011 + 110",
    operands: [
      [1, 1, 0, 1],
      [0, 1, 1, 0],
    ],
  });
});
texts("what is none is refused", () => {
  for (const text of ["", "1011", "1 + 2", "1 + 1 + 1", "1 - 1", "+ 1", "0b1 + 1"]) {
    const error = thrownBy(() => parseBinarySum(text));
    assert.instance(error, SyntaxError);
    assert.match(error.message, /must be two binary numbers and a plus sign, such as 1011 \+ 110/);
  }
  const error = thrownBy(() => parseBinarySum(`1 + ${"1".repeat(2001)}`));
  assert.instance(error, RangeError);
  assert.match(error.message, /2001 bits, and must have numbers of at most 2000/);
});
const binary = new NeuralGPU({ symbols: 4, cell: "diagonal", maps: 6, seed: 1 });
texts("an answer is what stands there up to the last symbol, the highest bit first", () => {
  const { text, answer, sum, steps } = addBinary(engine, binary, "1011+110");
  assert.equal([text, sum, steps], ["1011 + 110", "10001", 9]);
  const [{ symbols }] = binary.run(engine, [[2, 2, 1, 2, 3, 1, 2, 2, 1]]) as [{ symbols: readonly number[] }];
  const read = symbols.map((symbol) => ["?", "0", "1", "?"][symbol]!).slice(0, symbols.findLastIndex(Boolean) + 1);
  assert.is(answer, read.reverse().join(""));
  assert.equal(traceBinary(engine, binary, "1 + 1").trace.length, 3);
});
texts("a model of other symbols is refused", () => {
  const error = thrownBy(() => addBinary(engine, new NeuralGPU({ symbols: 3, cell: "diagonal" }), "1 + 1"));
  assert.match(error.message, /symbol 1 is 3, and must be a whole number from 0 to 2/);
});
for (const [what, options] of Object.entries(small)) {
  texts(`the page of ${what} is sound, asks for nothing, and shows what went in and every step`, () => {
    const model = new NeuralGPU(options);
    const html = additionPage(engine, model, "101 + 11", { task: "binary-addition", facts: { file: "<here>" } });
    assert.equal(faultsOf(html), []);
    assert.equal(requestsOf(html), []);
    assert.is(html.match(/<svg class="map"/g)!.length, model.options.maps);
    const rows = [...html.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)];
    assert.equal(
      rows.map(([, name]) => name),
      ["in", "1", "2", "3", "4", "5", "6", "7"],
    );
    const cells = (row: string): string[] => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, text]) => text!);
    assert.equal(cells(rows[0]![2]!), ["1", "0", "1", "+", "1", "1", "0"]);
    const { trace } = traceBinary(engine, model, "101 + 11");
    trace.forEach(({ symbols }, t) => {
      assert.equal(
        cells(rows[t + 1]![2]!),
        symbols.map((symbol) => ["", "0", "1", "+"][symbol]!),
      );
    });
  });
}
texts("a run that is too long for a page is refused", () => {
  const error = thrownBy(() => additionPage(engine, binary, `${"1".repeat(200)} + 1`));
  assert.match(error.message, /the run has \d+ cells, and must have at most 400000 to be drawn/);
});
texts.run();
