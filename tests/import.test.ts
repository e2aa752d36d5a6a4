/** Networks that other people's programs trained give here what they gave there. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { load } from "../bindings/load.js";
import { CheckpointError } from "../bindings/checkpoint/checkpointError.js";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "../bindings/checkpoint/safetensors.js";
import { importModel, importSources, type ImportSource } from "../bindings/import.js";
import { models, NeuralTuringMachine } from "../bindings/models.js";
import { RecurrentModel } from "../bindings/models/recurrentModel.js";
import { Random } from "../bindings/common/random/philox.js";
import type { Rows } from "../bindings/runtime/sequences.js";
import { Graph } from "../bindings/graph/graph.js";
import { bitsOf } from "../bindings/common/bits.js";
import { array, zeros } from "./support/array.js";
import { commandLine, linesOf } from "./support/cli.js";
import { testEngine } from "./support/engine.js";
import { evaluateGraph } from "./support/evaluate.js";
import { golden, isThere, referenceFile } from "./support/golden.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine("release");

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The largest difference between rows and what they must be. */
function worst(actual: readonly ArrayLike<number>[], expected: readonly (readonly number[])[], of = (x: number) => x) {
  assert.is(actual.length, expected.length);
  return Math.max(
    ...expected.map((row, t) => Math.max(...row.map((value, i) => Math.abs(of(actual[t]![i]!) - value)))),
  );
}

interface MachineRun {
  readonly input: number[][];
  readonly target: number[][];
  readonly output: number[][];
  readonly read_weights: number[][];
  readonly write_weights: number[][];
}

const machines = suite("other people's Neural Turing Machines");
const trace = ["readWeights", "writeWeights"];
const lasagne = ["copy", "upsidedown-copy", "reversed-copy", "repeat-copy", "associative-recall", "dyck-words"];
const files = [
  ...[1, 7, 11, 1000].map(
    (seed) =>
      [
        `pytorch-ntm-copy/ntm-copy-seed${seed}.safetensors`,
        `pytorch-ntm-copy/golden-seed${seed}.json.gz`,
        "pytorch-ntm",
      ] as const,
  ),
  ...lasagne.map(
    (task) => [`ntm-lasagne/${task}.safetensors`, `ntm-lasagne/golden-${task}.json.gz`, "ntm-lasagne"] as const,
  ),
];
for (const [file, goldenFile, source] of files.filter(([file]) => isThere(file))) {
  machines(`${file}: outputs and weightings are those of its golden run`, () => {
    const model = importModel(referenceFile(file), { file }).model;
    assert.instance(model, NeuralTuringMachine);
    const { input, output, ...run } = golden<MachineRun>(goldenFile);
    // pytorch-ntm's inputs end where the answer begins.
    const blanks = Array.from({ length: output.length - input.length }, () => input[0]!.map(() => 0));
    const { outputs, trace: traced } = model.run(engine, [...input, ...blanks], { trace });
    const differences = {
      outputs: worst(outputs, output, sigmoid),
      reading: worst(traced["readWeights"]!, run.read_weights),
      writing: worst(traced["writeWeights"]!, run.write_weights),
    };
    for (const [what, difference] of Object.entries(differences)) {
      // In recall a weighting is the 12th power of a softmax of 120 times a cosine: half a bit of the cosine is 1e-4.
      const most = what !== "outputs" && file.includes("recall") ? 3e-4 : 1e-4;
      assert.ok(difference < most, `${what} differ by ${difference}`);
    }
    const again = importModel(referenceFile(file), { source }).model;
    assert.equal(again.parameters.values, model.parameters.values);
  });

  machines(`${file}: in double precision the differences are rounding`, () => {
    const model = importModel(referenceFile(file)).model as NeuralTuringMachine;
    const { input, output, ...run } = golden<MachineRun>(goldenFile);
    const [time, size] = [output.length, model.inputSize];
    const graph = new Graph();
    graph.output("y", model.record(graph, graph.input("x", [time, 1, size])).ys);
    const parameters = new Map(
      model.parameters.parameters.map((one) => [one, array(one.shape, model.parameters.valuesOf(one))]),
    );
    const x = zeros([time, 1, size]);
    x.data.set(input.flat());
    const valueOf = evaluateGraph(graph, { inputs: { x }, parameters });
    const rows = (data: Float64Array, width: number): Float64Array[] =>
      Array.from({ length: time }, (_, t) => data.subarray(t * width, (t + 1) * width));
    const weightings = (name: string): Float64Array[] =>
      rows(valueOf(graph.traced.get(name)!).data, model.options.slots);
    assert.ok(worst(rows(valueOf(graph.outputs.get("y")!).data, model.outputSize), output, sigmoid) < 1e-6);
    assert.ok(worst(weightings("readWeights"), run.read_weights) < 1e-6);
    assert.ok(worst(weightings("writeWeights"), run.write_weights) < 1e-6);
  });

  machines(`${file}: saved and loaded it has the same bits`, () => {
    const model = importModel(referenceFile(file)).model;
    const loaded = load(save(model), { models });
    assert.equal(loaded.options, model.options);
    assert.equal(loaded.parameters.values, model.parameters.values);
  });
}

/** Wrong bits in the answers to random sequences of a length, of a network that was trained to copy. */
function wrongBits(model: NeuralTuringMachine, length: number, count: number, bits: number): number {
  const random = new Random(length);
  let wrong = 0;
  for (let sequence = 0; sequence < count; ++sequence) {
    const vectors = Array.from({ length }, () => Array.from({ length: bits }, () => random.integer(0, 1)));
    const inputs = Array.from({ length: 2 * length + 1 }, (_, t) => {
      const row = new Float32Array(model.inputSize);
      if (t < length) row.set(vectors[t]!);
      if (t === length) row[model.inputSize - 1] = 1;
      return row;
    });
    const { outputs } = model.run(engine, inputs);
    vectors.forEach((vector, t) => {
      vector.forEach((bit, i) => (wrong += Number(outputs[length + 1 + t]![i]! > 0 !== bit > 0)));
    });
  }
  return wrong;
}

const ofSeed = (seed: number): string => `pytorch-ntm-copy/ntm-copy-seed${seed}.safetensors`;
for (const [seed, most] of [
  [1, 20],
  [1000, 30],
] as const) {
  if (!isThere(ofSeed(seed))) continue;
  machines(`seed ${seed} copies sequences of length ${most}, and fails at length 120, as it did in its home`, () => {
    const model = importModel(referenceFile(ofSeed(seed))).model as NeuralTuringMachine;
    assert.is(wrongBits(model, most, 10, 8), 0);
    assert.ok(wrongBits(model, 120, 4, 8) > 4 * 300);
  });
}

if (isThere(ofSeed(11))) {
  machines("seed 11 copies sequences of length 120 without an error, as it did in its home", () => {
    const model = importModel(referenceFile(ofSeed(11))).model as NeuralTuringMachine;
    assert.is(wrongBits(model, 120, 10, 8), 0);
  });
}

if (isThere("ntm-lasagne/copy.safetensors")) {
  machines("ntm-lasagne's copies lengths four times those it was trained on", () => {
    const model = importModel(referenceFile("ntm-lasagne/copy.safetensors")).model as NeuralTuringMachine;
    for (const length of [1, 5, 20]) assert.is(wrongBits(model, length, 5, 8), 0);
  });
}
machines.run();

interface PonderRun {
  readonly examples: readonly {
    readonly input: number[][];
    readonly logits: number[][];
    readonly ponder_steps?: number[];
    readonly remainders?: number[];
    readonly halting?: number[][];
  }[];
}

const ponders = suite("other people's Adaptive Computation Time");
for (const task of ["parity", "logic"]) {
  for (const kind of ["act", "noact"]) {
    if (!isThere(`tf-rnn-adaptive-act/${task}-${kind}.safetensors`)) continue;
    ponders(`${task}-${kind}: logits, ponder steps and remainders are those of its golden runs`, () => {
      const model = importModel(referenceFile(`tf-rnn-adaptive-act/${task}-${kind}.safetensors`)).model;
      assert.is(model.name, kind === "act" ? "AdaptiveComputationTime" : "RecurrentNetwork");
      for (const example of golden<PonderRun>(`tf-rnn-adaptive-act/golden-${task}-${kind}.json.gz`).examples) {
        const input = (Array.isArray(example.input[0]) ? example.input : [example.input]) as number[][];
        const logits = (Array.isArray(example.logits[0]) ? example.logits : [example.logits]) as number[][];
        const names = kind === "act" ? ["ponder", "remainder", "halting"] : [];
        const { outputs, trace: traced } = model.run(engine, input, { trace: names });
        const difference = worst(outputs, logits);
        assert.ok(difference < 1e-4, `logits differ by ${difference}`);
        if (kind === "noact") continue;
        const column = (name: string): number[] => (traced[name] as Rows).map((row) => row[0]!);
        assert.equal(column("ponder"), [example.ponder_steps!].flat());
        const remainders = [example.remainders!].flat();
        column("remainder").forEach((value, t) => assert.ok(Math.abs(value - remainders[t]!) < 1e-4));
      }
    });
  }
}
ponders.run();

const made = suite("importing");

/** A container with tensors of these shapes, filled at random. */
function synthetic(shapes: Readonly<Record<string, readonly number[]>>, seed = 1): Map<string, StoredTensor> {
  const random = new Random(seed);
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, { shape, data: Float32Array.from({ length: size }, () => random.uniform(-0.5, 0.5)) }];
    }),
  );
}

const pytorch = {
  "ntm.read0_bias": [1, 3],
  "ntm.controller.lstm_h_bias": [1, 1, 4],
  "ntm.controller.lstm_c_bias": [1, 1, 4],
  "ntm.controller.lstm.weight_ih_l0": [16, 5],
  "ntm.controller.lstm.weight_hh_l0": [16, 4],
  "ntm.controller.lstm.bias_ih_l0": [16],
  "ntm.controller.lstm.bias_hh_l0": [16],
  "ntm.heads.0.fc_read.weight": [9, 4],
  "ntm.heads.0.fc_read.bias": [9],
  "ntm.heads.1.fc_write.weight": [15, 4],
  "ntm.heads.1.fc_write.bias": [15],
  "ntm.fc.weight": [2, 7],
  "ntm.fc.bias": [2],
  "memory.mem_bias": [6, 3],
};
const part = (head: string, name: string, size: number) => ({
  [`${head}.${name}.W`]: [4, size],
  [`${head}.${name}.b`]: [size],
});
const headOf = (head: string) => ({
  [`${head}.weights_init`]: [1, 6],
  ...part(head, "key", 3),
  ...part(head, "beta", 1),
  ...part(head, "gate", 1),
  ...part(head, "shift", 3),
  ...part(head, "gamma", 1),
});
const lasagneShapes = {
  "controller.hid_init": [1, 4],
  "controller.W_in_to_hid": [2, 4],
  "controller.b_in_to_hid": [4],
  "controller.W_reads_to_hid": [3, 4],
  "controller.b_reads_to_hid": [4],
  memory_init: [6, 3],
  ...headOf("write"),
  ...part("write", "erase", 3),
  ...part("write", "add", 3),
  ...headOf("read"),
  "dense.W": [4, 2],
  "dense.b": [2],
};
const tensorflow = {
  output_biases_0: [2],
  output_weights_0: [4, 2],
  "rnn/act_wrapper/basic_lstm_cell/biases": [16],
  "rnn/act_wrapper/basic_lstm_cell/weights": [8, 16],
  "rnn/act_wrapper/biases": [1],
  "rnn/act_wrapper/weights": [8, 1],
};
const shapesOf: Readonly<Record<ImportSource, Readonly<Record<string, readonly number[]>>>> = {
  "pytorch-ntm": pytorch,
  "ntm-lasagne": lasagneShapes,
  "tf-rnn-adaptive": tensorflow,
};

/** What files say of themselves by which their equations are known. */
const homes: Readonly<Record<ImportSource, string>> = {
  "pytorch-ntm": "loudinthecloud/pytorch-ntm commit 74477a6",
  "ntm-lasagne": "snipsco/ntm-lasagne models/copy.npy",
  "tf-rnn-adaptive": "aakhundov/tf-rnn-adaptive",
};

for (const source of importSources) {
  const tensors = synthetic(shapesOf[source]);
  const bytes = encodeSafetensors({ tensors, metadata: { licence: "MIT", source: homes[source] } });
  made(`${source}: is known by its tensors, and runs`, () => {
    const { model, source: found } = importModel(bytes);
    assert.is(found, source);
    assert.equal(importModel(bytes).metadata, { "import.licence": "MIT", "import.source": homes[source] });
    assert.equal(importModel(bytes, { source }).model.parameters.values, model.parameters.values);
    const inputs = Array.from({ length: 4 }, (_, t) => new Float32Array(model.inputSize).fill(t / 4));
    const { outputs } = model.run(engine, inputs);
    assert.ok(outputs.data.every(Number.isFinite));
    const loaded = load(save(model), { models });
    assert.instance(loaded, RecurrentModel);
    assert.equal((loaded as RecurrentModel).run(engine, inputs).outputs, outputs);
  });

  made(`${source}: what is missing, of another shape or not finite is named`, () => {
    for (const name of Object.keys(shapesOf[source])) {
      const without = new Map(tensors);
      without.delete(name);
      const refused = (changed: Map<string, StoredTensor>): CheckpointError =>
        thrownBy(() =>
          importModel(encodeSafetensors({ tensors: changed, metadata: { source: homes[source] } }), {
            source,
            file: "x.safetensors",
          }),
        ) as CheckpointError;
      const optional =
        name === "controller.W_hid_to_hid" || /rnn\/act_wrapper\/(weights|basic_lstm_cell\/weights)$/.test(name);
      const missing = refused(without);
      assert.instance(missing, CheckpointError);
      if (!optional) assert.match(missing.message, `Cannot load x.safetensors: it lacks the tensor "${name}"`);
      const broken = Float32Array.from(tensors.get(name)!.data);
      broken[0] = NaN;
      const bad = refused(new Map(tensors).set(name, { ...tensors.get(name)!, data: broken }));
      assert.match(bad.message, `its "${name}" holds numbers that are not finite`);
      if (broken.length === 1) continue; // one number has any shape
      const shape = [...tensors.get(name)!.shape, 1, 1, 1];
      const folded = refused(new Map(tensors).set(name, { ...tensors.get(name)!, shape }));
      assert.match(folded.message, `its "${name}" is (${shape.join(", ")}), and must be`);
    }
  });
}

const shapes = (source: ImportSource, more: Readonly<Record<string, readonly number[]>>) =>
  synthetic({ ...shapesOf[source], ...more });
const broken: readonly (readonly [what: string, tensors: Map<string, StoredTensor>, message: RegExp])[] = [
  [
    "a second LSTM layer",
    shapes("pytorch-ntm", { "ntm.controller.lstm.weight_ih_l1": [16, 4] }),
    /its controller has 2 LSTM layers, and can be imported with 1/,
  ],
  [
    "a third head",
    shapes("pytorch-ntm", { "ntm.heads.2.fc_read.weight": [9, 4] }),
    /it has 3 heads, and can be imported with a read head and a write head/,
  ],
  [
    "a bias without its matrix",
    shapes("ntm-lasagne", { "controller.b_hid_to_hid": [4] }),
    /a tensor "controller.b_hid_to_hid" that/,
  ],
  [
    "a memory without slots",
    shapes("pytorch-ntm", { "memory.mem_bias": [0, 3] }),
    /tensors make no network: .*slots is 0/,
  ],
  [
    "biases that overflow",
    new Map(
      [...shapes("pytorch-ntm", {})].map(([name, tensor]) => [
        name,
        name.includes("bias_") ? { ...tensor, data: tensor.data.map(() => 3e38) as Float32Array<ArrayBuffer> } : tensor,
      ]),
    ),
    /more than single precision can hold/,
  ],
];
for (const [what, tensors, message] of broken) {
  made(`${what} is refused`, () => {
    const error = thrownBy(() =>
      importModel(encodeSafetensors({ tensors, metadata: { source: Object.values(homes).join() } })),
    );
    assert.instance(error, CheckpointError);
    assert.match(error.message, message);
  });
}

made("equations that the tensors do not tell must be said", () => {
  const file = (source: ImportSource): Uint8Array =>
    encodeSafetensors({ tensors: synthetic(shapesOf[source]), metadata: {} });
  const reasonOf = (source: ImportSource, equations = ""): string =>
    thrownBy(() => importModel(file(source), { equations })).message;
  assert.match(reasonOf("pytorch-ntm"), /do not say by which equations of pytorch-ntm .*"2017".*"2018"/);
  assert.match(reasonOf("pytorch-ntm", "2019"), /pytorch-ntm has no equations "2019"/);
  assert.match(reasonOf("ntm-lasagne"), /do not say which activations .*key=relu.*gate=hardSigmoid/);
  assert.match(reasonOf("ntm-lasagne", "key=softplus"), /no equations "key=softplus": key is one of relu, identity/);
  assert.match(reasonOf("ntm-lasagne", "shift=relu"), /no equations "shift=relu": say "defaults"/);
  assert.match(reasonOf("tf-rnn-adaptive", "2017"), /leave equations out/);
  const optionsOf = (source: ImportSource, equations: string): object =>
    importModel(file(source), { equations }).model.options;
  const { keyActivation, eraseActivation } = optionsOf("ntm-lasagne", "key=identity,erase=relu") as Record<
    string,
    string
  >;
  assert.equal([keyActivation, eraseActivation], ["identity", "relu"]);
});

made("names behind module., doubles and bfloat16 are read; a key that is there twice is refused", () => {
  const tensors = synthetic(pytorch);
  const metadata = { source: homes["pytorch-ntm"] };
  const plain = importModel(encodeSafetensors({ tensors, metadata })).model.parameters.values;
  const wrapped = new Map([...tensors].map(([name, tensor]) => [`module.${name}`, tensor]));
  assert.equal(importModel(encodeSafetensors({ tensors: wrapped, metadata })).model.parameters.values, plain);
  const bytesAs = (dtype: string, width: number, write: (view: DataView, at: number, value: number) => void) => {
    const entries = [...tensors];
    const sizes = entries.map(([, { data }]) => data.length * width);
    let at = 0;
    const header = Object.fromEntries(
      entries.map(([name, { shape }], i) => [name, { dtype, shape, data_offsets: [at, (at += sizes[i]!)] }]),
    );
    const text = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...header }));
    const file = new Uint8Array(8 + text.length + at);
    const view = new DataView(file.buffer);
    view.setBigUint64(0, BigInt(text.length), true);
    file.set(text, 8);
    let place = 8 + text.length;
    for (const [, { data }] of entries)
      for (const value of data) {
        write(view, place, value);
        place += width;
      }
    return file;
  };
  const doubles = bytesAs("F64", 8, (view, at, value) => view.setFloat64(at, value, true));
  assert.equal(importModel(doubles).model.parameters.values, plain);
  const short = bytesAs("BF16", 2, (view, at, value) => {
    const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
    view.setUint16(at, bits >>> 16, true);
  });
  const cut = (value: number): number => new Float32Array(Uint32Array.of(bitsOf(value) & 0xffff_0000).buffer)[0]!;
  const expected = importModel(
    encodeSafetensors({
      tensors: new Map([...tensors].map(([name, { shape, data }]) => [name, { shape, data: data.map(cut) as never }])),
      metadata,
    }),
  );
  assert.equal(importModel(short).model.parameters.values, expected.model.parameters.values);
  assert.match(
    thrownBy(() => importModel(bytesAs("F8_E4M3", 1, () => undefined))).message,
    /is F8_E4M3, and must be one of F32, F16, I32, BF16, F64/,
  );
  const text =
    '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\\u0061":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  const twice = new Uint8Array(8 + text.length + 4);
  new DataView(twice.buffer).setBigUint64(0, BigInt(text.length), true);
  twice.set(new TextEncoder().encode(text), 8);
  assert.match(thrownBy(() => importModel(twice)).message, /its header has the key "a" twice/);
});

made("what is no file of any of them is refused", () => {
  const other = encodeSafetensors({ tensors: synthetic({ x: [2] }), metadata: {} });
  assert.match(thrownBy(() => importModel(other)).message, /none of pytorch-ntm, ntm-lasagne, tf-rnn-adaptive/);
  assert.instance(
    thrownBy(() => importModel(new Uint8Array(20))),
    CheckpointError,
  );
  assert.match(thrownBy(() => importModel("x" as never)).message, /must be a Uint8Array/);
  assert.match(
    thrownBy(() => importModel(other, { source: "keras" as never })).message,
    /source is "keras", and must be/,
  );
  const bytes = encodeSafetensors({ tensors: synthetic(pytorch), metadata: {} });
  for (let length = 0; length < bytes.length; length += 97) {
    assert.instance(
      thrownBy(() => importModel(bytes.subarray(0, length))),
      CheckpointError,
    );
  }
});

made("shifts of pytorch-ntm run the other way, gates of TensorFlow are sorted, biases are added up", () => {
  const tensors = synthetic(pytorch);
  const model = importModel(encodeSafetensors({ tensors, metadata: {} }), { equations: "2018" })
    .model as NeuralTuringMachine;
  const valuesOf = (path: string): Float32Array => {
    const parameter = model.parameters.parameters.find((one) => one.path === path)!;
    return model.parameters.valuesOf(parameter);
  };
  const raw = tensors.get("ntm.heads.0.fc_read.bias")!.data;
  assert.equal(
    [...valuesOf("readHeads.parameters.bias")],
    [0, 1, 2, 3, 4, 7, 6, 5, 8].map((i) => raw[i]!),
  );
  const [ih, hh] = ["bias_ih_l0", "bias_hh_l0"].map((name) => tensors.get(`ntm.controller.lstm.${name}`)!.data);
  assert.equal(
    valuesOf("controller.lstm.gates.bias"),
    ih!.map((value, i) => Math.fround(value + hh![i]!)),
  );
  const bytes = encodeSafetensors({ tensors: synthetic(tensorflow), metadata: {} });
  const act = importModel(bytes).model;
  const gates = act.parameters.parameters.find(({ path }) => path === "cell.gates.bias")!;
  const biases = decodeSafetensors(bytes).tensors.get("rnn/act_wrapper/basic_lstm_cell/biases")!.data;
  const sorted = [0, 2, 1, 3].flatMap((gate) => [...biases.subarray(4 * gate, 4 * gate + 4)]);
  const forget = sorted.map((value, i) => Math.fround(value + Number(i >= 4 && i < 8)));
  assert.equal([...act.parameters.valuesOf(gates)], forget);
});
made.run();

const command = suite("command line: import");
const { folder, tapehead } = commandLine();
for (const source of importSources) {
  const bytes = encodeSafetensors({
    tensors: synthetic(shapesOf[source]),
    metadata: { licence: "BSD-3-Clause", source: homes[source] },
  });
  writeFileSync(join(folder, `${source}.safetensors`), bytes);
}
writeFileSync(join(folder, "none.safetensors"), encodeSafetensors({ tensors: synthetic({ w: [1] }), metadata: {} }));

command("writes a model beside the file, and says what it is; it can be inspected", async () => {
  const { code, stdout, stderr } = await tapehead("import pytorch-ntm.safetensors", { alone: true });
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^pytorch-ntm-imported\.safetensors: NeuralTuringMachine of pytorch-ntm, \d+ parameters, /);
  assert.match((await tapehead("inspect pytorch-ntm-imported.safetensors")).stdout, /guard +maximum/);
  await tapehead("import tf-rnn-adaptive.safetensors --out act.safetensors");
  assert.match((await tapehead("inspect act.safetensors")).stdout, /cellOptions +\{"forgetBias":1\}/);
});

command("--out, --from and --json; what it wrote compiles, and keeps the licence", async () => {
  const args = "import ntm-lasagne.safetensors --from ntm-lasagne --out it.safetensors --json";
  const [said] = linesOf((await tapehead(args)).stdout);
  assert.equal([said!["file"], said!["source"]], ["it.safetensors", "ntm-lasagne"]);
  assert.is((await tapehead("compile it.safetensors --trace readWeights")).code, 0);
  const [compiled] = linesOf((await tapehead("inspect it.tape --json")).stdout);
  assert.is((compiled!["metadata"] as Record<string, string>)["import.licence"], "BSD-3-Clause");
});

const refused: readonly (readonly [args: string, code: number, message: RegExp])[] = [
  ["none.safetensors", 1, /^error: Cannot load none\.safetensors: its tensors are those of none of/],
  [
    "ntm-lasagne.safetensors --from pytorch-ntm",
    1,
    /^error: Cannot load ntm-lasagne\.safetensors: it lacks the tensor/,
  ],
  ["ntm-lasagne.safetensors --from keras", 2, /argument 'keras' is invalid/],
  ["missing.safetensors", 1, /^error: Cannot read missing\.safetensors: there is no such file/],
  ["ntm-lasagne.safetensors --out no/such/folder", 1, /^error: Cannot write no\/such\/folder: there is no such folder/],
];
for (const [args, expected, message] of refused) {
  command(`refuses ${args}`, async () => {
    const { code, stderr } = await tapehead(`import ${args}`);
    assert.match(stderr, message);
    assert.is(code, expected);
  });
}
command.run();
