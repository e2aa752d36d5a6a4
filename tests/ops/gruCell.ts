import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export default defineOpTest({
  reference([xGates, hGates, h]) {
    const [, hidden] = rowsOf(h.shape);
    const next = h.data.map((old, i) => {
      const [row, j] = [Math.floor(i / hidden), i % hidden];
      const at = (block: number): number => (3 * row + block) * hidden + j;
      const r = sigmoid(xGates.data[at(0)] + hGates.data[at(0)]);
      const z = sigmoid(xGates.data[at(1)] + hGates.data[at(1)]);
      const n = Math.tanh(xGates.data[at(2)] + r * hGates.data[at(2)]);
      return (1 - z) * n + z * old;
    });
    return [array(h.shape, next)];
  },
  cases: [
    ...widths.map((hidden) => ({
      shapes: [
        [3, 3 * hidden],
        [3, 3 * hidden],
        [3, hidden],
      ],
    })),
    {
      shapes: [
        [2, 21],
        [2, 21],
        [2, 7],
      ],
      low: -30,
      high: 30,
    },
  ],
  peer([x, y, h]) {
    const [xr, xz, xn] = tf.split(x, 3, -1);
    const [yr, yz, yn] = tf.split(y, 3, -1);
    const z = tf.sigmoid(tf.add(xz, yz));
    const n = tf.tanh(tf.add(xn, tf.mul(tf.sigmoid(tf.add(xr, yr)), yn)));
    return tf.add(n, tf.mul(z, tf.sub(h, n)));
  },
});
