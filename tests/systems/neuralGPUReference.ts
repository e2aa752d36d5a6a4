/** A Neural GPU in double precision: loss and what is paid beside it, over sequences that all take as many steps as the longest. */
import type { NeuralGPU } from "../../bindings/systems/neuralGPU/neuralGPU.js";
import { array, type NDArray } from "../support/array.js";
import convolutionTest from "../ops/convolution.js";
import diagonalGateTest from "../ops/diagonalGate.js";
import { parametersOf } from "../support/parametersOf.js";

const convolution = convolutionTest.reference;
const diagonalGate = diagonalGateTest.reference;

/** Parameters by path: those of the model's block in double precision. */
type Values = (path: string) => NDArray;

const map = ({ shape, data }: NDArray, f: (v: number, i: number) => number): NDArray => array(shape, data.map(f));
const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

export function neuralGPULoss(
  model: NeuralGPU,
  parameters: Float64Array,
  symbols: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
): number {
  const all = parametersOf(model);
  const at: Values = (path) => {
    const { shape, offset, size } = all.get(path)!;
    return array(shape, parameters.subarray(offset, offset + size));
  };
  const { relaxation, pull, saturation } = model.options;
  const steps = Math.max(...symbols.map(({ length }) => length));
  let total = 0;
  symbols.forEach((sequence, row) => {
    const { logits, saturated } = pass(model, at, sequence, steps);
    const n = sequence.length;
    targets[row]!.forEach((target, t) => {
      const scores = logits[t]!;
      const most = Math.max(...scores);
      total += (most + Math.log(scores.reduce((sum, v) => sum + Math.exp(v - most), 0)) - scores[target]!) / n;
    });
    total += (saturation * saturated) / n / steps;
  });
  if (relaxation === 1) return total;
  for (const [path, { shape, size }] of all) {
    if (!path.startsWith("cells")) continue;
    const { data } = at(path);
    const each = size / shape[0]!;
    for (let i = 0; i < each; ++i) {
      const sets = Array.from({ length: relaxation }, (_, j) => data[j * each + i]!);
      const mean = sets.reduce((a, b) => a + b, 0) / relaxation;
      total += symbols.length * pull * sets.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    }
  }
  return total;
}

function pass(
  model: NeuralGPU,
  at: Values,
  sequence: readonly number[],
  steps: number,
): { logits: number[][]; saturated: number } {
  const { cell, maps, width, layers, relaxation } = model.options;
  const n = sequence.length;
  const vectors = at("embedding.vectors").data;
  const isDiagonal = cell === "diagonal";
  const shape = isDiagonal ? [1, n, maps] : [1, width, n, maps];
  let s = array(shape, new Float64Array(width * n * maps));
  sequence.forEach((symbol, p) => {
    for (let i = 0; i < maps; ++i) {
      const value = vectors[symbol * maps + i]!;
      s.data[p * maps + i] = isDiagonal ? clamp(value, -1, 1) : value;
    }
  });
  let saturated = 0;
  for (let t = 0; t < steps; ++t) {
    for (let layer = 0; layer < layers; ++layer) {
      const convolved = (x: NDArray, name: string): NDArray => {
        const set = (path: string): NDArray => {
          const { shape, data } = at(`cells.${layer}.${name}.${path}`);
          const size = data.length / relaxation;
          const j = t % relaxation;
          return array(shape.slice(1), data.subarray(j * size, (j + 1) * size));
        };
        return convolution([x, set("kernel"), set("bias")])[0]!;
      };
      const part = (x: NDArray, second: boolean): NDArray =>
        array(
          shape,
          x.data.filter((_, i) => i % (2 * maps) >= maps === second),
        );
      const gates = convolved(s, "gates");
      const [first, second] = [part(gates, false), part(gates, true)];
      if (isDiagonal) {
        const hs = (x: NDArray): NDArray => map(x, (v) => clamp(0.5 * v + 0.5, 0, 1));
        const toCandidate = convolved(
          map(hs(second), (r, i) => r * s.data[i]!),
          "candidate",
        );
        for (const x of [gates, toCandidate])
          saturated += x.data.reduce((sum, v) => sum + Math.max(0, Math.abs(v) - 0.9), 0);
        [s] = diagonalGate([s, hs(first), map(toCandidate, (v) => clamp(v, -1, 1))]) as [NDArray];
      } else {
        const cutoff = (v: number): number => clamp(1.2 / (1 + Math.exp(-v)) - 0.1, 0, 1);
        const candidate = convolved(
          map(second, (v, i) => cutoff(v) * s.data[i]!),
          "candidate",
        );
        s = map(s, (v, i) => cutoff(first.data[i]!) * v + (1 - cutoff(first.data[i]!)) * Math.tanh(candidate.data[i]!));
      }
    }
  }
  const [weights, bias] = [at("output.weights").data, at("output.bias").data];
  const symbols = bias.length;
  const logits = sequence.map((_, p) =>
    Array.from(bias, (b, k) => {
      let sum = b;
      for (let i = 0; i < maps; ++i) sum += s.data[p * maps + i]! * weights[i * symbols + k]!;
      return sum;
    }),
  );
  return { logits, saturated };
}
