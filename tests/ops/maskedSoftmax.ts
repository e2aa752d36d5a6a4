import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { masked } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { keeps } from "../support/peers.js";

const DROPPED = -1e4;

export default defineOpTest({
  reference([x, mask]) {
    const [rows, cols] = rowsOf(x.shape);
    const y = x.data.map((v, i) => (mask.data[i] ? Math.exp(v) : 0));
    for (let r = 0; r < rows; ++r) {
      const row = y.subarray(r * cols, (r + 1) * cols);
      const sum = row.reduce((a, b) => a + b, 0);
      if (sum) row.forEach((v, c) => (row[c] = v / sum));
    }
    return [array(x.shape, y)];
  },
  cases: masked,
  peer([x, mask]) {
    const kept = keeps(mask);
    return tf.mul(tf.softmax(tf.where(kept, x, DROPPED)), tf.cast(kept, "float32"));
  },
});
