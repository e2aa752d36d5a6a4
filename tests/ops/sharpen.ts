import tf from "@tensorflow/tfjs";
import type { SharpenOptions } from "../../bindings/graph/ops/sharpen.js";
import { array, rowsOf, uniform, weighting, type NDArray } from "../support/array.js";
import { benchWeightings, weightings, type Weighting } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const at = ([batch, heads, slots]: Weighting, most: number): Case => ({
  shapes: [
    [batch, heads, slots],
    [batch, heads],
  ],
  inputs: (random) => [weighting(random, [batch, heads, slots]), uniform(random, [batch, heads], 1, most)],
});

export default defineOpTest({
  reference([weights, gamma]: readonly NDArray[], { epsilon = 0 }: SharpenOptions = {}) {
    const [rows, slots] = rowsOf(weights.shape);
    const y = Float64Array.from(weights.data);
    for (let r = 0; r < rows; ++r) {
      const row = y.subarray(r * slots, (r + 1) * slots);
      const max = epsilon > 0 ? 1 : Math.max(...row);
      row.forEach((w, i) => (row[i] = max > 0 ? (Math.max(w, 0) / max) ** gamma.data[r] : 0));
      const sum = row.reduce((a, b) => a + b, epsilon || 1e-12);
      row.forEach((p, i) => (row[i] = p / sum));
    }
    return [array(weights.shape, y)];
  },
  cases: [
    ...weightings.flatMap((sizes) => [3, 20].map((most) => at(sizes, most))),
    ...weightings.flatMap((sizes) => [
      { ...at(sizes, 8), attributes: { epsilon: 1e-16 } },
      { ...at(sizes, 3), attributes: { epsilon: 1e-2 } }, // the sum is not far from epsilon
    ]),
    {
      shapes: [[2, 7], [2]],
      // a power of at least 3 is flat enough at 0 for central differences
      inputs: () => [array([2, 7], [0, 0.25, 0.5, 0, 0.25, 0, 0, 0, 0, 0, 0, 0.75, 0.25, 0]), array([2], [3, 4])],
    },
  ],
  /** w^γ / Σ w^γ */
  peer([weights, gamma], { epsilon = 0 } = {}) {
    const logs = tf.mul(tf.expandDims(gamma, -1), tf.log(tf.maximum(weights, 1e-30)));
    if (!epsilon) return tf.softmax(logs);
    const powers = tf.exp(logs);
    return tf.div(powers, tf.add(tf.sum(powers, -1, true), epsilon));
  },
  bench: benchWeightings.map((sizes) => ({ size: sizes.join("x"), ...at(sizes, 4) })),
});
