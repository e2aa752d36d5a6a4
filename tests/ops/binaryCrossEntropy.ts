import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { benchLosses, losses } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { maskedSum } from "../support/peers.js";

export default defineOpTest({
  reference([x, t, mask]) {
    const [, cols] = rowsOf(x.shape);
    const term = (x: number, t: number): number => Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x)));
    return [array([], [x.data.reduce((sum, v, i) => sum + mask.data[Math.floor(i / cols)] * term(v, t.data[i]), 0)])];
  },
  cases: losses,
  peer: ([logits, targets, mask]) => maskedSum(tf.sub(tf.softplus(logits), tf.mul(logits, targets)), mask),
  bench: benchLosses,
});
