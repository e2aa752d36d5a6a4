import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";
import matmul from "./matmul.js";

export default defineOpTest({
  reference([x, weights, bias]) {
    const [rows, inputs] = rowsOf(x.shape);
    const outputs = bias.data.length;
    const [y] = matmul.reference([array([rows, inputs], x.data), weights]);
    return [
      array(
        [...x.shape.slice(0, -1), outputs],
        y.data.map((v, at) => v + bias.data[at % outputs]),
      ),
    ];
  },
  cases: [1, 2, 3, 5, 8, 35].flatMap((batch) =>
    [
      [1, 1],
      [3, 5],
      [7, 4],
      [17, 26],
      [9, 67],
    ].map(([inputs, outputs]) => ({ shapes: [[batch, inputs], [inputs, outputs], [outputs]] })),
  ),
  peer([x, weights, bias]) {
    const product = (a: tf.Tensor): tf.Tensor => tf.fused.matMul({ a, b: weights as tf.Tensor2D, bias });
    if (x.rank === 2) return product(x);
    const rows = tf.reshape(x, [-1, x.shape.at(-1)!]);
    return tf.reshape(product(rows), [...x.shape.slice(0, -1), weights.shape[1]!]);
  },
  bench: [1, 16].map((batch) => ({ size: `${batch}x129x400`, shapes: [[batch, 129], [129, 400], [400]] })),
});
