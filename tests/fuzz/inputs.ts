import * as assert from "uvu/assert";
import * as fc from "fast-check";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Engine } from "../../bindings/engine/engine.js";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { load, loadCheckpoint } from "../../bindings/load.js";
import { attempt, attemptAsync } from "../support/ours.js";
import { testEngine } from "../support/engine.js";
import { property } from "./property.js";
import { anything, options } from "./values.js";

const engine = await testEngine();
const model = new NeuralTuringMachine({ inputSize: 3, outputSize: 2, hiddenSize: 4, slots: 5, width: 3, seed: 1 });
const session = model.session(engine);
const sample = [
  [1, 0, 1],
  [0, 1, 0],
];
const expected = model.run(engine, sample).outputs;

/** Whatever was asked before, engine and model still give the right bits. */
const unharmed = (): void => assert.equal(model.run(engine, sample).outputs, expected);

const number = fc.oneof({ weight: 9, arbitrary: fc.double({ min: -3, max: 3 }) }, { weight: 1, arbitrary: anything });
const row = fc.oneof(
  { weight: 6, arbitrary: fc.array(number, { minLength: 3, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.float32Array({ minLength: 2, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.sparseArray(number, { maxLength: 4 }) },
  { weight: 1, arbitrary: anything },
);
const sequence = fc.oneof(
  { weight: 6, arbitrary: fc.array(row, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.sparseArray(row, { maxLength: 4 }) },
);
const block = fc.record({
  data: fc.oneof(fc.array(number, { maxLength: 12 }), fc.float32Array({ maxLength: 12 }), anything),
  shape: fc.oneof(fc.array(fc.oneof(fc.constantFrom(1, 2, 3), anything), { maxLength: 4 }), anything),
});
const inputs: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: sequence },
  { weight: 3, arbitrary: fc.array(sequence, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.sparseArray(sequence, { maxLength: 3 }) },
  { weight: 3, arbitrary: block },
  { weight: 1, arbitrary: anything },
);
const trace = fc.oneof(
  fc.constant(undefined),
  fc.array(fc.constantFrom("memory", "read", "readWeights", "nothing"), { maxLength: 2 }),
  fc.array(anything, { maxLength: 2 }),
  anything,
);

const run = property("model.run", fc.tuple(inputs, trace), ([given, names]) => {
  const result = attempt(() => model.run(engine, given as never, { trace: names as never }));
  // A hole that is read as a zero would give a result.
  if (result && Array.isArray(given)) assert.ok(holes(given) === 0, "inputs with holes were taken");
  unharmed();
});

function holes(value: unknown): number {
  if (!Array.isArray(value)) return 0;
  let count = 0;
  for (let i = 0; i < value.length; ++i) count += i in value ? holes(value[i]) : 1;
  return count;
}

const many = property(
  "model.run: batches of any size",
  fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 40 }),
  (lengths) => {
    const batch = lengths.map((length) => Array.from({ length }, (_, t) => [t % 2, 1, 0]));
    const { outputs } = model.run(engine, batch);
    assert.equal(
      Array.from(outputs, (rows) => (rows as unknown as unknown[]).length),
      lengths,
    );
  },
  { cost: 10 },
);

const arguments_ = property("engines and options that are none", fc.tuple(anything, anything), ([a, b]) => {
  attempt(() => model.run(a as never, sample));
  attempt(() => model.run(engine, sample, a as never));
  attempt(() => model.session(a as never));
  attempt(() => model.release(a as never));
  attempt(() => model.parameters.set(b as never));
  unharmed();
});

const step = property("session.step", row, (x) => {
  session.reset();
  const [first] = expected as unknown as [Float32Array];
  attempt(() => session.step(x as never));
  session.reset();
  assert.equal(session.step(sample[0]!), first);
});

const files = property(
  "save and load",
  fc.tuple(anything, anything, options({ name: "copy", options: {} })),
  ([a, b, task]) => {
    attempt(() => save(a as never, b as never));
    attempt(() => save(model, { training: a as never }));
    const bytes = attempt(() => save(model, { task: task as never }));
    if (bytes) assert.equal(load(bytes).options, model.options);
    attempt(() => load(a as never, b as never));
    attempt(() => loadCheckpoint(save(model), { file: a as never }));
  },
);

const wasm = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0); // a module with nothing in it
const source = fc.oneof(
  fc.record({
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constant(wasm),
      fc.uint8Array().map((more) => Uint8Array.of(...wasm, ...more)),
      anything,
    ),
  }),
  fc.record({ module: fc.oneof(fc.constant(new WebAssembly.Module(wasm)), anything) }),
  fc.record({ module: fc.record({ default: anything }) }),
  fc.record({ url: fc.constantFrom<unknown>("data:text/plain,x", "nothing:", "/x", "", 3, {}) }),
  anything,
);
const sources = property(
  "Engine.create",
  source,
  async (given) => {
    const made = await attemptAsync(() => Engine.create(given as never));
    assert.is(made, undefined);
  },
  { cost: 5 },
);

export default [run, many, arguments_, step, files, sources];
