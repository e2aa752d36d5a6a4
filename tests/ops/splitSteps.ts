import tf from "@tensorflow/tfjs";
import { array, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[], { parts }: { parts: number }) {
    const [time, batch, whole] = x.shape as [number, number, number];
    const n = whole / parts;
    const y = new Float64Array(time * batch * whole);
    x.data.forEach((value, i) => {
      const [t, row, part, k] = [
        Math.floor(i / (batch * whole)),
        Math.floor(i / whole) % batch,
        Math.floor((i % whole) / n),
        i % n,
      ];
      y[((t * parts + part) * batch + row) * n + k] = value;
    });
    return [array([parts * time, batch, n], y)];
  },
  cases: [
    ...widths.map((width) => ({ shapes: [[2, 2, 2 * width]], attributes: { parts: 2 } })),
    { shapes: [[3, 5, 9]], attributes: { parts: 3 } },
    { shapes: [[1, 1, 24]], attributes: { parts: 8 } },
  ],
  peer([x], { parts }) {
    const [time, batch, whole] = x.shape as [number, number, number];
    const split = tf.transpose(tf.reshape(x, [time, batch, parts, whole / parts]), [0, 2, 1, 3]);
    return tf.reshape(split, [parts * time, batch, whole / parts]);
  },
});
