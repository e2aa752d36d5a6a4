import tf from "@tensorflow/tfjs";
import { array } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]) {
    const [rows, cols] = [x.shape.at(-2)!, x.shape.at(-1)!];
    const y = x.data.map((_, i) => {
      const [b, c, r] = [Math.floor(i / (rows * cols)), Math.floor(i / rows) % cols, i % rows];
      return x.data[(b * rows + r) * cols + c];
    });
    return [array([...x.shape.slice(0, -2), cols, rows], y)];
  },
  cases: [
    ...widths.flatMap((width) => [{ shapes: [[width, 3]] }, { shapes: [[5, width]] }, { shapes: [[2, 4, width]] }]),
    { shapes: [[17, 20]] },
    { shapes: [[2, 3, 6, 9]] },
  ],
  peer: ([x]) => tf.transpose(x, [...x.shape.keys()].with(-1, x.rank - 2).with(-2, x.rank - 1)),
});
