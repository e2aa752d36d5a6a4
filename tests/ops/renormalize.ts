import tf from "@tensorflow/tfjs";
import { rowsOf, uniform, zeros, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[]) {
    const [rows, cols] = rowsOf(x.shape);
    const y = zeros(x.shape);
    for (let r = 0; r < rows; ++r) {
      const row = x.data.subarray(r * cols, (r + 1) * cols);
      const sum = row.reduce((a, b) => a + b, 0);
      row.forEach((v, c) => (y.data[r * cols + c] = v / sum));
    }
    return [y];
  },
  // Its gradient is that of the identity, on purpose: tests/systems/neuralRandomAccessMachine.test.ts says so.
  cases: widths.map((width) => ({
    shapes: [[3, width]],
    inputs: (random) => [uniform(random, [3, width], 0.1, 1)],
    constant: [0],
  })),
  peer: ([x]) => tf.div(x, tf.sum(x, -1, true)),
});
