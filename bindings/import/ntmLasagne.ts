import { NeuralTuringMachine } from "../systems/neuralTuringMachine/neuralTuringMachine.js";
import { shown } from "../common/shown.js";
import { filled } from "./fill.js";
import { above, beside, row, sumOf, type Foreign, type Matrix } from "./foreign.js";

/** A tensor that no other source has. */
export const isNtmLasagne = (from: Foreign): boolean => from.has("controller.W_in_to_hid");

/** The activations of its layers where nobody says others, and what each may be. */
const ACTIVATIONS = {
  controller: ["controllerActivation", "relu", "tanh", "sigmoid"],
  key: ["keyActivation", "relu", "identity"],
  strength: ["strengthActivation", "relu", "softplus"],
  gate: ["gateActivation", "hardSigmoid", "sigmoid"],
  erase: ["eraseActivation", "hardSigmoid", "relu"],
} as const;
type Activations = Record<(typeof ACTIVATIONS)[keyof typeof ACTIVATIONS][0], string>;
/** What the first step writes goes through them here, so there are those that hosts compute alike. */
const numbers: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => Math.max(0, x),
  hardSigmoid: (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  identity: (x) => x,
};
/** Where its own trained networks are, which have the defaults. */
const HOME = "snipsco/ntm-lasagne";

/** @throws CheckpointError unless they are said, or the file is one of its own. */
function activationsOf(from: Foreign, said: string): Activations {
  const told = said || (from.metadata["source"]?.includes(`${HOME} models/`) ? "defaults" : "");
  const wanted = `"defaults" (${Object.entries(ACTIVATIONS).map(([name, [, usual]]) => `${name}=${usual}`)}) or what differs from them, such as "key=identity"`;
  if (!told) return from.fail(`its tensors do not say which activations ntm-lasagne had: say ${wanted} as equations`);
  const usual = Object.values(ACTIVATIONS).map(([option, activation]) => [option, activation]);
  const others = told === "defaults" ? [] : told.split(",");
  const differing = others.map((word) => {
    const [name = "", value = ""] = word.split("=");
    const [option, ...choices] = Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name as "key"] : [""];
    if ((choices as readonly string[]).includes(value)) return [option, value];
    const known = choices.length ? `${name} is one of ${choices.join(", ")}` : `say ${wanted}`;
    return from.fail(`ntm-lasagne has no equations ${shown(word)}: ${known}`);
  });
  return Object.fromEntries([...usual, ...differing]) as Activations;
}

/** The parts of a head, in our order of columns. */
const READ = ["key", "beta", "gate", "shift", "gamma"];
const WRITE = ["key", "beta", "gate", "shift", "gamma", "erase", "add"];

/**
 * github.com/snipsco/ntm-lasagne, with a dense controller, which may read its own last state, one read head and one write
 * head. Matrices are (inputs, outputs).
 *
 * A step there begins with the write and the read that the step before decided on; ours ends with them. So what it
 * would write and read at first, from its initial state, is where ours starts.
 */
export function fromNtmLasagne(from: Foreign, said = ""): NeuralTuringMachine {
  if (from.has("controller.W_in_to_ingate")) from.fail("its controller is an LSTM, and can be imported if it is dense");
  const heads = new Set(from.names.flatMap((name) => /^(.+)\.key\.W$/.exec(name)?.[1] ?? []));
  if (heads.size > 2) from.fail(`it has the heads ${[...heads].join(", ")}, and can be imported with read and write`);
  const memory = from.matrix("memory_init");
  const { rows: slots, cols: width } = memory;
  const input = from.matrix("controller.W_in_to_hid");
  const hiddenSize = input.cols;
  const reads = from.matrix("controller.W_reads_to_hid", width, hiddenSize);
  const h0 = from.vector("controller.hid_init", hiddenSize);
  const biases = [
    from.vector("controller.b_in_to_hid", hiddenSize),
    from.vector("controller.b_reads_to_hid", hiddenSize),
  ];
  const isRecurrent = from.has("controller.W_hid_to_hid");
  const recurrent = isRecurrent ? [from.matrix("controller.W_hid_to_hid", hiddenSize, hiddenSize)] : [];
  if (isRecurrent) biases.push(from.vector("controller.b_hid_to_hid", hiddenSize));
  const sizes: Readonly<Record<string, number>> = {
    key: width,
    beta: 1,
    gate: 1,
    shift: 3,
    gamma: 1,
    erase: width,
    add: width,
  };
  const part = (head: string, name: string): Matrix => from.matrix(`${head}.${name}.W`, hiddenSize, sizes[name]!);
  const bias = (head: string, name: string): Float32Array => from.vector(`${head}.${name}.b`, sizes[name]!);
  const output = from.matrix("dense.W", hiddenSize);
  const writeWeights = from.vector("write.weights_init", slots);
  const readWeights = from.vector("read.weights_init", slots);

  const outputBias = from.vector("dense.b", output.cols);
  const activations = activationsOf(from, said);

  /** A part of the write head for the initial state, in double precision. */
  const first = (name: string, activation: (x: number) => number): number[] => {
    const [{ cols, data }, b] = [part("write", name), bias("write", name)];
    return Array.from({ length: cols }, (_, c) => {
      let sum = b[c]!;
      for (let i = 0; i < hiddenSize; ++i) sum += h0[i]! * data[i * cols + c]!;
      return activation(sum);
    });
  };
  const erase = first("erase", numbers[activations.eraseActivation]!);
  const add = first("add", numbers[activations.keyActivation]!);
  const written = Float64Array.from(memory.data, (value, i) => {
    const [slot, column] = [Math.floor(i / width), i % width];
    return value * (1 - writeWeights[slot]! * erase[column]!) + writeWeights[slot]! * add[column]!;
  });
  const read = Float32Array.from({ length: width }, (_, column) => {
    let sum = 0;
    for (let slot = 0; slot < slots; ++slot) sum += readWeights[slot]! * written[slot * width + column]!;
    return sum;
  });

  const model = new NeuralTuringMachine({
    inputSize: input.rows,
    outputSize: output.cols,
    controller: isRecurrent ? "recurrent" : "feedforward",
    hiddenSize,
    slots,
    width,
    order: "address-write-read",
    outputsRead: false,
    circular: false,
    ...(activations as object),
    clipTo: Infinity,
    guard: "root",
    epsilon: 1e-6,
    weightingEpsilon: 1e-6,
    initialMemory: "learned",
    squashInitial: false,
  });
  const parametersOf = (head: string, names: readonly string[]): Record<string, Float32Array> => ({
    [`${head}Heads.parameters.weights`]: beside(names.map((name) => part(head, name))).data,
    [`${head}Heads.parameters.bias`]: beside(names.map((name) => row(bias(head, name)))).data,
  });
  return filled(model, {
    "controller.linear.weights": above(input, reads, ...recurrent).data,
    "controller.linear.bias": sumOf(...biases),
    ...(isRecurrent && { "controller.h0": h0 }),
    ...parametersOf("read", READ),
    ...parametersOf("write", WRITE),
    initialMemory: Float32Array.from(written),
    initialRead: read,
    initialReadWeights: readWeights,
    initialWriteWeights: writeWeights,
    "output.weights": output.data,
    "output.bias": outputBias,
  });
}
