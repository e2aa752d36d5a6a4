import tf from "@tensorflow/tfjs";
import type { NDArray } from "../support/array.js";
import { masked } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { keeps } from "../support/peers.js";
import maskedSoftmax from "./maskedSoftmax.js";

const DROPPED = -1e4;

export default defineOpTest({
  reference([x, mask]) {
    const [y] = maskedSoftmax.reference([x, mask]) as [NDArray];
    return [{ shape: y.shape, data: y.data.map((p, i) => (mask.data[i] ? Math.log(p) : DROPPED)) }];
  },
  cases: masked,
  peer([x, mask]) {
    const kept = keeps(mask);
    return tf.where(kept, tf.logSoftmax(tf.where(kept, x, DROPPED)), DROPPED);
  },
});
