import tf from "@tensorflow/tfjs";
import { array, rowsOf, type NDArray } from "../support/array.js";
import { benchLosses, losses } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { maskedSum } from "../support/peers.js";

export default defineOpTest({
  reference([x, t, mask]: readonly NDArray[], { delta = 1 }: { delta?: number } = {}) {
    const [, cols] = rowsOf(x.shape);
    const term = (d: number): number => (d <= delta ? d ** 2 / 2 : delta * (d - delta / 2));
    const terms = x.data.map((v, i) => mask.data[Math.floor(i / cols)] * term(Math.abs(v - t.data[i])));
    return [array([], [terms.reduce((a, b) => a + b, 0)])];
  },
  cases: [...losses, { ...losses[5], attributes: { delta: 0.5 } }],
  peer([x, targets, mask], { delta = 1 } = {}) {
    const distance = tf.abs(tf.sub(x, targets));
    const square = tf.minimum(distance, delta);
    const line = tf.sub(distance, square);
    return maskedSum(tf.add(tf.mul(0.5, tf.square(square)), tf.mul(delta, line)), mask);
  },
  bench: benchLosses,
});
