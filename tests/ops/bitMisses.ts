import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { losses } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { keeps } from "../support/peers.js";

export default defineOpTest({
  reference([x, t, mask]) {
    const [rows, cols] = rowsOf(x.shape);
    const isRight = (x: number, t: number): boolean => (t > 0.5 ? x > 0 : x <= 0); // never of NaN
    const missed = (r: number): boolean => {
      const bits = [...x.data.subarray(r * cols, (r + 1) * cols)];
      return mask.data[r] !== 0 && !bits.every((bit, c) => isRight(bit, t.data[r * cols + c]));
    };
    return [
      array(
        mask.shape,
        Array.from({ length: rows }, (_, r) => Number(missed(r))),
      ),
    ];
  },
  cases: [
    ...losses,
    {
      shapes: [[7, 5], [7, 5], [7]],
      // right; wrong in a vector; wrong in the tail; NaN for a 0; NaN for a 1; NaN that is masked; a logit of 0 says 0
      inputs: () => [
        array(
          [7, 5],
          [
            [-1, 2, -3, 4, 5],
            [-1, -2, -3, 4, 5],
            [-1, 2, -3, 4, -5],
            [NaN, 2, -3, 4, 5],
            [-1, NaN, -3, 4, 5],
            [NaN, NaN, NaN, NaN, NaN],
            [0, 2, -0, 4, Infinity],
          ].flat(),
        ),
        array([7, 5], Array.from({ length: 7 }, () => [0, 1, 0, 1, 1]).flat()),
        array([7], [1, -1, 1, 1, 0.5, 0, 1]),
      ],
    },
  ],
  peer([logits, targets, mask]) {
    const wrong = tf.notEqual(tf.greater(logits, 0), tf.greater(targets, 0.5));
    return tf.cast(tf.logicalAnd(tf.any(wrong, -1), keeps(mask)), "float32");
  },
  unknownToPeer: ([logits]) => logits.data.some(Number.isNaN),
});
