import { runInNewContext } from "node:vm";
import fc from "./support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { load, loadCheckpoint } from "../bindings/load.js";
import { CheckpointError } from "../bindings/checkpoint/checkpointError.js";
import type { Numbers } from "../bindings/checkpoint/dtypes.js";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "../bindings/checkpoint/safetensors.js";
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

checkpoints("bytes of another realm load as ours do", () => {
  const bytes = save(new NeuralTuringMachine({ inputSize: 2, outputSize: 2, hiddenSize: 3, slots: 4, width: 2 }));
  const foreign = runInNewContext("Uint8Array.from(bytes)", { bytes: [...bytes] }) as Uint8Array;
  assert.not.ok(foreign instanceof Uint8Array);
  assert.equal([...save(load(foreign))], [...bytes]);
});

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

/** A file of these tensors and texts as another program might write it: without a checksum, each where it is said to be. */
function plainFile(
  metadata: Record<string, string>,
  entries: readonly { name: string; data: ArrayBufferView; shape: readonly number[]; dtype?: string; at?: number }[],
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let [end, next] = [0, 0];
  for (const { name, data, shape, dtype = "F32", at = next } of entries) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.byteLength] };
    next = at + data.byteLength;
    end = Math.max(end, next);
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  next = 0;
  for (const { data, at = next } of entries) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + json.length + at);
    next = at + data.byteLength;
  }
  return file;
}

checkpoints("a file without a checksum is a safetensors file, and no checkpoint of ours", () => {
  const { metadata, tensors } = decodeSafetensors(bytes);
  const { crc32: checksum, ...rest } = metadata;
  const entries = [...tensors].map(([name, { shape, data }]) => ({ name, shape, data }));
  const file = plainFile(rest, entries);
  assert.equal(decodeSafetensors(file).tensors, tensors);
  assert.is(fails(file).reason, "it has no checksum, so it is damaged");
  for (const wrong of ["", "0", checksum!.slice(1), `${checksum!}0`, "00000000"]) {
    assert.match(fails(plainFile({ ...rest, crc32: wrong }, entries)).reason, /its checksum is/);
  }
});

checkpoints("tensors fill a file one behind the other: no overlap, no gap, nothing in front or behind", () => {
  const pair = (at: number | undefined, more: object = {}): Uint8Array =>
    plainFile({}, [
      { name: "a", shape: [4], data: Float32Array.of(1, 2, 3, 4) },
      { name: "b", shape: [2, 2], data: Float32Array.of(5, 6, 7, 8), ...(at !== undefined && { at }), ...more },
    ]);
  assert.equal([...decodeSafetensors(pair(undefined)).tensors.get("b")!.data], [5, 6, 7, 8]);
  const reasonOf = (file: Uint8Array): string => (thrownBy(() => decodeSafetensors(file)) as CheckpointError).reason;
  for (const at of [0, 4, 8, 12, 20])
    assert.match(reasonOf(pair(at)), /the offsets of its tensor "b" are not consistent/);
  for (const shape of [[3], [5], [2, 2, 2], [0], []]) {
    assert.match(reasonOf(pair(undefined, { shape })), /the offsets of its tensor "b" are not consistent/);
  }
  assert.match(reasonOf(pair(undefined, { dtype: "F8" })), /its tensor "b" is F8, and must be one of F32, F16, I32/);
  assert.match(reasonOf(pair(undefined, { dtype: "constructor" })), /must be one of F32, F16, I32/);
  assert.match(reasonOf(plainFile({}, [{ name: "a", shape: [1], data: Float32Array.of(1), at: 4 }])), /not consistent/);
  const whole = pair(undefined);
  assert.match(reasonOf(whole.subarray(0, -1)), /it is cut off/);
  const longer = new Uint8Array(whole.length + 4);
  longer.set(whole);
  assert.match(reasonOf(longer), /has 4 bytes behind its last tensor/);
});

checkpoints("an empty tensor takes no room, wherever it stands", () => {
  const file = plainFile({}, [
    { name: "none", shape: [0, 3], data: new Float32Array(0) },
    { name: "a", shape: [2], data: Float32Array.of(1, 2) },
    { name: "nothing", shape: [0], data: new Float32Array(0) },
  ]);
  const { tensors } = decodeSafetensors(file);
  assert.equal(
    [...tensors].map(([name, { shape, data }]) => [name, shape, data.length]),
    [
      ["none", [0, 3], 0],
      ["a", [2], 2],
      ["nothing", [0], 0],
    ],
  );
});

checkpoints(
  "numbers of another type than F32 are refused, and so is an optimizer's state that is not there",
  async () => {
    const { trainer } = await trained(2, {});
    const { metadata, tensors } = decodeSafetensors(trainer);
    const { crc32: _, ...rest } = metadata;
    const with_ = (name: string, tensor: StoredTensor<Numbers> | undefined): Uint8Array => {
      const changed = new Map(tensors);
      if (tensor) changed.set(name, tensor);
      else changed.delete(name);
      return encodeSafetensors({ tensors: changed, metadata: rest });
    };
    for (const [name, reason] of [
      ["training.optimizer", /its "training.optimizer" must be F32/],
      ["output.weights", /its "output.weights" is I32, and must be F32/],
    ] as const) {
      const { shape, data } = tensors.get(name)!;
      assert.match(fails(with_(name, { shape, data: Int32Array.from(data) })).reason, reason);
    }
    assert.match(fails(with_("training.optimizer", undefined)).reason, /it lacks the tensor "training.optimizer"/);
    assert.match(
      fails(with_("more", tensors.get("output.weights")!)).reason,
      /a tensor "more" that its model does not/,
    );
  },
);

checkpoints("what does not belong to the model or to the training is refused", async () => {
  const { trainer } = await trained(2, {});
  const { metadata, tensors } = decodeSafetensors(trainer);
  const { crc32: _, ...rest } = metadata;
  const { recent, batch, ...record } = JSON.parse(rest["training"]!) as { recent: number[][]; batch: number };
  const withRecord = (change: object): Uint8Array =>
    encodeSafetensors({
      tensors,
      metadata: { ...rest, training: JSON.stringify({ ...record, batch, recent, ...change }) },
    });
  assert.is(loadCheckpoint(withRecord({})).training!.batch, 3);
  const [entry] = recent as [number[]];
  for (const wrong of [
    { recent: [entry.with(0, batch + 1)] },
    { recent: [entry, entry.slice(0, -1)] },
    { recent: [entry.with(1, 0), [...entry, 1]] },
    { recent: [[batch]] },
    { recent: [entry.with(1, null as never)] },
    { recent: {} },
    { batch: 0, recent: [] },
    { clip: { norm: "1" } },
    { clip: null },
    { gradientNoise: "0" },
    { optimizer: { name: "adam", options: { beta1: "0.9" } } },
    { seed: -1 },
    { evaluationPosition: 0.5 },
  ]) {
    assert.match(fails(withRecord(wrong)).reason, /training record is not one/, JSON.stringify(wrong));
  }
  const { shape, data } = tensors.get("output.weights")!;
  for (const other of [[...shape, 1], [1, ...shape], [...shape].reverse(), [data.length]]) {
    const changed = new Map([...tensors, ["output.weights", { shape: other, data }]]);
    assert.match(fails(encodeSafetensors({ tensors: changed, metadata: rest })).reason, /"output.weights" is \(/);
  }
});

checkpoints("training goes on only as it was: the limits of gradients, their noise, the data", async () => {
  const { trainer } = await trained(2, { clip: { norm: 3, value: 2 }, gradientNoise: 0.1, seed: 5 });
  const same = { batch: 3, clip: { norm: 3, value: 2 }, gradientNoise: 0.1, seed: 5, resume: trainer };
  const resume = (options: TrainOptions): string =>
    thrownBy(() => train(engine, new NeuralTuringMachine(tiny), task, { ...same, ...options })).message;
  train(engine, new NeuralTuringMachine(tiny), task, same);
  assert.match(resume({ clip: { norm: 3 } }), /the checkpoint's clip is {"norm":3,"value":2}, and must be {"norm":3}/);
  assert.match(resume({ clip: {} }), /the checkpoint's clip is/);
  assert.match(resume({ gradientNoise: 0 }), /the checkpoint's gradient noise is 0.1, and must be 0/);
  assert.match(resume({ seed: 6 }), /the checkpoint's seed is 5, and must be 6/);
  assert.match(resume({ optimizer: adam({ beta1: 0.8 }) }), /the checkpoint's optimizer is/);
});

checkpoints("evaluation goes on with sequences that it has not measured", async () => {
  const options = { optimizer: sgd({ learningRate: 1e-3 }), evaluate: { every: 2, sequences: 5 } };
  const evaluated = async (steps: number, more: TrainOptions = {}): Promise<unknown[]> => {
    const all: unknown[] = [];
    const model = new NeuralTuringMachine(tiny);
    for await (const { evaluation } of train(engine, model, task, { batch: 3, steps, ...options, ...more })) {
      if (evaluation) all.push(evaluation);
    }
    return all;
  };
  const whole = await evaluated(6);
  assert.is(whole.length, 3);
  const { trainer } = await trained(4, options);
  assert.equal(await evaluated(6, { resume: trainer }), whole.slice(2));
});

checkpoints("texts that go with a model are texts, under names that are free", () => {
  for (const metadata of [{ a: 1 }, { a: null }, { a: ["b"] }] as never[]) {
    assert.is(thrownBy(() => save(model, { metadata })).message, "metadata.a is no text, and must be one");
  }
  for (const name of ["format", "version", "model", "options", "task", "training", "crc32"]) {
    assert.match(thrownBy(() => save(model, { metadata: { [name]: "" } })).message, `The name "${name}" is taken`);
  }
});

checkpoints("an option that there is not is refused, with those there are", () => {
  const wrong: readonly (readonly [options: object, type: typeof TypeError | typeof RangeError, message: RegExp])[] = [
    [{ dtpye: "f16" }, TypeError, /^save has no option "dtpye"; it has task, training, metadata, dtype$/],
    [{ model }, TypeError, /^save has no option "model"/],
    [{ metadata: "a" }, RangeError, /^save: metadata is "a", and must be an object/],
  ];
  for (const [options, type, message] of wrong) {
    const error = thrownBy(() => save(model, options));
    assert.instance(error, type);
    assert.match(error.message, message);
  }
});

checkpoints("a header is UTF-8, and no larger than any there is", () => {
  const text = '{"__metadata__":{"a":"é"}}';
  const header = (json: Uint8Array, size = json.length): Uint8Array => {
    const file = new Uint8Array(8 + size).fill(0x20);
    new DataView(file.buffer).setBigUint64(0, BigInt(size), true);
    file.set(json, 8);
    return file;
  };
  const utf8 = new TextEncoder().encode(text);
  assert.is(decodeSafetensors(header(utf8)).metadata["a"], "é");
  const latin = Uint8Array.from(text, (character) => character.charCodeAt(0));
  assert.match(fails(header(latin)).reason, /its header is not JSON/);
  const most = 2 ** 24;
  assert.is(decodeSafetensors(header(utf8, most)).metadata["a"], "é");
  assert.match(fails(header(utf8, most + 8)).reason, /does not begin like a safetensors file/);
});

checkpoints("texts are nested as deep as any option, and no deeper", () => {
  const nested = (depth: number): string => '{"a":'.repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
  const withTask = (depth: number): Uint8Array => changed({ task: `{"name":"x","options":${nested(depth)}}` });
  assert.is(loadCheckpoint(withTask(31)).task!.name, "x");
  assert.match(fails(withTask(32)).reason, /its task are nested deeper than 32/);
});

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
