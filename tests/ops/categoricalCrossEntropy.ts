import tf from "@tensorflow/tfjs";
import { array, ones, rowsOf, uniform, whole, type NDArray } from "../support/array.js";
import { rowMask, widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { maskedSum } from "../support/peers.js";
import logSoftmax from "./logSoftmax.js";

export default defineOpTest({
  reference([logits, targets, mask]) {
    const [rows, classes] = rowsOf(logits.shape);
    const [{ data }] = logSoftmax.reference([logits]) as [NDArray];
    let loss = 0;
    for (let r = 0; r < rows; ++r) loss -= mask.data[r] * data[r * classes + targets.data[r]];
    return [array([], [loss])];
  },
  cases: widths.map((width) => ({
    shapes: [
      [2, 4, width],
      [2, 4],
      [2, 4],
    ],
    inputs: (random) => [uniform(random, [2, 4, width], -4, 4), whole(random, [2, 4], width), rowMask],
    constant: [1, 2],
  })),
  peer([logits, targets, mask]) {
    const hot = tf.oneHot(tf.cast(targets, "int32"), logits.shape.at(-1)!);
    return tf.neg(maskedSum(tf.mul(tf.logSoftmax(logits), hot), mask));
  },
  unknownToPeer: ([logits]) => logits.shape.at(-1) === 1,
  bench: [
    {
      size: "656x64",
      shapes: [[656, 64], [656], [656]],
      inputs: (random) => [uniform(random, [656, 64]), whole(random, [656], 64), ones([656])],
      constant: [1, 2],
    },
  ],
});
