import tf from "@tensorflow/tfjs";
import { withTies } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([a, b]) => [{ shape: a.shape, data: a.data.map((v, i) => Math.min(v, b.data[i])) }],
  cases: withTies,
  peer: ([a, b]) => tf.minimum(a, b),
  bench: [
    {
      size: "40x16",
      shapes: [
        [40, 16],
        [40, 16],
      ],
    },
  ],
});
