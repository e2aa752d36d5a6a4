import tf from "@tensorflow/tfjs";
import { rowsOf, weighting, zeros, type NDArray } from "../support/array.js";
import { benchWeightings, weightings, type Weighting } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

/** A row for each shift of the weightings, from left to right: (…, slots) → (…, shifts, slots). */
function shifted(weights: tf.Tensor, shifts: number, wrap: boolean): tf.Tensor {
  const slots = weights.shape.at(-1)!;
  const half = (shifts - 1) / 2;
  const begin = weights.shape.map(() => 0);
  const part = (x: tf.Tensor, first: number, count: number): tf.Tensor =>
    tf.slice(x, begin.with(-1, first), weights.shape.with(-1, count));
  const padded = wrap
    ? weights
    : tf.pad(weights, [...begin.slice(1).map(() => [0, 0] as [number, number]), [half, half]]);
  const parts: tf.Tensor[] = [];
  for (let d = -half; d <= half; ++d) {
    const first = (((slots - d) % slots) + slots) % slots;
    if (!wrap) parts.push(part(padded, half - d, slots));
    else if (first === 0) parts.push(weights);
    else parts.push(part(weights, first, slots - first), part(weights, 0, first));
  }
  return tf.reshape(tf.concat(parts, -1), [...weights.shape.slice(0, -1), shifts, slots]);
}

const at = ([batch, heads, slots]: Weighting, shifts: number): Case => ({
  shapes: [
    [batch, heads, slots],
    [batch, heads, shifts],
  ],
  inputs: (random) => [weighting(random, [batch, heads, slots]), weighting(random, [batch, heads, shifts])],
});

export default defineOpTest({
  reference([weights, shifts]: readonly NDArray[], { wrap = true }: { wrap?: boolean } = {}) {
    const [rows, slots] = rowsOf(weights.shape);
    const [, size] = rowsOf(shifts.shape);
    const y = zeros(weights.shape);
    for (let r = 0; r < rows; ++r) {
      for (let i = 0; i < slots; ++i) {
        for (let k = 0; k < size; ++k) {
          const from = i - (k - (size - 1) / 2);
          if (!wrap && (from < 0 || from >= slots)) continue;
          const j = ((from % slots) + slots) % slots;
          y.data[r * slots + i] += shifts.data[r * size + k] * weights.data[r * slots + j];
        }
      }
    }
    return [y];
  },
  cases: weightings.flatMap((sizes) =>
    [1, 3, 5].flatMap((shifts) => [{}, { wrap: false }].map((attributes) => ({ ...at(sizes, shifts), attributes }))),
  ),
  peer([weights, shift], { wrap = true } = {}) {
    const rows = shifted(weights, shift.shape.at(-1)!, wrap);
    return tf.squeeze(tf.matMul(tf.expandDims(shift, -2), rows), [-2]);
  },
  bench: benchWeightings.map((sizes) => ({ size: sizes.join("x"), ...at(sizes, 3) })),
});
