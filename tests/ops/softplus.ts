import tf from "@tensorflow/tfjs";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([x]) => [{ shape: x.shape, data: x.data.map((v) => Math.log1p(Math.exp(v))) }],
  cases: [...ofEachWidth(3), { shapes: [[17]], low: -80, high: 80 }],
  peer: ([x]) => tf.softplus(x),
  bench: [{ size: "65536", shapes: [[65_536]] }],
});
