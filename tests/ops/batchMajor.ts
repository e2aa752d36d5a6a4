import tf from "@tensorflow/tfjs";
import { array } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]) {
    const [time, batch, n] = x.shape as [number, number, number];
    const y = Array.from({ length: time * batch * n }, (_, i) => {
      const [b, t, k] = [Math.floor(i / (time * n)), Math.floor(i / n) % time, i % n];
      return x.data[(t * batch + b) * n + k];
    });
    return [array([batch, time, n], y)];
  },
  cases: [...widths.map((width) => ({ shapes: [[3, 2, width]] })), { shapes: [[1, 5, 3]] }, { shapes: [[6, 1, 3]] }],
  peer: ([x]) => tf.transpose(x, [1, 0, 2]),
});
