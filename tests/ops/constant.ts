import tf from "@tensorflow/tfjs";
import { array, lengthOf, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference(_: readonly NDArray[], { shape, value }: { shape: number[]; value: number }) {
    return [array(shape, new Float64Array(lengthOf(shape)).fill(value))];
  },
  cases: [1, 3, 4, 17].map((size) => ({ shapes: [], attributes: { shape: [size], value: Math.fround(0.3) } })),
  peer: (_, { shape, value }) => tf.fill(shape, value),
});
