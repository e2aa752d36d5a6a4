import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { load, loadCheckpoint } from "../../bindings/load.js";
import type { Engine } from "../../bindings/engine/engine.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { ShapeError } from "../../bindings/graph/shape.js";
import { models } from "../../bindings/models.js";
import { PointerNetwork, type PointerNetworkOptions } from "../../bindings/systems/pointerNetwork/pointerNetwork.js";
import { Random } from "../../bindings/common/random/philox.js";
import type { Pointed } from "../../bindings/systems/pointerNetwork/pointerRunner.js";
import { convexHullTask } from "../../bindings/systems/pointerNetwork/convexHullTask.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { fillPointers, pointerLayout, pointersOf } from "../../bindings/systems/pointerNetwork/fillPointers.js";
import { exactScore } from "../../bindings/systems/pointerNetwork/pointerScores.js";
import { pointerSortTask } from "../../bindings/systems/pointerNetwork/pointerSortTask.js";
import { drawExamples, type PointerTask } from "../../bindings/systems/pointerNetwork/pointerTask.js";
import { tspTask } from "../../bindings/systems/pointerNetwork/tspTask.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine, threadedTestEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();
const release = await testEngine("release");
const small = { hiddenSize: 4, embeddingSize: 3, attentionSize: 5, seed: 1 };

interface Variant {
  readonly task: PointerTask;
  readonly options: Partial<PointerNetworkOptions>;
}
const hull = convexHullTask({ minLength: 3, maxLength: 4 });
const tours = tspTask({ minLength: 2, maxLength: 4 });
const sorting = pointerSortTask({ minLength: 1, maxLength: 4 });
const variants: Record<string, Variant> = {
  "hulls, no glimpse": { task: hull, options: {} },
  "hulls, a glimpse": { task: hull, options: { glimpses: 1 } },
  "tours, no repeats": { task: tours, options: { forbidRepeats: true } },
  "tours, no repeats, two glimpses": { task: tours, options: { forbidRepeats: true, glimpses: 2 } },
  "sorting, the general score, both ways": { task: sorting, options: { attention: "general", bidirectional: true } },
  "sorting, the dot product, a glimpse": { task: sorting, options: { attention: "scaledDot", glimpses: 1 } },
};
const make = ({ task, options }: Variant, more: Partial<PointerNetworkOptions> = {}): PointerNetwork =>
  new PointerNetwork({ inputSize: task.inputSize, ends: task.ends, ...small, ...options, ...more });

/** Parameters that spread out what it points at. */
function spread(model: PointerNetwork): NDArray {
  const values = uniform(new Random(5), [model.parameterCount], -0.8, 0.8);
  const rounded = { ...values, data: values.data.map(Math.fround) };
  model.parameters.set(rounded.data);
  return rounded;
}

const parametersOf = (model: PointerNetwork, { data }: NDArray) =>
  new Map(model.parameters.parameters.map((p) => [p, array(p.shape, data.subarray(p.offset, p.offset + p.size))]));

const gradients = suite("PointerNetwork: loss and all gradients are those of double precision");
const ROWS = 3;
for (const [what, variant] of Object.entries(variants)) {
  gradients(what, () => {
    const { task } = variant;
    const model = make(variant);
    const values = spread(model);
    const batch = new Batch(pointerLayout(task.inputSize));
    task.generate(new Random(2), ROWS, batch);
    const lengths = batch.dimensions;
    const inputs = Object.fromEntries(
      batch.fields.map(({ name, data, time, size }) => {
        const numbers = data.subarray(0, time * ROWS * size);
        return [name, array([time, ROWS, size], Float64Array.from(numbers))];
      }),
    );
    const recorded = (): { graph: Graph } => {
      const graph = new Graph();
      const { loss, metrics } = model.objective(graph, task, ROWS);
      graph.output("loss", loss);
      graph.result("loss", loss);
      for (const [name, measure] of Object.entries(metrics)) graph.output(name, measure);
      return { graph };
    };
    const outputs = ["loss", "symbolError", "sequenceError"];
    const evaluated = ([parameters]: readonly NDArray[]): NDArray[] => {
      const { graph } = recorded();
      const read = evaluateGraph(graph, { inputs, parameters: parametersOf(model, parameters!), lengths });
      return outputs.map((name) => read(graph.outputs.get(name)!));
    };
    const expected = evaluated([values]);
    const { parameterCount } = model;
    const program = compileGradients(recorded().graph, { differentiate: "loss", parameterCount });
    const run = runProgram(engine, program, inputs, { lengths, parameters: model.parameters.values });
    outputs.forEach((name, i) => close(run.outputs[name]!, expected[i]!, { rtol: 1e-5, atol: 2e-6 }));
    const lossOf = (all: readonly NDArray[]): NDArray[] => evaluated(all).slice(0, 1);
    const [dParameters] = numericalGradients(lossOf, [values], [array([], [1])]);
    close(array(values.shape, run.gradients), dParameters!, { rtol: 1e-4, atol: 2e-5 }); // many steps of f32 sums
    assert.ok(run.gradients.filter((g) => g !== 0).length > 0.9 * parameterCount, "hardly any gradient is 0");
  });
}
gradients.run();

const set = (random: Random, count: number, size = 2): Float64Array[] =>
  Array.from({ length: count }, () => uniform(random, [size], 0, 1).data as Float64Array);
const sets = (counts: readonly number[], size = 2, seed = 3): Float64Array[][] => {
  const random = new Random(seed);
  return counts.map((count) => set(random, count, size));
};

const running = suite("PointerNetwork: runs");
for (const [what, variant] of Object.entries(variants)) {
  const { inputSize, ends } = variant.task;
  running(`${what}: any size, each row as if it were alone, as many places as its end says`, () => {
    const model = make(variant);
    spread(model);
    const counts = [3, 1, 9, 4, 30, 2, 3, 9, 5, 5, 5];
    const all = sets(counts, inputSize);
    const together = model.run(engine, all, { attention: true });
    together.forEach(({ places, score, attention }, i) => {
      const alone = model.run(engine, [all[i]!], { attention: true })[0]!;
      assert.equal(alone.places, places);
      assert.ok(Math.abs(alone.score - score) < 1e-4);
      const count = counts[i]!;
      assert.equal(attention!.shape, [places.length, count]);
      attention!.forEach((row, t) => {
        assert.ok(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1) < 1e-5);
        assert.is(row[places[t]!], Math.max(...row));
      });
      const logs = places.reduce((sum, place, t) => sum + Math.log(attention![t]![place]!), 0);
      assert.ok(Math.abs(logs - score) < 1e-4);
      const again = places.indexOf(places[0]!, 1);
      if (ends === "count") assert.is(places.length, count);
      else if (again > 0) assert.is(again, places.length - 1);
      else assert.is(places.length, count + 1);
      if (variant.options.forbidRepeats) assert.is(new Set(places).size, count);
    });
  });
}

/** All that a model may point at, with log-probabilities, from teacher-forced runs in double precision. */
function everyWay(model: PointerNetwork, task: PointerTask, inputs: readonly Float64Array[]): Map<string, number> {
  const n = inputs.length;
  const ways: number[][] = [];
  const go = (way: number[]): void => {
    const isAgain = way.length > 1 && way.at(-1) === way[0];
    const isOver = task.ends === "count" ? way.length === n : isAgain || way.length > n;
    if (isOver) return void ways.push(way);
    for (let place = 0; place < n; ++place) {
      if (model.options.forbidRepeats && way.includes(place)) continue;
      go([...way, place]);
    }
  };
  go([]);
  return new Map(
    ways.map((targets) => {
      const batch = new Batch(pointerLayout(task.inputSize));
      fillPointers(batch, [{ inputs, targets }]);
      const graph = new Graph();
      graph.output("loss", model.objective(graph, task, 1).loss);
      const given = Object.fromEntries(
        batch.fields.map(({ name, data, time, size }) => [
          name,
          array([time, 1, size], Float64Array.from(data.subarray(0, time * size))),
        ]),
      );
      const parameters = parametersOf(model, array([model.parameterCount], model.parameters.values));
      const read = evaluateGraph(graph, { inputs: given, parameters, lengths: batch.dimensions });
      return [String(targets), -read(graph.outputs.get("loss")!).data[0]!];
    }),
  );
}

for (const what of ["hulls, a glimpse", "tours, no repeats", "sorting, the dot product, a glimpse"]) {
  running(`${what}: a beam that is wide enough finds the likeliest of all ways, in order`, () => {
    const variant = variants[what]!;
    const model = make(variant);
    spread(model);
    for (const count of [1, 3]) {
      const [inputs] = sets([count], variant.task.inputSize, count);
      const ways = everyWay(model, variant.task, inputs!);
      const ranked = [...ways].sort(([, a], [, b]) => b - a);
      const beam = 128;
      assert.ok(ranked.length <= beam);
      const [{ places, score, beams, attention }] = model.run(engine, [inputs!], { beam, attention: true }) as [
        Pointed,
      ];
      assert.is(beams.length, ranked.length);
      assert.is(String(places), ranked[0]![0]);
      assert.ok(Math.abs(score - ranked[0]![1]) < 1e-4);
      beams.forEach((found, i) => {
        assert.ok(Math.abs(found.score - ranked[i]![1]) < 1e-4, `beam ${i}`);
        assert.ok(Math.abs(ways.get(String(found.places))! - found.score) < 1e-4);
      });
      const logs = places.reduce((sum, place, t) => sum + Math.log(attention![t]![place]!), 0);
      assert.ok(Math.abs(logs - score) < 1e-4);
    }
  });
}
running("a beam of a few is never less likely than none, on many cities", () => {
  const model = make(variants["tours, no repeats"]!);
  spread(model);
  for (const inputs of sets([12, 20, 7])) {
    const [greedy] = model.run(engine, [inputs]);
    const [searched] = model.run(engine, [inputs], { beam: 6 });
    assert.is(searched!.beams.length, 6);
    assert.ok(searched!.score >= greedy!.score - 1e-4);
    for (const { places } of searched!.beams)
      assert.equal(
        [...places].sort((a, b) => a - b),
        [...inputs.keys()],
      );
  }
});
running("points that all coincide: a place for every step, and nothing that is not a number", () => {
  for (const variant of Object.values(variants)) {
    const model = make(variant);
    const { inputSize } = variant.task;
    const same = Array.from({ length: 6 }, () => Array<number>(inputSize).fill(0.5));
    for (const beam of [1, 3]) {
      const [{ places, score, attention }] = model.run(engine, [same], { attention: true, beam }) as [Pointed];
      assert.ok(places.length >= 2 && places.every((place) => place >= 0 && place < 6));
      assert.ok(Number.isFinite(score) && attention!.data.every(Number.isFinite));
      if (variant.options.forbidRepeats) assert.is(new Set(places).size, 6);
    }
  }
});
running.run();

const bad = suite("PointerNetwork: refuses");
const model = make(variants["hulls, no glimpse"]!);
const run = (given: unknown, options: unknown = {}) =>
  thrownBy(() => model.run(engine, given as never, options as never));
const ok = [
  [
    [0, 0],
    [1, 1],
  ],
];
const inputs: [what: string, given: unknown, options: unknown, type: unknown, message: RegExp][] = [
  ["no array", "points", {}, TypeError, /inputs must be arrays of rows/],
  ["one set instead of several", ok[0], {}, TypeError, /the sets are one set of vectors, and must be an array of sets/],
  ["no sets", [], {}, ShapeError, /has no steps/],
  ["an empty set", [[[0, 0]], []], {}, ShapeError, /sequence 1 has no steps, and must have at least one/],
  ["a vector of another size", [[[0, 0], [1]]], {}, ShapeError, /step 1 of sequence 0 has 1 numbers, and must have 2/],
  ["NaN", [[[0, NaN]]], {}, RangeError, /number 1 of step 0 of sequence 0 is NaN, and must be finite/],
  ["a number beyond single precision", [[[0, 1e39]]], {}, RangeError, /is 1e\+39, and must be finite/],
  ["a beam of 0", ok, { beam: 0 }, RangeError, /beam is 0, and must be a whole number from 1 to 256/],
  ["a beam of 257", ok, { beam: 257 }, RangeError, /beam is 257/],
  ["an option there is not", ok, { beams: 2 }, TypeError, /has no option "beams"/],
];
for (const [what, given, options, type, message] of inputs) {
  bad(what, () => {
    const error = run(given, options);
    assert.is(error.constructor, type, error.stack!);
    assert.match(error.message, message);
  });
}
bad("a beam wider than there are ways is cut, and nothing breaks", () => {
  const [{ beams }] = model.run(engine, ok, { beam: 256 }) as [Pointed];
  assert.is(
    beams.length,
    everyWay(
      model,
      hull,
      ok[0]!.map((p) => Float64Array.from(p)),
    ).size,
  );
});
const modelOptions: [what: string, options: object, type: unknown, message: RegExp][] = [
  ["no size", {}, TypeError, /needs the option "inputSize"/],
  [
    "an end there is not",
    { inputSize: 2, ends: "stop" },
    RangeError,
    /ends is "stop", and must be "count" or "repeat"/,
  ],
  [
    "no repeats where repeats end it",
    { inputSize: 2, ends: "repeat", forbidRepeats: true },
    RangeError,
    /forbidRepeats is true, and must be false/,
  ],
  [
    "half a unit",
    { inputSize: 2, bidirectional: true, hiddenSize: 5 },
    RangeError,
    /hiddenSize is 5, and must be an even number/,
  ],
  ["part of a glimpse", { inputSize: 2, glimpses: 0.5 }, RangeError, /glimpses is 0.5/],
];
for (const [what, options, type, message] of modelOptions) {
  bad(what, () => {
    const error = thrownBy(() => new PointerNetwork(options as never));
    assert.is(error.constructor, type);
    assert.match(error.message, message);
  });
}
bad("a task that ends otherwise, or has other vectors", () => {
  const other = new PointerNetwork({ inputSize: 2, ...small });
  assert.match(
    thrownBy(() => train(engine, other, hull as never)).message,
    /the model's ends is count, and must be repeat for the task convex-hull/,
  );
  assert.match(thrownBy(() => train(engine, other, sorting as never)).message, /inputSize is 2, and must be 1/);
});
bad("a batch of what is no example", () => {
  const batch = new Batch(pointerLayout(2));
  const fill = (inputs: number[][], targets: number[]) =>
    thrownBy(() => fillPointers(batch, [{ inputs, targets }])).message;
  assert.match(fill([], [0]), /example 0 has no inputs/);
  assert.match(fill([[0, 0]], []), /example 0 has no targets/);
  assert.match(fill([[0, 0], [1]], [0]), /input 1 of example 0 has 1 numbers, and must have 2/);
  assert.match(fill([[0, 0]], [1]), /a target of example 0 is 1, and must be/);
  assert.match(thrownBy(() => fillPointers(batch, [])).message, /number of examples is 0/);
});
bad.run();

const learning = suite("PointerNetwork: learns");
const three = pointerSortTask({ minLength: 3, maxLength: 3, seed: 1 });
const learner = (glimpses: number): PointerNetwork =>
  new PointerNetwork({ inputSize: 1, hiddenSize: 32, embeddingSize: 16, attentionSize: 32, glimpses, seed: 1 });
for (const glimpses of [0, 1]) {
  learning(
    `to sort three numbers in 300 steps, ${glimpses ? "with a glimpse" : "without"}, and goes on with four`,
    async () => {
      const model = learner(glimpses);
      for await (const _ of train(release, model, three, {
        batch: 64,
        steps: 300,
        optimizer: adam({ learningRate: 1e-2 }),
      }));
      const examples = drawExamples(three, { count: 400, seed: 1 });
      const answers = model
        .run(
          release,
          examples.map(({ inputs }) => inputs),
        )
        .map(({ places }) => places);
      const exact = exactScore(
        answers,
        examples.map(({ targets }) => targets),
      );
      assert.ok(exact > 0.9, `${exact}`);
      const { sequenceError } = await evaluate(release, model, three, { sequences: 400 });
      assert.ok(sequenceError < 0.1, `${sequenceError}`);
      const longer = model.run(release, [[[0.1], [0.9], [0.5], [0.7]]])[0]!.places;
      assert.is(longer.length, 4);
      model.release(release);
    },
  );
}
learning("the same bits with any number of threads, and after a stop", async () => {
  const options = { batch: 40, optimizer: adam({ learningRate: 3e-3 }) };
  const trained = async (on: Engine): Promise<string> => {
    const model = make(variants["tours, no repeats, two glimpses"]!);
    for await (const _ of train(on, model, tours, { ...options, steps: 5 }));
    const ran = [1, 4].map((beam) => model.run(on, sets([5, 3, 8, 8, 2]), { beam, attention: true }));
    return JSON.stringify(ran) + model.parameters.values.join();
  };
  const expected = await trained(release);
  for (const threads of [2, 3]) {
    const team = await threadedTestEngine({ threads });
    assert.is(await trained(team), expected);
    team.dispose();
  }
  const first = make(variants["tours, no repeats, two glimpses"]!);
  const training = train(release, first, tours, { ...options, steps: 3 });
  for await (const _ of training);
  const second = make(variants["tours, no repeats, two glimpses"]!);
  for await (const _ of train(release, second, tours, { ...options, steps: 5, resume: training.checkpoint() }));
  assert.ok(expected.endsWith(second.parameters.values.join()));
});
learning("a saved model points as before, and its file knows its class, options and task", () => {
  for (const variant of Object.values(variants)) {
    const model = make(variant);
    spread(model);
    const bytes = save(model, { task: variant.task });
    const loaded = load(bytes, { models }) as PointerNetwork;
    assert.instance(loaded, PointerNetwork);
    assert.equal(loaded.options, model.options);
    assert.equal(loadCheckpoint(bytes, { models }).task, { name: variant.task.name, options: variant.task.options });
    const given = sets([4, 6], variant.task.inputSize);
    assert.equal(loaded.run(engine, given), model.run(engine, given));
  }
});
learning("releasing a model gives back what it keeps", () => {
  const model = make(variants["hulls, a glimpse"]!);
  const before = engine.memory.used;
  for (const beam of [1, 2]) model.run(engine, sets([4, 6]), { beam });
  assert.ok(engine.memory.used > before);
  model.release(engine);
  assert.ok(engine.memory.used <= before);
  model.run(engine, sets([4]));
});
learning.run();

const tasks = suite("tasks of pointing");
const drawn = (task: PointerTask, length?: number) => drawExamples(task, { count: 300, ...(length && { length }) });
tasks("sorting: every place once, and the numbers there ascend", () => {
  for (const { inputs, targets } of drawn(pointerSortTask({ minLength: 1, maxLength: 7 }))) {
    assert.equal(
      [...targets].sort((a, b) => a - b),
      [...inputs.keys()],
    );
    targets.slice(1).forEach((place, i) => assert.ok(inputs[targets[i]!]![0]! <= inputs[place]![0]!));
  }
});
tasks("hulls end where they began, at the lowest place; tours begin at the first", () => {
  for (const { targets } of drawn(convexHullTask({ maxLength: 8 }))) {
    assert.is(targets[0], targets.at(-1));
    assert.is(targets[0], Math.min(...targets));
    assert.ok(targets.length >= 4);
  }
  for (const { inputs, targets } of drawn(tspTask({ minLength: 1, maxLength: 6 }))) {
    assert.is(targets[0], 0);
    assert.is(new Set(targets).size, inputs.length);
  }
});
tasks("lengths are those between the limits, or the one that is asked for", () => {
  const lengths = new Set(drawn(convexHullTask({ minLength: 4, maxLength: 6 })).map(({ inputs }) => inputs.length));
  assert.equal([...lengths].sort(), [4, 5, 6]);
  for (const { inputs } of drawn(convexHullTask(), 17)) assert.is(inputs.length, 17);
  assert.match(thrownBy(() => drawn(tspTask(), 13)).message, /length is 13, and must be a whole number from 1 to 12/);
});
tasks("the same seed draws the same, another others", () => {
  const draw = (seed: number): string => JSON.stringify(drawExamples(tspTask(), { count: 20, seed }));
  assert.is(draw(1), draw(1));
  assert.is.not(draw(1), draw(2));
});
tasks("a batch gives back what it was filled with", () => {
  const example = fc.integer({ min: 1, max: 6 }).chain((n) =>
    fc.record(
      {
        inputs: fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: n, maxLength: n }),
        targets: fc.array(fc.nat(n - 1), { minLength: 1, maxLength: 8 }),
      },
      { noNullPrototype: true },
    ),
  );
  fc.assert(
    fc.property(fc.array(example, { minLength: 1, maxLength: 5 }), (examples) => {
      const batch = new Batch(pointerLayout(2));
      fillPointers(batch, examples);
      const given = pointersOf(batch).map(({ inputs, targets }) => ({
        inputs: inputs.map((p) => Array.from(p)),
        targets,
      }));
      assert.equal(given, examples);
    }),
  );
});
tasks("refuse lengths that are none", () => {
  for (const make of [pointerSortTask, convexHullTask, tspTask]) {
    assert.match(thrownBy(() => make({ minLength: 0 })).message, /minLength is 0/);
    assert.match(thrownBy(() => make({ minLength: 6, maxLength: 5 })).message, /minLength is 6, and must be at most/);
  }
  assert.match(
    thrownBy(() => tspTask({ maxLength: 13 })).message,
    /maxLength is 13, and must be a whole number from 1 to 12/,
  );
});
tasks.run();
