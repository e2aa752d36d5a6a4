import tf from "@tensorflow/tfjs";
import type { NDArray } from "../support/array.js";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[], { scale = 1, shift = 0 }: { scale?: number; shift?: number }) {
    return [{ shape: x.shape, data: x.data.map((v) => scale * v + shift) }];
  },
  cases: [
    ...ofEachWidth(3).map((row) => ({ ...row, attributes: { scale: 1.5, shift: -0.25 } })),
    { shapes: [[5]], attributes: {} },
  ],
  peer: ([x], { scale = 1, shift = 0 }) => tf.add(tf.mul(x, scale), shift),
});
