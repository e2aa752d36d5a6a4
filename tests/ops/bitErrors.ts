import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { losses } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { maskedSum } from "../support/peers.js";

export default defineOpTest({
  reference([x, t, mask]) {
    const [, cols] = rowsOf(x.shape);
    const term = (x: number, t: number): number => Number(x > 0 !== t > 0.5);
    return [array([], [x.data.reduce((sum, v, i) => sum + mask.data[Math.floor(i / cols)] * term(v, t.data[i]), 0)])];
  },
  cases: losses,
  peer([logits, targets, mask]) {
    const wrong = tf.notEqual(tf.greater(logits, 0), tf.greater(targets, 0.5));
    return maskedSum(tf.cast(wrong, "float32"), mask);
  },
});
