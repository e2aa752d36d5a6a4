import tf from "@tensorflow/tfjs";
import { array } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([query, keys, vector]) {
    const [batch, count, width] = keys.shape as [number, number, number];
    const e = Array.from({ length: batch * count }, (_, i) => {
      const q = Math.floor(i / count) * width;
      let sum = 0;
      for (let a = 0; a < width; ++a) sum += vector.data[a] * Math.tanh(query.data[q + a] + keys.data[i * width + a]);
      return sum;
    });
    return [array([batch, count], e)];
  },
  cases: widths.flatMap((width) => [1, 3, 6].map((count) => ({ shapes: [[2, width], [2, count, width], [width]] }))),
  peer: ([query, keys, vector]) => tf.sum(tf.mul(tf.tanh(tf.add(tf.expandDims(query, 1), keys)), vector), -1),
});
