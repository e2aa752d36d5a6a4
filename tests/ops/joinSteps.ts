import tf from "@tensorflow/tfjs";
import { array, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[], { parts }: { parts: number }) {
    const [steps, batch, n] = x.shape as [number, number, number];
    const y = new Float64Array(steps * batch * n);
    x.data.forEach((value, i) => {
      const [step, row, k] = [Math.floor(i / (batch * n)), Math.floor(i / n) % batch, i % n];
      y[((Math.floor(step / parts) * batch + row) * parts + (step % parts)) * n + k] = value;
    });
    return [array([steps / parts, batch, parts * n], y)];
  },
  cases: [
    ...widths.map((width) => ({ shapes: [[4, 2, width]], attributes: { parts: 2 } })),
    { shapes: [[6, 5, 3]], attributes: { parts: 3 } },
    { shapes: [[8, 1, 3]], attributes: { parts: 8 } },
  ],
  peer([x], { parts }) {
    const [steps, batch, n] = x.shape as [number, number, number];
    const split = tf.transpose(tf.reshape(x, [steps / parts, parts, batch, n]), [0, 2, 1, 3]);
    return tf.reshape(split, [steps / parts, batch, parts * n]);
  },
});
