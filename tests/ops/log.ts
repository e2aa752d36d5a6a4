import tf from "@tensorflow/tfjs";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([x]) => [{ shape: x.shape, data: x.data.map(Math.log) }],
  cases: [...ofEachWidth(3).map((row) => ({ ...row, low: 0.1, high: 9 })), { shapes: [[17]], low: 0.05, high: 1e6 }],
  peer: ([x]) => tf.log(x),
});
