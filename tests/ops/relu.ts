import tf from "@tensorflow/tfjs";
import { clearOf } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([x]) => [{ shape: x.shape, data: x.data.map((v) => Math.max(v, 0)) }],
  cases: clearOf([0]),
  peer: ([x]) => tf.relu(x),
  bench: [{ size: "65536", shapes: [[65_536]] }],
});
