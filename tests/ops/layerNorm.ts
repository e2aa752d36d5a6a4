import tf from "@tensorflow/tfjs";
import { array, rowsOf, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x, gain, bias]: readonly NDArray[], { epsilon = 1e-5 }: { epsilon?: number } = {}) {
    const [rows, cols] = rowsOf(x.shape);
    const y = Float64Array.from(x.data);
    for (let r = 0; r < rows; ++r) {
      const row = y.subarray(r * cols, (r + 1) * cols);
      const mean = row.reduce((s, v) => s + v, 0) / cols;
      const variance = row.reduce((s, v) => s + (v - mean) ** 2, 0) / cols;
      const scale = 1 / Math.sqrt(variance + epsilon);
      row.forEach((v, c) => (row[c] = (v - mean) * scale * gain.data[c] + bias.data[c]));
    }
    return [array(x.shape, y)];
  },
  cases: widths.flatMap((width) => [
    { shapes: [[3, width], [width], [width]], attributes: { epsilon: 0.01 } },
    { shapes: [[2, 2, width], [width], [width]] },
  ]),
  peer([x, gain, bias], { epsilon = 1e-5 } = {}) {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
    return tf.add(tf.mul(tf.mul(centred, scale), gain), bias);
  },
  bench: [{ size: "128x512", shapes: [[128, 512], [512], [512]] }],
});
