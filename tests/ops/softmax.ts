import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]) {
    const [rows, cols] = rowsOf(x.shape);
    const y = Float64Array.from(x.data);
    for (let r = 0; r < rows; ++r) {
      const row = y.subarray(r * cols, (r + 1) * cols);
      const m = Math.max(...row);
      const sum = row.reduce((s, v) => s + Math.exp(v - m), 0);
      row.forEach((v, c) => (row[c] = Math.exp(v - m) / sum));
    }
    return [array(x.shape, y)];
  },
  cases: [...ofEachWidth(1), ...ofEachWidth(5), { shapes: [[3, 17]], low: -60, high: 60 }],
  peer: ([x]) => tf.softmax(x),
  bench: [1, 16, 512].map((rows) => ({ size: `${rows}x128`, shapes: [[rows, 128]] })),
});
