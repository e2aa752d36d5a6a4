import tf from "@tensorflow/tfjs";
import { array, rowsOf } from "../support/array.js";
import { benchLosses, losses } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { maskedSum } from "../support/peers.js";

export default defineOpTest({
  reference([x, t, mask]) {
    const [, cols] = rowsOf(x.shape);
    const term = (x: number, t: number): number => (x - t) ** 2;
    return [array([], [x.data.reduce((sum, v, i) => sum + mask.data[Math.floor(i / cols)] * term(v, t.data[i]), 0)])];
  },
  cases: losses,
  peer: ([x, targets, mask]) => maskedSum(tf.squaredDifference(x, targets), mask),
  bench: benchLosses,
});
