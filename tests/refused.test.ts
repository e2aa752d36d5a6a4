import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { load, loadCheckpoint } from "../bindings/load.js";
import { CheckpointError } from "../bindings/checkpoint/checkpointError.js";
import { UnknownModelError } from "../bindings/checkpoint/unknownModelError.js";
import { decodeSafetensors, encodeSafetensors } from "../bindings/checkpoint/safetensors.js";
import { MemoryError } from "../bindings/graph/memoryError.js";
import { ShapeError } from "../bindings/graph/shape.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { pack } from "../bindings/runtime/sequences.js";
import { Random } from "../bindings/common/random/philox.js";
import { sequenceLayout } from "../bindings/models/sequenceLayout.js";
import { Batch } from "../bindings/tasks/batch.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { adam, rmsProp, sgd } from "../bindings/training/optimizers.js";
import { cosine, linear, staircase, warmup } from "../bindings/training/schedules.js";
import { train } from "../bindings/training/train.js";
import { importCommandLine } from "./support/commandLine.js";
import { keptIn, testEngine } from "./support/engine.js";
import { expectOurs } from "./support/ours.js";
import { rejectedBy, thrownBy } from "./support/thrown.js";

// Everything here was found by fuzzing: it crashed, hung, read memory it should not, or was taken for something else.

const engine = await testEngine();
const options = { inputSize: 3, outputSize: 2, hiddenSize: 4, slots: 5, width: 3, seed: 1 };
const model = new NeuralTuringMachine(options);
const task = copyTask({ bits: 2, maxLength: 2 });
const session = model.session(engine);
const row = [1, 0, 1];
const any = (value: unknown): never => value as never;
const run = (inputs: unknown, runOptions?: unknown) => () => model.run(engine, any(inputs), any(runOptions));
const taught = (more: object) => () => train(engine, model, task, any(more));

type Row = readonly [what: string, call: () => unknown, type: new (...args: never[]) => Error, message: RegExp];

const table = (name: string, rows: readonly Row[]): void => {
  const refused = suite(name);
  for (const [what, call, type, message] of rows) {
    refused(what, () => {
      const before = model.parameters.values.slice();
      const error = thrownBy(call);
      assert.is(error.constructor, type, error.stack!);
      assert.match(error.message, message);
      expectOurs(error);
      assert.equal(model.parameters.values, before);
    });
  }
  refused.run();
};

table("refused: inputs", [
  ["a batch with a hole", run([[row], , [row]]), TypeError, /must be rows of numbers, or sequences/],
  ["a sequence with a hole", run([row, , row]), ShapeError, /step 1 of the sequence has no numbers, and must have 3/],
  ["a hole in a row", run([[1, , 1]]), RangeError, /number 1 of step 0 of the sequence is undefined/],
  ["a length that is a text", run({ data: row, shape: ["1", 3] }), ShapeError, /inputs are \("1", 3\) with 3 numbers/],
  ["lengths below 0", run({ data: [1, 1, 1, 1, 1, 1], shape: [-2, -1, 3] }), ShapeError, /inputs are \(-2, -1, 3\)/],
  ["a shape that is a text", run({ data: row, shape: "13" }), TypeError, /arrays of rows, or { data, shape }/],
  [
    "data that has no end",
    run({ data: { length: 2 ** 40 * 3 }, shape: [2 ** 40, 3] }),
    MemoryError,
    /^The inputs would/,
  ],
  [
    "data with a length and no numbers",
    run({ data: { length: 3 }, shape: [1, 3] }),
    RangeError,
    /is undefined, and must/,
  ],
  [
    "a symbol",
    run([[1, Symbol("s"), 1]]),
    RangeError,
    /number 1 of step 0 of the sequence is Symbol\(s\), and must be/,
  ],
  ["a BigInt", run([new BigInt64Array(3)]), RangeError, /number 0 of step 0 of the sequence is 0, and must be finite/],
  ["a number infinite in single precision", run([[1, 1e39, 1]]), RangeError, /is 1e\+39, and must be finite/],
  ["options that are null", run([row], null), TypeError, /run: the options are null, and must be an object/],
  [
    "a trace that is a text",
    run([row], { trace: "read" }),
    TypeError,
    /trace is "read", and must be an array of names/,
  ],
  ["a trace without a name", run([row], { trace: [Symbol("s")] }), TypeError, /has no value Symbol\(s\) to trace/],
  ["no engine", () => model.run(any(undefined), [row]), TypeError, /run: the engine is undefined, and must be what/],
  ["no engine for a session", () => model.session(any({})), TypeError, /session: the engine is an object, and must be/],
  ["a step of nothing", () => session.step(any(null)), ShapeError, /A step takes 3 numbers, and got null/],
  ["a step of texts", () => session.step(any(["1", "1", "1"])), RangeError, /Number 0 of the step is "1", and must be/],
  [
    "a step infinite in single precision",
    () => session.step([1, 2, -1e39]),
    RangeError,
    /Number 2 of the step is -1e\+39/,
  ],
  ["parameters of another size", () => model.parameters.set([1, 2]), RangeError, /there are 2 values, and must be \d+/],
  [
    "parameters that are texts",
    () => model.parameters.set(any(Array(model.parameterCount).fill("1"))),
    RangeError,
    /value 0 is "1"/,
  ],
]);

table("refused: options", [
  [
    "null",
    () => new NeuralTuringMachine(any(null)),
    TypeError,
    /^NeuralTuringMachine: the options are null, and must be/,
  ],
  [
    "the name of what every object has",
    () => copyTask(any({ toString: 1 })),
    TypeError,
    /copyTask has no option "toString"/,
  ],
  ["a prototype", () => copyTask(JSON.parse(`{"__proto__":1}`)), TypeError, /copyTask has no option "__proto__"/],
  [
    "a value without a text",
    () => copyTask(any({ bits: Object.create(null) })),
    RangeError,
    /bits is an object, and must/,
  ],
  [
    "an epsilon that is 0 in single precision",
    () => adam({ epsilon: 1e-50 }),
    RangeError,
    /epsilon is 1e-50, and must be a number above 0 that single precision can hold/,
  ],
  [
    "a fraction that is 1 in single precision",
    () => adam({ beta2: 0.999999999999 }),
    RangeError,
    /beta2 is 0.99999.*below 1/,
  ],
  [
    "a rate that is infinite in single precision",
    () => sgd({ learningRate: 1e39 }),
    RangeError,
    /learningRate is 1e\+39/,
  ],
  ["no options of an optimizer", () => rmsProp(any(null)), TypeError, /rmsProp: the options are null/],
  [
    "a fall every 0 steps, which never ended",
    () => staircase(1, { factor: 0.5, every: 0 }),
    RangeError,
    /staircase: every is 0/,
  ],
  [
    "a schedule behind a warm-up that is none",
    () => warmup(5, any(null)),
    RangeError,
    /warmup: then is null, and must be/,
  ],
  ["a schedule without options", () => linear(1, 0, any(undefined)), TypeError, /linear: the options are undefined/],
  ["a schedule of no steps", () => cosine(1, any({})), TypeError, /cosine needs the option "steps"/],
  [
    "a random number among more than 2³², which never ended",
    () => new Random(1).integer(0, 2 ** 33),
    RangeError,
    /span at most/,
  ],
  [
    "a random position that is none",
    () => new Random(1, 0, NaN),
    RangeError,
    /random position is NaN, and must be a whole/,
  ],
  [
    "an endless permutation",
    () => new Random(1).permutation(1e12),
    RangeError,
    /the length is 1000000000000, and must be/,
  ],
  [
    "a batch of no size",
    () => new Batch(sequenceLayout({ inputSize: any(undefined), targetSize: 1 })),
    RangeError,
    /Batch: an axis of x is undefined, and must be/,
  ],
  [
    "a batch of less than nothing",
    () => new Batch(sequenceLayout({ inputSize: 3, targetSize: 2 })).reset(-1, 4),
    RangeError,
    /Batch.reset: time is -1, and must be/,
  ],
  [
    "a batch that no memory holds",
    () => new Batch(sequenceLayout({ inputSize: 3, targetSize: 2 })).reset(1e9, 4),
    MemoryError,
    /^A batch would have to hold/,
  ],
  [
    "a task for more sequences than there can be",
    () => task.generate(new Random(1), 1e9, new Batch(sequenceLayout({ inputSize: 3, targetSize: 2 }))),
    RangeError,
    /count is 1000000000, and must be/,
  ],
]);

table("refused: training", [
  ["no engine", () => train(any(null), model, task), TypeError, /train: the engine is null/],
  [
    "no model",
    () => train(engine, any({}), task),
    TypeError,
    /train: the model is an object, and must be one that trains/,
  ],
  [
    "no task",
    () => train(engine, model, any(undefined)),
    TypeError,
    /train: the task is undefined, and must be a task/,
  ],
  ["options that are null", taught(any(null)), TypeError, /train: the options are null/],
  [
    "a batch that took all memory",
    taught({ batch: 1e9 }),
    RangeError,
    /train: batch is 1000000000, and must be .* to 65536/,
  ],
  [
    "an optimizer that is a name",
    taught({ optimizer: "adam" }),
    TypeError,
    /the optimizer is "adam", and must be made by adam/,
  ],
  ["no clip", taught({ clip: null }), TypeError, /train: clip: the options are null/],
  [
    "a clip that is a text",
    taught({ clip: { norm: "5" } }),
    RangeError,
    /train: clip: norm is "5", and must be a number above 0/,
  ],
  [
    "checkpoints that nobody takes",
    taught({ checkpoint: { every: 2 } }),
    TypeError,
    /checkpoint needs the option "write"/,
  ],
  ["evaluation that is no object", taught({ evaluate: 5 }), TypeError, /train: evaluate: the options are 5/],
  [
    "a file that is a name",
    taught({ resume: "a.safetensors" }),
    TypeError,
    /load: the bytes of a file are "a.safetensors"/,
  ],
]);

const { metadata, tensors } = decodeSafetensors(save(model, { task }));
const file = (said: Record<string, string>): Uint8Array => {
  const { crc32: _, ...rest } = metadata;
  return encodeSafetensors({ tensors, metadata: { ...rest, ...said } });
};
const read = (said: Record<string, string>) => () => loadCheckpoint(file(said));
const deep = (depth: number): string => `{"name":"a","options":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`;
const record = {
  step: 1,
  trainingPosition: 1,
  evaluationPosition: 0,
  batch: 2,
  seed: 1,
  clip: {},
  recent: [],
  optimizer: { name: "sgd", options: {} },
};

table("refused: files", [
  [
    "a task that is a number",
    read({ task: "5" }),
    CheckpointError,
    /what it says of its task is not a name and options/,
  ],
  ["a task that is no", read({ task: "false" }), CheckpointError, /what it says of its task/],
  ["a training record that is no", read({ training: "0" }), CheckpointError, /training record is not one/],
  ["options that are nested", read({ task: deep(50) }), CheckpointError, /its task are nested deeper than 32/],
  [
    "options that are nested without end",
    read({ task: deep(100_000) }),
    CheckpointError,
    /its task are (not JSON|nested)/,
  ],
  [
    "a batch of another size in the record",
    read({ training: JSON.stringify({ ...record, recent: [[1, 1, 3]] }) }),
    CheckpointError,
    /training record is not one/,
  ],
  [
    "a record of a curriculum that stands nowhere",
    read({ training: JSON.stringify({ ...record, progress: ["far"] }) }),
    CheckpointError,
    /record is not one/,
  ],
  [
    "a record of a batch of nothing",
    read({ training: JSON.stringify({ ...record, batch: 0 }) }),
    CheckpointError,
    /record is not one/,
  ],
  [
    "an option without a text",
    read({ options: JSON.stringify({ ...options, slots: { toString: 1 } }) }),
    CheckpointError,
    /slots is an object, and must be a whole number/,
  ],
  ["a name without end", read({ model: "x".repeat(1e6) }), UnknownModelError, /^.{100,600}$/],
  ["a name that moves the cursor", read({ model: "\x1b[2J" }), UnknownModelError, /holds a \ufffd\[2J, and/],
  [
    "no bytes",
    () => load(any("a.safetensors")),
    TypeError,
    /the bytes of a file are "a.safetensors", and must be a Uint8Array/,
  ],
  ["options that are null", () => load(save(model), any(null)), TypeError, /load: the options are null/],
  ["saving what is no model", () => save(any(null)), TypeError, /save: the model is null, and must be one/],
  [
    "saving a cycle",
    () => save(model, { task: { name: "a", options: { engine: globalThis } } }),
    TypeError,
    /must be plain JSON/,
  ],
  [
    "saving what would come back as something else",
    () => save(model, { task: { name: "Infinity", options: { a: NaN } } }),
    TypeError,
    /must be plain JSON/,
  ],
]);

const others = suite("found by fuzzing");

others("as many sequences as one likes can be packed", () => {
  const { lengths, time } = pack(
    "run",
    Array.from({ length: 300_000 }, (_, i) => [[i % 2]].slice()),
    1,
  );
  assert.equal([lengths.length, time], [300_000, 1]);
});

others("a file whose task or optimizer is named after what every object has does not fool tapehead train", async () => {
  const { planTraining } = await importCommandLine();
  const plan = (said: Record<string, string>) => (): unknown => {
    const { metadata, tensors } = decodeSafetensors(save(model, { task, training: { ...record, optimizerState } }));
    const { crc32: _, ...rest } = metadata;
    const bytes = encodeSafetensors({ tensors, metadata: { ...rest, ...said } });
    return planTraining({ steps: 9 }, { file: "f", checkpoint: loadCheckpoint(bytes), bytes });
  };
  const optimizerState = new Float32Array(model.parameterCount);
  assert.ok(plan({})());
  const optimizer = { name: "constructor", options: {} };
  const wrong: [Record<string, string>, RegExp][] = [
    [{ task: `{"name":"constructor","options":{}}` }, /does not train ntm on "constructor"/],
    [{ training: JSON.stringify({ ...record, optimizer }) }, /has no optimizer "constructor"/],
  ];
  for (const [said, message] of wrong) {
    const error = thrownBy(plan(said));
    assert.is(error.name, "UsageError");
    assert.match(error.message, message);
  }
});

others("what a schedule returns is checked, and nothing is left in the engine", async () => {
  const kept = keptIn(engine);
  for (const wrong of [NaN, -1, "1", 1n, Symbol("s"), undefined, 1e39]) {
    const training = train(engine, model, task, { optimizer: adam({ learningRate: () => any(wrong) }) });
    const error = await rejectedBy(training.next());
    assert.match(error.message, /^The learning rate of step 1 is .*, and must be finite and ≥ 0/);
    expectOurs(error);
  }
  assert.is(keptIn(engine), kept);
});

others("a session gives all of its memory back, its program too", () => {
  const kept = keptIn(engine);
  for (let i = 0; i < 3; ++i) model.session(engine).dispose();
  assert.is(keptIn(engine), kept);
});
others.run();
