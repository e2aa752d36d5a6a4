import tf from "@tensorflow/tfjs";
import type { NDArray } from "../support/array.js";
import { clearOf } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[], { low = -Infinity, high = Infinity }: { low?: number; high?: number }) {
    return [{ shape: x.shape, data: x.data.map((v) => Math.min(Math.max(v, low), high)) }];
  },
  cases: [
    ...clearOf([-1, 0.75]).map((row) => ({ ...row, attributes: { low: -1, high: 0.75 } })),
    ...clearOf([0.5]).map((row) => ({ ...row, attributes: { high: 0.5 } })),
  ],
  peer: ([x], { low = -Infinity, high = Infinity }) => tf.clipByValue(x, low, high),
});
