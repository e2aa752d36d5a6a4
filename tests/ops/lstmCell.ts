import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export default defineOpTest({
  reference([gates, cell]) {
    const [, hidden] = rowsOf(cell.shape);
    const h: number[] = [];
    const c: number[] = [];
    cell.data.forEach((old, n) => {
      const [r, j] = [Math.floor(n / hidden), n % hidden];
      const [i, f, g, o] = [0, 1, 2, 3].map((block) => gates.data[(4 * r + block) * hidden + j]);
      c[n] = sigmoid(f) * old + sigmoid(i) * Math.tanh(g);
      h[n] = sigmoid(o) * Math.tanh(c[n]);
    });
    return [array(cell.shape, h), array(cell.shape, c)];
  },
  cases: [
    ...widths.map((hidden) => ({
      shapes: [
        [3, 4 * hidden],
        [3, hidden],
      ],
    })),
    {
      shapes: [
        [1, 400],
        [1, 100],
      ],
    },
    {
      shapes: [
        [2, 28],
        [2, 7],
      ],
      low: -30,
      high: 30,
    },
  ],
  peer([gates, cell]) {
    const [i, f, g, o] = tf.split(gates, 4, -1);
    const next = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    return [tf.mul(tf.sigmoid(o), tf.tanh(next)), next];
  },
  bench: [
    {
      size: "1x100",
      shapes: [
        [1, 400],
        [1, 100],
      ],
    },
    {
      size: "16x100",
      shapes: [
        [16, 400],
        [16, 100],
      ],
    },
    {
      size: "64x256",
      shapes: [
        [64, 1024],
        [64, 256],
      ],
    },
  ],
});
