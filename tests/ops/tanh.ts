import tf from "@tensorflow/tfjs";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([x]) => [{ shape: x.shape, data: x.data.map(Math.tanh) }],
  cases: [...ofEachWidth(3), { shapes: [[17]], low: -20, high: 20 }],
  peer: ([x]) => tf.tanh(x),
  bench: [{ size: "65536", shapes: [[65_536]] }],
});
