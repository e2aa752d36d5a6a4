import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { load, loadCheckpoint } from "../bindings/load.js";
import { CheckpointError } from "../bindings/checkpoint/checkpointError.js";
import { decodeSafetensors } from "../bindings/checkpoint/safetensors.js";
import type { CompiledModel } from "../bindings/compiled/compiledModel.js";
import { compileModel } from "../bindings/compiled/compileModel.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import { signatures } from "../bindings/compiled/generated/signatures.js";
import type { Kernel } from "../bindings/compiled/signature.js";
import { Graph } from "../bindings/graph/graph.js";
import { lower, type Block } from "../bindings/graph/lower.js";
import type { Instruction } from "../bindings/graph/op.js";
import { recordIn } from "../bindings/graph/op.js";
import * as ops from "../bindings/graph/ops/index.js";
import { sizeOf } from "../bindings/graph/shape.js";
import { evaluate, type Dimension } from "../bindings/graph/size.js";
import {
  NeuralTuringMachine,
  type NeuralTuringMachineOptions,
} from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import type { RecurrentModel } from "../bindings/models/recurrentModel.js";
import { Random } from "../bindings/common/random/philox.js";
import type { Rows } from "../bindings/runtime/sequences.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { train } from "../bindings/training/train.js";
import { opTests, type OpName } from "./ops/index.js";
import { bytesOf, sameBytes, tampered, type Parts } from "./support/compiledFile.js";
import { testEngine } from "./support/engine.js";
import { Everything } from "./support/everything.js";
import { inputsOf, type OpTest } from "./support/opTest.js";
import { rejectedBy, thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const runEngine = await testEngine("run");
const tiny = { inputSize: 3, outputSize: 2, hiddenSize: 5, slots: 9, width: 4, seed: 7 };
const variants: Record<string, Partial<NeuralTuringMachineOptions>> = {
  "the defaults": {},
  "a feedforward controller": { controller: "feedforward" },
  "two read heads and three write heads": { readHeads: 2, writeHeads: 3 },
  "reading before writing": { order: "read-write" },
  "five shifts and ReLU keys": { shifts: 5, keyActivation: "relu", clipTo: Infinity },
  "the paper's sizes": { hiddenSize: 100, slots: 128, width: 20 },
};
const trace = ["readWeights", "memory"];

function sequence(length: number, size: number, stream: number): number[][] {
  const random = new Random(5, stream);
  return Array.from({ length }, () => Array.from({ length: size }, () => Math.fround(random.uniform(-1, 1))));
}

const batches: Record<string, (size: number) => number[][] | number[][][]> = {
  "one sequence": (size) => sequence(7, size, 0),
  ...Object.fromEntries(
    [1, 3, 8, 13, 17].map((count) => [
      `${count} sequences of different lengths`,
      (size: number) => Array.from({ length: count }, (_, i) => sequence(1 + ((i * 5) % 11), size, i)),
    ]),
  ),
};

/** Every number of a result, of all sequences. */
const bitsOf = (rows: Rows): Uint8Array =>
  bytesOf(...(rows.data ? [rows] : (rows as unknown as Rows[])).map(({ data }) => data));

const bits = suite("a compiled model has the bits of its model");

const everything = new Everything();
const models: Record<string, [RecurrentModel, traced: readonly string[]]> = {
  ...Object.fromEntries(
    Object.entries(variants).map(([what, options]) => [
      `with ${what}`,
      [new NeuralTuringMachine({ ...tiny, ...options }), trace],
    ]),
  ),
  "of many ops, with a loop in its loop": [everything, []],
};
for (const [what, [model, traced]] of Object.entries(models)) {
  const compiled = loadCompiled(compileModel(model, { trace: traced }));

  bits(`${what}: in runs of any batch`, () => {
    for (const inputsOf of Object.values(batches)) {
      const inputs = inputsOf(model.inputSize);
      const expected = model.run(engine, inputs, { trace: traced });
      for (const on of [engine, runEngine]) {
        const actual = compiled.run(on, inputs, { trace: traced });
        assert.ok(sameBytes(bitsOf(actual.outputs), bitsOf(expected.outputs)));
        for (const name of traced) {
          assert.ok(sameBytes(bitsOf(actual.trace[name]!), bitsOf(expected.trace[name]!)), name);
        }
      }
    }
  });

  bits(`${what}: step by step, and again after a reset`, () => {
    const [expected, actual] = [model.session(engine), compiled.session(runEngine)];
    for (let round = 0; round < 2; ++round) {
      for (const x of sequence(6, model.inputSize, 3)) {
        assert.ok(sameBytes(bytesOf(actual.step(x).slice()), bytesOf(expected.step(x).slice())));
      }
      expected.reset();
      actual.reset();
    }
    expected.dispose();
    actual.dispose();
  });
}

bits("the binary of tapehead/run has all that they need, and nothing that trains", async () => {
  const model = new NeuralTuringMachine(tiny);
  const task = copyTask({ bits: 2 });
  const error = await rejectedBy(train(runEngine, model, task, { steps: 1 }).next());
  assert.match(error.message, /has an instruction that this binary lacks; the one of tapehead\/full has all/);
});

bits("on the shipped binary too, and on two engines", async () => {
  const model = new NeuralTuringMachine(tiny);
  const compiled = loadCompiled(compileModel(model));
  const inputs = sequence(9, 3, 1);
  const expected = bitsOf(model.run(engine, inputs).outputs);
  for (let i = 0; i < 2; ++i) {
    const release = await testEngine("release");
    assert.ok(sameBytes(bitsOf(compiled.run(release, inputs).outputs), expected));
    release.dispose();
  }
});
bits.run();

const files = suite("compiled files");
const model = new NeuralTuringMachine(tiny);
const bytes = compileModel(model, { trace, metadata: { vocabulary: "abc", task: "{}" } });

files("say what they hold", () => {
  const compiled = loadCompiled(bytes);
  assert.is(compiled.name, "NeuralTuringMachine");
  assert.equal(compiled.options, model.options);
  assert.equal(compiled.metadata, { vocabulary: "abc", task: "{}" });
  assert.equal([compiled.inputSize, compiled.outputSize, compiled.trace], [3, 2, trace]);
  assert.is(compiled.parameterCount, model.parameterCount);
  assert.equal(
    compiled.parameters.map(({ path, shape }) => [path, shape]),
    model.parameters.parameters.map(({ path, shape }) => [path, shape]),
  );
});

files("are plain safetensors, and the same model makes the same file", () => {
  const { tensors, metadata } = decodeSafetensors(bytes);
  assert.equal(tensors.get("output.weights")!.shape, [9, 2]);
  assert.instance(tensors.get("program run of 8")!.data, Int32Array);
  assert.is(metadata["format"], "tapehead compiled");
  assert.equal(
    compileModel(load(save(model)) as RecurrentModel, { trace, metadata: { vocabulary: "abc", task: "{}" } }),
    bytes,
  );
});

files("a vocabulary goes with a saved model, and from there into its compiled file", () => {
  const { metadata } = loadCheckpoint(save(model, { metadata: { vocabulary: "xyz" } }));
  assert.equal(loadCompiled(compileModel(model, { metadata: metadata! })).metadata, { vocabulary: "xyz" });
  assert.match(thrownBy(() => save(model, { metadata: { model: "HAL" } })).message, /name "model" is taken/);
  assert.match(thrownBy(() => compileModel(model, { metadata: { programs: "" } })).message, /"programs" is taken/);
});

files("what was not compiled cannot be traced", () => {
  const run = (m: CompiledModel, name: string): string =>
    thrownBy(() => m.run(engine, sequence(2, 3, 0), { trace: [name] })).message;
  assert.match(
    run(loadCompiled(bytes), "erase"),
    /no value "erase" to trace; it was compiled to bring back readWeights/,
  );
  assert.match(run(loadCompiled(compileModel(model)), "memory"), /no value "memory" to trace; it was compiled without/);
  assert.match(thrownBy(() => compileModel(model, { trace: ["mind"] })).message, /has no value "mind" to trace/);
});

files("inputs are checked as the model checks them", () => {
  const compiled = loadCompiled(bytes);
  for (const wrong of [[], [[1, 2]], [[1, 2, NaN]], "abc"]) {
    const [expected, actual] = [model, compiled].map((m) => thrownBy(() => m.run(engine, wrong as never)));
    assert.is(actual!.message, expected!.message);
    assert.is(actual!.constructor, expected!.constructor);
  }
});

files("inputs that were refused leave nothing behind", async () => {
  const small = await testEngine();
  const compiled = loadCompiled(bytes);
  const expected = bitsOf(compiled.run(small, sequence(3, 3, 0)).outputs);
  const allocate = small.memory.allocate.bind(small.memory);
  small.memory.allocate = (size) => {
    if (size > 10_000) throw new RangeError("full");
    return allocate(size);
  };
  for (let i = 0; i < 2; ++i) {
    assert.is(thrownBy(() => compiled.run(small, sequence(2000, 3, 0))).message, "full");
  }
  assert.ok(sameBytes(bitsOf(compiled.run(small, sequence(3, 3, 0)).outputs), expected));
});

const refused = (file: Uint8Array): CheckpointError => {
  const error = thrownBy(() => loadCompiled(file, { file: "x.tape" }));
  assert.instance(error, CheckpointError, error.stack ?? "");
  return error as CheckpointError;
};

files("a file cut off anywhere, or with a bit flipped, is refused", () => {
  for (let at = 0; at < bytes.length; at += 1 + Math.floor(at / 60)) {
    refused(bytes.subarray(0, at));
    const damaged = bytes.slice();
    damaged[at] = damaged[at]! ^ (1 << (at % 8));
    refused(damaged);
  }
});

files("saved models and compiled ones are told apart", () => {
  assert.match(refused(save(model)).message, /^Cannot load x\.tape: it is a saved model, which `load` loads/);
  assert.match(
    thrownBy(() => load(bytes)).message,
    /it is a compiled model, which `loadCompiled` of tapehead\/run loads/,
  );
});

type Tamper = (parts: Parts) => void;
/** Where an instruction is in the program of one row, by its opcode. */
function find({ programs, words }: Parts, name: string): number {
  const opcode = programs.opcodes.indexOf(name);
  const list = words("program run of 1");
  let p = 0;
  while ((list[p]! & 0xffff) !== opcode) p += list[p]! >>> 16;
  return p;
}
const setWord =
  (name: string, offset: number, value: number): Tamper =>
  (parts) => {
    const at = find(parts, name) + offset;
    parts.words("program run of 1")[at] = value;
  };
const operand = (register: number, element: number): number => register | (element << 5);

const tampers: readonly (readonly [what: string, change: Tamper, reason: RegExp])[] = [
  ["of a later version", (p) => (p.metadata["version"] = "3"), /has format version 3/],
  ["of another kind", (p) => (p.metadata["format"] = "x"), /no compiled model/],
  ["whose programs are no JSON", (p) => (p.metadata["programs"] = "{"), /programs are not JSON/],
  ["whose options are no JSON", (p) => (p.metadata["options"] = "{"), /options are not JSON/],
  ["without programs", (p) => (p.programs.methods = {}), /programs are not there/],
  ["without a program for one row", (p) => p.programs.methods["run"]!.shift(), /no program for one row/],
  ["whose session is an array", (p) => (p.programs.session = [] as never), /session is not there/],
  ["of an unknown instruction", (p) => (p.programs.opcodes[0] = "launch"), /instruction launch, which no/],
  ["of an instruction of training", (p) => (p.programs.opcodes[0] = "adam"), /instruction adam, which no/],
  ["of a method of Object", (p) => (p.programs.opcodes[0] = "constructor"), /instruction constructor, which no/],
  ["whose instruction has no name", (p) => (p.programs.opcodes[0] = { toString: 1 } as never), /that is none/],
  [
    "whose words are another tensor's",
    (p) => (p.programs.methods["run"]![0]!.words = "output.weights"),
    /no program "output/,
  ],
  [
    "with two programs of the same words",
    (p) => (p.programs.methods["run"]![1]!.words = "program run of 1"),
    /no program "program run of 1/,
  ],
  ["with rows that are none", (p) => (p.programs.methods["run"]![1]!.rows = 0), /program for 0 rows/],
  ["with rows that it has not", (p) => (p.programs.methods["run"]![1]!.rows = 7), /port without 7 rows/],
  ["whose words are no instruction", (p) => (p.words("program run of 1")[0] = 3), /is no instruction/],
  ["with an opcode it does not name", (p) => (p.words("program run of 1")[0] = 0x3_00ff), /is no instruction/],
  ["without an end", (p) => p.cut("program run of 1", 1), /is missing/],
  ["with words behind its end", (p) => p.cut("program run of 1", -1), /is no instruction|ends before/],
  [
    "that writes to its parameters",
    setWord("tanhForward", 1, operand(0, 0)),
    /writes to register 0, which is to be read/,
  ],
  ["that uses gradients", setWord("tanhForward", 1, operand(1, 0)), /uses register 1, which points at nothing/],
  [
    "that uses an optimizer's state",
    setWord("tanhForward", 2, operand(4, 0)),
    /uses register 4, which points at nothing/,
  ],
  ["that uses another loop's frame", setWord("tanhForward", 2, operand(20, 0)), /uses register 20/],
  [
    "that reads behind its parameters",
    setWord("tanhForward", 2, operand(0, 1e6)),
    /bytes behind register 0, which has/,
  ],
  ["that writes behind its buffers", setWord("tanhForward", 1, operand(2, 2 ** 27 - 1)), /bytes behind register 2/],
  ["with a size of 0", setWord("tanhForward", 3, 0), /has the size 0/],
  ["with a size too large", setWord("tanhForward", 3, 2 ** 31), /has the size 2147483648/],
  ["with a size a little too large", setWord("linearForward", 6, 5000), /bytes behind register/],
  ["with an even number of shifts", setWord("circularConvolutionForward", 5, 4), /sizes that its kernel cannot take/],
  ["with a loop in the parameters' register", setWord("scanEnter", 2, 0), /cannot have register 0/],
  ["with a loop beyond the registers", setWord("scanEnter", 2, 31), /cannot have register 32/],
  ["with a loop far beyond them", setWord("scanEnter", 2, 33), /cannot have register 33/],
  ["that keeps frames", setWord("scanEnter", 5, 1), /keeps all frames/],
  ["whose record is elsewhere", setWord("scanEnter", 1, operand(2, 2 ** 27 - 1)), /bytes behind register 2/],
  ["whose loop is not the one entered", setWord("scanLoop", 3, 16), /another loop than the one that was entered/],
  ["whose flag is elsewhere", setWord("scanLoop", 7, operand(9, 1e6)), /has the size 0|bytes behind register 9/],
  ["whose body is too long", setWord("scanLoop", 9, 1e6), /body that is longer than/],
  ["whose body is too short", setWord("scanLoop", 9, 5), /is longer than what there is|is missing/],
  ["with more sequences than words", setWord("scanLoop", 10, 7), /has not the words/],
  ["whose sequence takes a frame's register", setWord("scanLoop", 11, 5), /cannot have register 5/],
  ["whose elements are too long", setWord("scanLoop", 13, 4000), /bytes behind register 3/],
  ["whose elements are no numbers", setWord("scanLoop", 13, 2), /elements of 2 bytes/],
  ["that turns frames in a run", setWord("tanhForward", 0, 0), /no instruction|has not the words/],
  [
    "with a region that is negative",
    (p) => (p.programs.methods["run"]![0]!.regions[0]![0] = -16),
    /has a wrong region/,
  ],
  [
    "with a region that is no number",
    (p) => (p.programs.methods["run"]![0]!.regions[0]![0] = "x" as never),
    /has a wrong region/,
  ],
  ["with smaller buffers", (p) => (p.programs.methods["run"]![0]!.regions[0]![0] -= 64), /bytes behind register 2/],
  ["with smaller inputs", (p) => (p.programs.methods["run"]![0]!.regions[1]![1]![0] -= 1), /has a wrong port/],
  ["of unknown lengths", (p) => (p.programs.methods["run"]![0]!.regions[1]![1]![1] = "space"), /has a wrong port/],
  [
    "with a relocation outside",
    (p) => (p.programs.methods["run"]![0]!.relocations[0]![1] = 1e6),
    /has a wrong relocation/,
  ],
  [
    "with a relocation of no kind",
    (p) => (p.programs.methods["run"]![0]!.relocations[0]![0] = "x" as never),
    /has a wrong relocation/,
  ],
  ["without a relocation", (p) => p.programs.methods["run"]![0]!.relocations.shift(), /has the size 0|another loop/],
  ["with an input elsewhere", (p) => (p.programs.methods["run"]![0]!.inputs["x"]![1] = [64, -1]), /has a wrong offset/],
  ["with an input of another size", (p) => (p.programs.methods["run"]![0]!.inputs["x"]![0][2] = 4), /has a wrong port/],
  [
    "with a second input",
    (p) => (p.programs.methods["run"]![0]!.inputs["z"] = p.programs.methods["run"]![0]!.inputs["x"]!),
    /programs with different inputs and outputs/,
  ],
  ["whose session has no frame", (p) => (p.programs.session!.frame = 0), /bytes behind register/],
  ["whose session's frame is elsewhere", (p) => (p.programs.session!.frameRegister = 31), /has a wrong session/],
  ["whose session's frame is the parameters", (p) => (p.programs.session!.frameRegister = 0), /has a wrong session/],
  [
    "whose session starts elsewhere",
    (p) => (p.programs.session!.step += 1),
    /no instruction|is longer|ends before|wrong session/,
  ],
  ["whose session has a sequence elsewhere", (p) => (p.programs.session!.sequences[0]![0] = 40), /has a wrong session/],
  ["with a parameter less", (p) => p.tensors.delete("initialReadWeights"), /bytes behind register 0/],
  ["with a parameter that is not finite", (p) => (p.tensors.get("initialRead")!.data[0] = NaN), /are not finite/],
];
for (const [what, change, reason] of tampers) {
  files(`a file ${what} is refused, though its checksum is right`, () => {
    assert.match(refused(tampered(bytes, change)).reason, reason);
  });
}

files("a file that was taken apart and put together again is accepted", () => {
  assert.equal(
    tampered(bytes, () => {}),
    bytes,
  );
});

files("what only a length shows is refused when there is that length", () => {
  const stretched = tampered(bytes, (parts) => {
    for (const relocation of parts.programs.methods["run"]![0]!.relocations) {
      if (relocation[0] === "size") relocation[2] = [1, "time", "time"]; // steps
    }
  });
  const compiled = loadCompiled(stretched);
  compiled.run(engine, sequence(1, 3, 0));
  for (let i = 0; i < 2; ++i) {
    const error = thrownBy(() => compiled.run(engine, sequence(2, 3, 0)));
    assert.instance(error, CheckpointError);
    assert.match(error.message, /bytes behind register 3/);
  }
  compiled.run(engine, sequence(1, 3, 0));
});
files.run();

const table = suite("the table of what kernels touch is what the compiler plans for");
const byOpcode = new Map<number, readonly [name: string, kernel: Kernel]>();
for (const [name, signature] of Object.entries(signatures)) {
  if (signature?.kernel) byOpcode.set(signature.opcode as number, [name, signature.kernel]);
}
const met = new Set<string>();
type Lengths = ReadonlyMap<Dimension, number>;

/** Every instruction's operands are the elements that the table says; copies of parts may be less. */
function compare(block: Block, lengths: Lengths): void {
  for (const item of block) {
    if (item.kind === "loop") {
      for (const part of [item.prologue, item.body, item.epilogue]) compare(part, lengths);
    } else if (item.kind === "fork") for (const branch of item.branches) compare([...branch], lengths);
    else compareOne(item, lengths);
  }
}

function compareOne({ opcode, writes, adds, reads, sizes, scalars }: Instruction, lengths: Lengths): void {
  const [name, kernel] = byOpcode.get(opcode) ?? assert.unreachable(`no row for opcode ${opcode}`) ?? [];
  met.add(name!);
  const values = sizes.map((size) => evaluate(size, lengths));
  const elements = (tensors: Instruction["reads"]): number[] =>
    tensors.map(({ shape }) => evaluate(sizeOf(shape), lengths));
  assert.is(kernel!.sizes, sizes.length, name);
  assert.is(kernel!.scalars, scalars.length, name);
  values.forEach((value, i) => assert.ok(value >= (kernel!.orZero?.includes(i) ? 0 : 1), name));
  assert.ok(kernel!.allows?.(...values) ?? true, name);
  for (const [touched, planned] of [
    [kernel!.writes(...values), elements([...writes, ...adds])],
    [kernel!.reads(...values), elements(reads)],
  ]) {
    assert.is(touched!.length, planned!.length, name);
    touched!.forEach((count, i) => {
      if (name === "copyBlocks") assert.ok(count <= planned![i]!, `${name} ${values}`);
      else assert.is(count, planned![i]!, `${name} ${values}`);
    });
  }
}

/**
 * Losses, what misses are counted by, dropout, bags of words, which layers compose of other ops where they run: nothing that
 * runs a model computes them; compiled models have none.
 */
const ofTraining: readonly OpName[] = [
  "binaryCrossEntropy",
  "categoricalCrossEntropy",
  "squaredError",
  "huber",
  "bitErrors",
  "bitMisses",
  "classMisses",
  "dropout",
  "logLikelihood",
  "embeddingBag",
];
for (const [name, { cases }] of Object.entries(opTests) as [OpName, OpTest][]) {
  if (ofTraining.includes(name)) continue;
  table(`forward of ${name}`, () => {
    for (const row of cases) {
      const graph = new Graph();
      const tensors = inputsOf(row, new Random(1)).map(({ shape }, i) => graph.input(`${i}`, shape));
      recordIn(graph, ops[name].definition, tensors, row.attributes);
      compare(lower(graph.root), new Map());
    }
  });
}

table("models", () => {
  for (const [recorded] of Object.values(models)) {
    for (const rows of [1, 3, 40]) {
      const graph = new Graph();
      void recorded.parameters;
      const time = graph.dimension("time");
      recorded.record(graph, graph.input("x", [time, rows, recorded.inputSize]));
      compare(lower(graph.root), new Map([[time, 3]]));
    }
  }
});

table("large memories", () => {
  const model = new NeuralTuringMachine({ inputSize: 2, outputSize: 1, hiddenSize: 3, slots: 16_385, width: 2 });
  void model.parameters;
  const graph = new Graph();
  const time = graph.dimension("time");
  model.record(graph, graph.input("x", [time, 2, 2]));
  compare(lower(graph.root), new Map([[time, 3]]));
});

table("every row has been met", () => {
  assert.equal(
    [...byOpcode.values()].map(([name]) => name).filter((name) => !met.has(name)),
    [],
  );
});
table.run();

const command = suite("command line: compile");
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
if (!existsSync(cli)) throw new Error("There is no dist/cli.js; npm run build makes it");
const folder = mkdtempSync(join(tmpdir(), "tapehead-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const tapehead = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });

const copier = new NeuralTuringMachine({ inputSize: 9, outputSize: 8, hiddenSize: 6, slots: 8, width: 4, seed: 1 });
writeFileSync(
  join(folder, "copy.safetensors"),
  save(copier, { task: { name: "copy", options: { maxLength: 3 } }, metadata: { vocabulary: "abc" } }),
);

command("writes a file that runs and is looked into like the model it came from", async () => {
  const traces = "writeWeights,readWeights";
  const { code, stdout } = await tapehead("compile", "copy.safetensors", "--trace", traces, "--json");
  const made = JSON.parse(stdout) as { file: string; bytes: number; trace: string[] };
  assert.equal([code, made.file, made.trace], [0, "copy.tape", ["writeWeights", "readWeights"]]);
  const file = readFileSync(join(folder, "copy.tape"));
  assert.is(file.length, made.bytes);
  assert.equal(loadCompiled(file).metadata["vocabulary"], "abc");

  const run = async (name: string): Promise<string> => (await tapehead("run", name, "ab", "--json")).stdout;
  assert.is((await run("copy.tape")).replace("copy.tape", "copy.safetensors"), await run("copy.safetensors"));
  const drawn = await tapehead("run", "copy.tape", "ab");
  assert.is(drawn.stdout, (await tapehead("run", "copy.safetensors", "ab")).stdout);

  const facts = JSON.parse((await tapehead("inspect", "copy.tape", "--json")).stdout) as Record<string, unknown>;
  assert.equal([facts["compiled"], facts["model"], facts["options"]], [true, "NeuralTuringMachine", copier.options]);
  const told = (await tapehead("inspect", "copy.tape")).stdout;
  assert.match(told, /^copy\.tape: compiled NeuralTuringMachine, 3?\d+ parameters/);
  assert.match(told, /vocabulary {2}abc/);
});

command("without traces it still copies, and says why it draws nothing", async () => {
  const { code, stdout } = await tapehead("compile", "copy.safetensors", "--out", "bare.tape");
  assert.is(code, 0);
  assert.match(stdout, /^bare\.tape: NeuralTuringMachine, [\d,]+ parameters, [\d,]+ bytes\n$/);
  assert.match((await tapehead("run", "bare.tape", "ab")).stdout, /compiled without --trace/);
});

command("what cannot be is said in a line", async () => {
  writeFileSync(
    join(folder, "bad.tape"),
    tampered(readFileSync(join(folder, "bare.tape")), (p) => p.cut("program run of 1", 1)),
  );
  for (const [args, reason, expected] of [
    [["compile", "copy.safetensors", "--trace", "mind"], /no value "mind" to trace/, 2],
    [["compile", "bare.tape"], /it is a compiled model/, 1],
    [["compile", "copy.safetensors", "--out", "no/x.tape"], /Cannot write no\/x\.tape: there is no such folder/, 1],
    [["run", "bad.tape", "ab"], /Cannot load bad\.tape: .*is missing/, 1],
    [["inspect", "bad.tape"], /Cannot load bad\.tape/, 1],
    [["train", "--resume", "bare.tape"], /it is a compiled model/, 1],
  ] as const) {
    const { code, stdout, stderr } = await tapehead(...args);
    assert.match(stderr, reason);
    assert.is(stderr.trimEnd().split("\n").length, 1, stderr);
    assert.equal([code, stdout], [expected, ""]);
  }
});
command.run();
