import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]) {
    const [rows, cols] = rowsOf(x.shape);
    const y = Array.from({ length: rows }, (_, r) => {
      const row = [...x.data.subarray(r * cols, (r + 1) * cols)].map((v) => (v > -Infinity ? v : -Infinity));
      return row.indexOf(row.reduce((a, b) => (b > a ? b : a)));
    });
    return [array(x.shape.slice(0, -1), y)];
  },
  cases: [
    ...ofEachWidth(3),
    { shapes: [[2, 3, 5]] },
    {
      shapes: [[4, 3]],
      inputs: () => [array([4, 3], [1, 2, 2, NaN, 3, 4, NaN, -1, NaN, -Infinity, -Infinity, -Infinity])],
    },
  ],
  peer: ([x]) => tf.cast(tf.argMax(tf.where(tf.isNaN(x), -Infinity, x), -1), "float32"),
});
