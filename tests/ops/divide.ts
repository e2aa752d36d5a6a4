import tf from "@tensorflow/tfjs";
import { uniform } from "../support/array.js";
import { twins } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([a, b]) => [{ shape: a.shape, data: a.data.map((v, i) => v / b.data[i]) }],
  cases: twins.map(({ shapes }) => ({
    shapes,
    inputs: (random) => [uniform(random, shapes[0]), uniform(random, shapes[1], 0.5, 3)],
  })),
  peer: ([a, b]) => tf.div(a, b),
});
