/** A dense access memory in double precision, row by row as the paper's equations have it. */
import type { SparseAccessMemory } from "../../bindings/systems/sparseAccessMemory/sparseAccessMemory.js";
import { parametersOf } from "../support/parametersOf.js";

/** One sequence: logits, the erased rows and the weights of reads (heads, slots) after each step. */
export interface DensePass {
  readonly logits: readonly (readonly number[])[];
  readonly oldestRows: readonly (readonly number[])[];
  readonly readWeights: readonly (readonly (readonly number[])[])[];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const all = logits.map((logit) => Math.exp(logit - most));
  const sum = all.reduce((a, b) => a + b, 0);
  return all.map((each) => each / sum);
}

/** Section 3.1 of Rae et al. 2016, with the dense weights and the discounted usage of its section 3.2. */
export function denseAccessPass(
  model: SparseAccessMemory,
  parameters: Float64Array,
  inputs: readonly (readonly number[])[],
): DensePass {
  const { slots, width, heads, hiddenSize, discount, epsilon } = model.options;
  const all = parametersOf(model);
  const values = (name: string): Float64Array => {
    const { offset, size } = all.get(name)!;
    return parameters.subarray(offset, offset + size);
  };
  const apply = (layer: string, x: readonly number[]): number[] => {
    const [weights, bias] = [values(`${layer}.weights`), values(`${layer}.bias`)];
    return Array.from(bias, (b, o) => x.reduce((sum, value, i) => sum + value * weights[i * bias.length + o]!, b));
  };
  const zeros = (rows: number, cols: number): number[][] =>
    Array.from({ length: rows }, () => Array<number>(cols).fill(0));
  let [h, c] = [Array.from(values("controller.h0")), Array.from(values("controller.c0"))];
  let read = Array<number>(heads * width).fill(0);
  let weights = zeros(heads, slots);
  const memory = zeros(slots, width);
  const usage = Array<number>(slots).fill(0);
  const pass = { logits: [] as number[][], oldestRows: [] as number[][], readWeights: [] as number[][][] };
  for (const x of inputs) {
    const gates = apply("controller.gates", [...x, ...read, ...h]);
    const gate = (kind: number, i: number): number => gates[kind * hiddenSize + i]!;
    c = c.map((cell, i) => sigmoid(gate(1, i)) * cell + sigmoid(gate(0, i)) * Math.tanh(gate(2, i)));
    h = c.map((cell, i) => sigmoid(gate(3, i)) * Math.tanh(cell));
    const fields = apply("interface", h);
    const ofHead = (head: number): number[] => fields.slice(head * (2 * width + 3), (head + 1) * (2 * width + 3));
    const order = usage.map((_, i) => i).sort((a, b) => usage[a]! - usage[b]! || a - b);
    const oldest = order.slice(0, heads);
    const written = weights.map((before, head) => {
      const [alpha, gamma] = [sigmoid(ofHead(head)[2 * width]!), sigmoid(ofHead(head)[2 * width + 1]!)];
      return before.map((weight, i) => alpha * (gamma * weight + (1 - gamma) * Number(oldest[head] === i)));
    });
    for (const row of oldest) memory[row]!.fill(0);
    memory.forEach((row, i) =>
      written.forEach((own, head) => row.forEach((_, j) => (row[j]! += own[i]! * ofHead(head)[width + j]!))),
    );
    weights = weights.map((_, head) => {
      const [query, strength] = [ofHead(head).slice(0, width), 1 + softplus(ofHead(head)[2 * width + 2]!)];
      const cosine = (row: number[]): number => dot(row, query) / (Math.hypot(...row) * Math.hypot(...query) + epsilon);
      return softmax(memory.map((row) => strength * cosine(row)));
    });
    read = weights.flatMap((own) =>
      Array.from({ length: width }, (_, j) =>
        dot(
          own,
          memory.map((row) => row[j]!),
        ),
      ),
    );
    usage.forEach((used, i) => {
      const now = [...written, ...weights].reduce((sum, own) => sum + own[i]!, 0);
      usage[i] = discount * used + now;
    });
    pass.logits.push(apply("output", [...h, ...read]));
    pass.oldestRows.push(oldest);
    pass.readWeights.push(weights);
  }
  return pass;
}
