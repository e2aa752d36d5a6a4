import tf from "@tensorflow/tfjs";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([x]) => [{ shape: x.shape, data: x.data.map(Math.exp) }],
  cases: [...ofEachWidth(3), { shapes: [[17]], low: -12, high: 6 }],
  peer: ([x]) => tf.exp(x),
  bench: [{ size: "65536", shapes: [[65_536]] }],
});
