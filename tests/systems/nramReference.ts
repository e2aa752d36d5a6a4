/** A Neural Random-Access Machine in double precision, module by module as the paper's equations have it. */
import { machineModules } from "../../bindings/systems/neuralRandomAccessMachine/modules.js";
import type { NeuralRandomAccessMachine } from "../../bindings/systems/neuralRandomAccessMachine/neuralRandomAccessMachine.js";
import { moduleValue } from "../support/circuitModules.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

/** What a machine is to do with one memory. */
export interface MachineExample {
  readonly memory: readonly number[];
  readonly required: ReadonlyMap<number, number>;
  readonly steps: number;
}

/** A run: the loss, entropies of all choices, and the state behind each step. */
export interface MachinePass {
  readonly loss: number;
  readonly entropy: number;
  /** The distribution of each cell when it stops. */
  readonly answer: readonly (readonly number[])[];
  readonly registers: readonly (readonly number[])[][];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const all = logits.map((logit) => Math.exp(logit - most));
  const sum = all.reduce((a, b) => a + b, 0);
  return all.map((each) => each / sum);
}

const entropyOf = (p: readonly number[]): number =>
  p.reduce((sum, x) => sum - x * Math.log(Math.min(1, Math.max(1e-6, x))), 0);

/** Σ_k w[k] · rows[k]. */
const mean = (w: readonly number[], rows: readonly (readonly number[])[]): number[] =>
  rows[0]!.map((_, c) => w.reduce((sum, weight, k) => sum + weight * rows[k]![c]!, 0));

const oneHot = (value: number, m: number): number[] => Array.from({ length: m }, (_, i) => Number(i === value));

/** One module on distributions, by enumeration of its arguments: section 4.3. */
export function moduleOn(name: string, a: readonly number[], b: readonly number[], memory: number[][]): number[] {
  const m = memory.length;
  if (name === "READ") return mean(a, memory);
  if (name === "WRITE") {
    memory.forEach((cell, i) => (memory[i] = cell.map((x, c) => (1 - a[i]!) * x + a[i]! * b[c]!)));
    return [...b];
  }
  const o = new Array<number>(m).fill(0);
  for (let x = 0; x < m; ++x) for (let y = 0; y < m; ++y) o[moduleValue(name, x, y, m)]! += a[x]! * b[y]!;
  return o;
}

/** Sections 3.2 and 3.3 of Kurach et al. 2016, from parameters in the model's order. */
export function machinePass(
  model: NeuralRandomAccessMachine,
  parameters: Float64Array,
  { memory: given, required, steps }: MachineExample,
): MachinePass {
  const { registers: count, lists, controller, hiddenSize } = model.options;
  const all = parametersOf(model);
  const apply = affineOf(model, parameters);
  const valuesOf = (path: string): number[] => {
    const { offset, size } = all.get(path)!;
    return Array.from(parameters.subarray(offset, offset + size));
  };
  const relu = (x: number[]): number[] => x.map((v) => Math.max(0, v));
  const isLSTM = controller === "lstm";
  let h = isLSTM ? valuesOf("second.h0") : [];
  let c = isLSTM ? valuesOf("second.c0") : [];
  const control = (x: readonly number[]): number[] => {
    const first = relu(apply("hidden", x));
    if (!isLSTM) return apply("wires", relu(apply("second", first)));
    const gates = apply("second.gates", [...first, ...h]);
    const gate = (k: number, i: number): number => gates[k * hiddenSize + i]!;
    c = c.map((v, i) => sigmoid(gate(1, i)) * v + sigmoid(gate(0, i)) * Math.tanh(gate(2, i)));
    h = c.map((v, i) => sigmoid(gate(3, i)) * Math.tanh(v));
    return apply("wires", h);
  };

  const m = given.length;
  const memory = given.map((value) => oneHot(value, m));
  let registers = Array.from({ length: count }, () => oneHot(0, m));
  let [loss, entropy, running] = [0, 0, 1];
  const answer = memory.map((cell) => cell.map(() => 0));
  const pass: number[][][] = [];
  for (let t = 1; t <= steps; ++t) {
    const outputs = control(registers.map((register) => register[0]!));
    let at = 0;
    const choice = (length: number): number[] => {
      const p = softmax(outputs.slice(at, (at += length)));
      entropy += entropyOf(p);
      return p;
    };
    const pool = [...registers];
    for (let i = 0; i < lists * machineModules.length; ++i) {
      const [a, b] = [mean(choice(pool.length), pool), mean(choice(pool.length), pool)];
      pool.push(moduleOn(machineModules[i % machineModules.length]!, a, b, memory));
    }
    registers = registers.map(() => mean(choice(pool.length), pool));
    pass.push(registers);
    const f = t === steps ? 1 : sigmoid(outputs[at]!);
    const p = running * f;
    running -= p;
    let score = 0;
    for (const [cell, value] of required) score += Math.log(Math.max(1e-8, memory[cell]![value]!));
    loss -= p * score;
    memory.forEach((cell, i) => cell.forEach((x, v) => (answer[i]![v]! += p * x)));
  }
  return { loss, entropy, answer, registers: pass };
}
