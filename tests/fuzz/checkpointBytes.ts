import * as assert from "uvu/assert";
import * as fc from "fast-check";
import { save, type Checkpoint as Saved } from "../../bindings/checkpoint/checkpoint.js";
import { load, loadCheckpoint } from "../../bindings/load.js";
import { crc32 } from "../../bindings/common/crc32.js";
import { CheckpointError } from "../../bindings/checkpoint/checkpointError.js";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { sgd } from "../../bindings/training/optimizers.js";
import { train, type TrainOptions } from "../../bindings/training/train.js";
import { largestAllocation } from "../support/allocations.js";
import { importCommandLine } from "../support/commandLine.js";
import { testEngine } from "../support/engine.js";
import { attempt, attemptAsync, expectOurs } from "../support/ours.js";
import { property } from "./property.js";

const { planTraining } = await importCommandLine();

const engine = await testEngine();
const tiny = { inputSize: 3, outputSize: 2, hiddenSize: 4, slots: 5, width: 3, seed: 1 };
const task = copyTask({ bits: 2, maxLength: 2, seed: 4 });
const trainOptions = { batch: 2, clip: { norm: 1 } };
const make = (options: object = {}): NeuralTuringMachine => new NeuralTuringMachine({ ...tiny, ...options });

async function trained(model: NeuralTuringMachine, options: TrainOptions): Promise<Uint8Array<ArrayBuffer>> {
  const training = train(engine, model, task, { ...options, steps: 3 });
  for await (const _ of training) {
    // all of them
  }
  return training.checkpoint();
}

/** Real files of every kind. */
const files = [
  await trained(make(), trainOptions),
  await trained(make({ controller: "feedforward", clipTo: Infinity }), { ...trainOptions, optimizer: sgd() }),
  save(make({ readHeads: 2 }), { task }),
  save(make()),
];

// Damage: bytes.

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
type Damage = (bytes: Uint8Array) => Uint8Array;
const at = (bytes: Uint8Array, where: number): number => Math.floor(where * bytes.length);
/** A place that is as often in the header as behind it. */
const spot = fc.oneof(
  place,
  place.map((where) => where * 0.3),
  place.map((where) => where * 0.003),
);

const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(spot, fc.integer({ min: 0, max: 7 })).map(([where, bit]) => (bytes: Uint8Array) => {
    bytes[at(bytes, where)]! ^= 1 << bit;
    return bytes;
  }),
  fc.tuple(spot, fc.integer({ min: 0, max: 255 })).map(([where, byte]) => (bytes: Uint8Array) => {
    bytes[at(bytes, where)] = byte;
    return bytes;
  }),
  spot.map(
    (where): Damage =>
      (bytes) =>
        bytes.slice(0, at(bytes, where)),
  ),
  fc.uint8Array({ maxLength: 40 }).map((more) => (bytes: Uint8Array) => Uint8Array.of(...bytes, ...more)),
  fc.tuple(spot, spot, fc.nat(64)).map(([from, to, length]) => (bytes: Uint8Array) => {
    return bytes.copyWithin(at(bytes, to), at(bytes, from), at(bytes, from) + length);
  }),
  fc.tuple(spot, spot, fc.nat(3)).map(([cut, go, other]) => (bytes: Uint8Array) => {
    const rest = files[other]!;
    return Uint8Array.of(...bytes.subarray(0, at(bytes, cut)), ...rest.subarray(at(rest, go)));
  }),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((size) => (bytes: Uint8Array) => {
    if (bytes.length >= 8) new DataView(bytes.buffer, bytes.byteOffset).setBigUint64(0, size, true);
    return bytes;
  }),
);

const damaged = fc
  .tuple(fc.nat(files.length - 1), fc.array(damages, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([file, list, sign]) => {
    const bytes = list.reduce<Uint8Array>((bytes, damage) => damage(bytes), files[file]!.slice());
    return sign ? signed(bytes) : bytes;
  });

/** The bytes with a checksum that is right, if there is one, so that what is behind it must notice. */
function signed(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const digits = /"crc32":"(.{8})"/.exec(text)?.index;
  if (digits === undefined) return bytes;
  bytes.set(Buffer.from("00000000"), digits + 9);
  bytes.set(Buffer.from(crc32(bytes).toString(16).padStart(8, "0")), digits + 9);
  return bytes;
}

// Damage: what the header says.

/** JSON of values that make trouble, also such as JSON.stringify would not write. */
const hostile = fc.oneof(
  fc.constantFrom(
    "0",
    "-1",
    "1",
    "2",
    "3",
    "8",
    "1.5",
    "4294967296",
    "2147483647",
    "9007199254740991",
    "9007199254740993",
    "1e308",
    "1e999",
    "-0",
    "1e-300",
  ),
  fc.constantFrom(
    "null",
    "true",
    "false",
    '""',
    '"Infinity"',
    '"lstm"',
    '"F64"',
    '"\\u0000"',
    "[]",
    "{}",
    "[null]",
    "[0,1e15]",
    "[[]]",
    "[-1,2]",
    "NaN",
    "]",
  ),
  fc.constantFrom(
    '{"__proto__":{"slots":5}}',
    '{"constructor":1}',
    '{"toString":1,"valueOf":1}',
    '{"length":3}',
    '{"name":"copy","options":{}}',
  ),
  fc.constantFrom(
    '{"name":"__proto__","options":{}}',
    '{"name":"constructor","options":{"x":1}}',
    '"constructor"',
    '"toString"',
  ),
  fc.tuple(fc.constantFrom(3, 40, 1000, 30_000), fc.boolean()).map(([depth, lists]) => {
    return lists ? "[".repeat(depth) + "]".repeat(depth) : `{"a":`.repeat(depth) + "1" + "}".repeat(depth);
  }),
  fc.nat(20).map((n) => JSON.stringify("x".repeat(2 ** n))),
  fc.integer({ min: -9, max: 99 }).map(String),
);

/** A value whose JSON is given. */
class Raw {
  constructor(readonly json: string) {}
}

function textOf(value: unknown): string {
  if (value instanceof Raw) return value.json;
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner)}`)
    .join()}}`;
}

type Node = Record<string, unknown>;
interface Change {
  kind: "replace" | "delete" | "add" | "swap";
  where: number;
  other: number;
  key: string;
  json: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("replace", "replace", "replace", "delete", "add", "swap"),
  where: place,
  other: place,
  key: fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "slots",
    "shape",
    "batch",
    "x",
    "crc32",
    "training.optimizer",
    "length",
  ),
  json: hostile,
});

/** Every place in a tree of JSON: an object or array, and a key of it. */
function places(node: unknown, list: [Node, string][] = []): [Node, string][] {
  if (typeof node !== "object" || node === null || node instanceof Raw) return list;
  for (const key of Object.keys(node)) {
    list.push([node as Node, key]);
    places((node as Node)[key], list);
  }
  return list;
}

function apply(tree: Node, { kind, where, other, key, json }: Change): void {
  const all = places(tree);
  if (!all.length) return;
  const [node, name] = all[Math.floor(where * all.length)]!;
  const [node2, name2] = all[Math.floor(other * all.length)]!;
  if (kind === "replace") node[name] = new Raw(json);
  else if (kind === "delete") delete node[name];
  else if (kind === "add" && !(key === "length" && Array.isArray(node)))
    Object.defineProperty(node, key, { value: new Raw(json), enumerable: true, configurable: true, writable: true });
  else if (kind === "swap" && !contains(node[name], node2) && !contains(node2[name2], node)) {
    [node[name], node2[name2]] = [node2[name2], node[name]];
  }
}

const contains = (outer: unknown, inner: unknown): boolean =>
  outer === inner ||
  (typeof outer === "object" && outer !== null && Object.values(outer).some((v) => contains(v, inner)));

interface Said {
  file: number;
  /** Which part is changed: the header, or one of the metadata, which are JSON in JSON. */
  part: "header" | "options" | "task" | "training";
  changes: Change[];
}

const said: fc.Arbitrary<Said> = fc.record({
  file: fc.nat(files.length - 1),
  part: fc.constantFrom("header", "options", "task", "training"),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});

/** A file whose header says something else, and whose checksum is right. */
function resaid({ file, part, changes }: Said): Uint8Array {
  const bytes = files[file]!;
  const size = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size))) as Record<string, Node>;
  const metadata = header["__metadata__"]!;
  const json = metadata[part] as string | undefined;
  if (json === undefined) for (const each of changes) apply(header, each);
  else {
    const tree = { root: JSON.parse(json) as unknown };
    for (const each of changes) apply(tree, each);
    metadata[part] = textOf(tree.root) ?? "";
  }
  const text = new TextEncoder().encode(textOf(header));
  const made = new Uint8Array(8 + text.length + bytes.length - 8 - size);
  new DataView(made.buffer).setBigUint64(0, BigInt(text.length), true);
  made.set(text, 8);
  made.set(bytes.subarray(8 + size), 8 + text.length);
  return signed(made);
}

// What must hold.

type Checkpoint = Saved<NeuralTuringMachine>;

/** Loads, or is refused with a CheckpointError, and takes no more memory than the file is large. */
function checked(bytes: Uint8Array): Checkpoint | undefined {
  const copy = bytes.slice();
  const least = 4 * bytes.length + 0x1_0000;
  try {
    let checkpoint: Checkpoint | undefined;
    const largest = largestAllocation(() => (checkpoint = loadCheckpoint(bytes, { file: "f" })));
    assert.ok(largest <= least, `${largest} bytes were allocated for a file of ${bytes.length}`);
    return checkpoint;
  } catch (error) {
    assert.instance(error, CheckpointError, (error as Error).stack!);
    expectOurs(error);
    assert.match((error as Error).message, /^Cannot load f: /);
    return undefined;
  } finally {
    assert.equal(bytes, copy);
  }
}

/** What was loaded is whole: it can be saved, that loads again as the same, and it runs. */
function whole({ model, ...rest }: Checkpoint): void {
  const again = save(model, rest);
  const { model: second, ...more } = loadCheckpoint(again);
  assert.equal(second.options, model.options);
  assert.equal(second.parameters.values, model.parameters.values);
  assert.equal(more, rest);
  assert.ok(model.parameters.values.every(Number.isFinite));
  const { outputs } = model.run(engine, [new Float32Array(model.options.inputSize)]);
  assert.is(outputs.shape.join(), `1,${model.options.outputSize}`);
  model.release(engine);
}

const loading = property("a damaged file", damaged, (bytes) => {
  const checkpoint = checked(bytes);
  if (checkpoint) whole(checkpoint);
});

const saying = property("a header that says something else", said, (what) => {
  const checkpoint = checked(resaid(what));
  if (checkpoint) whole(checkpoint);
});

const noise = property("any bytes", fc.uint8Array({ maxLength: 300 }), (bytes) => {
  assert.is(checked(bytes), undefined);
});

const model = make();
const values = model.parameters.values.slice();

/** Training goes on from it, or it is refused, and then the model is as it was. */
const resuming = property(
  "train({ resume })",
  fc.oneof(damaged, said.map(resaid)),
  async (bytes) => {
    model.parameters.set(values);
    const training = attempt(() => train(engine, model, task, { ...trainOptions, resume: bytes }));
    if (!training) return assert.equal(model.parameters.values, values);
    await attemptAsync(async () => {
      const first = await training.next();
      assert.ok(first.done === false && Number.isFinite(first.value.loss));
      load(training.checkpoint());
    });
    await training.return();
  },
  { cost: 3 },
);

const planning = property("tapehead train --resume", fc.oneof(damaged, said.map(resaid)), (bytes) => {
  const checkpoint = checked(bytes);
  if (checkpoint) attempt(() => planTraining({ steps: 99 }, { file: "f", checkpoint, bytes }));
});

export default [loading, saying, noise, resuming, planning];
