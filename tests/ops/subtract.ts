import tf from "@tensorflow/tfjs";
import { twins } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([a, b]) => [{ shape: a.shape, data: a.data.map((v, i) => v - b.data[i]) }],
  cases: twins,
  peer: ([a, b]) => tf.sub(a, b),
});
