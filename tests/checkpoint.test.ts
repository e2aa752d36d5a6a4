import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { load, loadCheckpoint } from "../bindings/load.js";
import { CheckpointError } from "../bindings/checkpoint/checkpointError.js";
import { decodeSafetensors, encodeSafetensors } from "../bindings/checkpoint/safetensors.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { systems } from "../bindings/declarations.js";
import type { SystemDeclaration } from "../bindings/systems/defineSystem.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { adam, rmsProp, sgd, type Optimizer } from "../bindings/training/optimizers.js";
import { train, type TrainOptions } from "../bindings/training/train.js";
import { testEngine } from "./support/engine.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const tiny = { inputSize: 5, outputSize: 4, hiddenSize: 6, slots: 8, width: 4, seed: 2 };
const task = copyTask({ bits: 4, maxLength: 4, seed: 9 });
const model = new NeuralTuringMachine({ ...tiny, clipTo: Infinity });
const bytes = save(model, { task });

const checkpoints = suite("checkpoint");

checkpoints("a model has the name that files know its class by", () => {
  for (const { model: Class, fitting, example } of systems as readonly SystemDeclaration[]) {
    const ofTask = example.task() as unknown as Readonly<Record<string, unknown>>;
    const made = new Class(Object.fromEntries(fitting.map((name) => [name, ofTask[name]])) as never);
    assert.is(made.name, Class.className);
  }
});

checkpoints("a saved model comes back with its options and every bit", () => {
  const { model: loaded, task: saved } = loadCheckpoint(bytes);
  assert.instance(loaded, NeuralTuringMachine);
  assert.equal(loaded.options, model.options);
  assert.equal(loaded.parameters.values, model.parameters.values);
  assert.equal(saved, { name: "copy", options: task.options });
  assert.equal(save(load(bytes), { task }), bytes);
});

checkpoints("loading leaves the bytes alone, whatever kind of bytes they are", () => {
  const buffer = Buffer.from(bytes);
  load(buffer);
  assert.ok(buffer.equals(bytes));
  const inside = new Uint8Array(bytes.length + 13);
  inside.set(bytes, 5);
  assert.equal(load(inside.subarray(5, 5 + bytes.length)).options, model.options);
});

checkpoints("the file is plain safetensors", () => {
  const size = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assert.is(size % 8, 0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size)));
  const { "output.weights": weights } = header;
  assert.equal(weights.shape, [10, 4]);
  assert.is(weights.dtype, "F32");
  assert.is(header.__metadata__.model, "NeuralTuringMachine");
});

async function trained(steps: number, options: TrainOptions): Promise<{ file: Uint8Array; trainer: Uint8Array }> {
  const fresh = new NeuralTuringMachine(tiny);
  const training = train(engine, fresh, task, { batch: 3, ...options });
  for await (const { step } of training) {
    if (step === steps) return { file: save(fresh), trainer: training.checkpoint() };
  }
  throw new Error("training ended early");
}

const optimizers: Record<string, () => Optimizer> = { sgd, rmsProp, adam };
for (const [name, make] of Object.entries(optimizers)) {
  checkpoints(`training with ${name} goes on bit for bit after it was stopped`, async () => {
    const options = { optimizer: make(), evaluate: { every: 3, sequences: 5 } };
    const whole = await trained(8, options);
    const half = await trained(5, options);
    const rest = await trained(8, { ...options, resume: half.trainer });
    assert.equal(rest.file, whole.file);
    assert.equal(rest.trainer, whole.trainer);
  });
}

checkpoints("resuming with other settings is refused, with both values", async () => {
  const { trainer } = await trained(2, {});
  const resume = (options: TrainOptions, other = task, m = new NeuralTuringMachine(tiny)): string =>
    thrownBy(() => train(engine, m, other, { batch: 3, resume: trainer, ...options })).message;
  assert.is(resume({ batch: 4 }), "Cannot resume: the checkpoint's batch is 3, and must be 4");
  assert.match(resume({ optimizer: sgd() }), /optimizer is {"name":"adam".*must be {"name":"sgd"/);
  assert.match(resume({}, copyTask({ bits: 4, maxLength: 5, seed: 9 })), /checkpoint's task is/);
  assert.match(resume({}, task, new NeuralTuringMachine({ ...tiny, slots: 9 })), /model options/);
  assert.match(resume({ resume: save(new NeuralTuringMachine(tiny)) }), /no state of training/);
});

const fails = (file: Uint8Array): CheckpointError => {
  const error = thrownBy(() => load(file, { file: "x.safetensors" }));
  assert.instance(error, CheckpointError, error.stack ?? "");
  assert.match(error.message, /^Cannot load x\.safetensors: /);
  return error as CheckpointError;
};

checkpoints("a file cut off anywhere is refused", () => {
  for (let length = 0; length < bytes.length; length += 1 + Math.floor(length / 40)) fails(bytes.subarray(0, length));
  const longer = new Uint8Array(bytes.length + 4);
  longer.set(bytes);
  assert.match(fails(longer).reason, /behind its last tensor/);
});

checkpoints("a file with any one bit flipped is refused", () => {
  const flip = fc.record({ at: fc.nat(bytes.length - 1), bit: fc.nat(7) });
  fc.assert(
    fc.property(flip, ({ at, bit }) => {
      const damaged = bytes.slice();
      damaged[at] = damaged[at]! ^ (1 << bit);
      fails(damaged);
    }),
    { seed: 1, numRuns: 1500 },
  );
});

checkpoints("random bytes are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => void fails(noise)),
    { seed: 2, numRuns: 1000 },
  );
});

/** A file that is whole, but says something else. */
function changed(metadata: Record<string, string>, rename: (name: string) => string = (name) => name): Uint8Array {
  const container = decodeSafetensors(bytes);
  const { crc32: _, ...rest } = container.metadata;
  const tensors = new Map([...container.tensors].map(([name, tensor]) => [rename(name), tensor]));
  return encodeSafetensors({ tensors, metadata: { ...rest, ...metadata } });
}

const foreign: [what: string, file: Uint8Array, reason: RegExp][] = [
  ["of another program", encodeSafetensors({ tensors: new Map(), metadata: {} }), /no saved model of Tapehead's/],
  [
    "of a later version",
    changed({ version: "2" }),
    /has format version 2, and this version of Tapehead reads version 1/,
  ],
  ["of an unknown model", changed({ model: "HAL" }), /holds a HAL, and was to hold one of Neural/],
  ["that names a method of Object", changed({ model: "constructor" }), /holds a constructor/],
  ["with options that are no JSON", changed({ options: "{" }), /options are not JSON/],
  ["with options out of range", changed({ options: "{}" }), /do not make a NeuralTuringMachine: .* needs the option/],
  ["with a tensor of another name", changed({}, (name) => name.replace("h0", "hh")), /lacks the parameter "controller/],
  [
    "that asks for more memory than there is",
    changed({ options: JSON.stringify({ ...tiny, slots: 2e9 }) }),
    /is \(1, 8\), and must be \(1, 2000000000\)/,
  ],
];
for (const [what, file, reason] of foreign) {
  checkpoints(`a file ${what} is refused`, () => assert.match(fails(file).reason, reason));
}

checkpoints(
  "a training record that is not one is refused, and so is an optimizer's state of another size",
  async () => {
    const { trainer } = await trained(2, {});
    const container = decodeSafetensors(trainer);
    const { crc32: _, ...metadata } = container.metadata;
    const record = JSON.parse(metadata["training"]!);
    const encode = (training: unknown, tensors = container.tensors): Uint8Array =>
      encodeSafetensors({ tensors, metadata: { ...metadata, training: JSON.stringify(training) } });
    assert.is(loadCheckpoint(encode(record)).training!.step, 2);
    for (const wrong of [
      1,
      [],
      { ...record, step: -1 },
      { ...record, recent: [[1, 2]] },
      { ...record, optimizer: null },
    ]) {
      assert.match(fails(encode(wrong)).reason, /training record is not one/);
    }
    const state = container.tensors.get("training.optimizer")!;
    const short = { shape: [3], data: state.data.slice(0, 3) };
    const resume = encode(record, new Map([...container.tensors, ["training.optimizer", short]]));
    const error = thrownBy(() => train(engine, new NeuralTuringMachine(tiny), task, { batch: 3, resume }));
    assert.match(error.message, /optimizer's state is 3, and must be/);
  },
);

checkpoints("a parameter that is not finite is refused, and is not saved in the first place", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const { metadata, tensors } = decodeSafetensors(bytes);
    const { crc32: _, ...rest } = metadata;
    tensors.get("output.weights")!.data[7] = value;
    const reason = /"output.weights" holds numbers that are not finite/;
    assert.match(fails(encodeSafetensors({ tensors, metadata: rest })).reason, reason);
    const broken = new NeuralTuringMachine(tiny);
    const values = broken.parameters.values.slice();
    values[7] = value;
    broken.parameters.set(values);
    const error = thrownBy(() => save(broken));
    assert.instance(error, RangeError);
    assert.match(error.message, /^save: "initialReadWeights" holds numbers that are not finite/);
  }
});

checkpoints.run();
