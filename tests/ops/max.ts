import tf from "@tensorflow/tfjs";
import { around, type NDArray } from "../support/array.js";
import { reductions } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[], { axis = -1 }: { axis?: number } = {}) {
    const at = axis < 0 ? axis + x.shape.length : axis;
    const [outer, length, inner] = around(x.shape, at);
    const y = new Float64Array(outer * inner).fill(-Infinity);
    x.data.forEach((v, k) => {
      const [o, i] = [Math.floor(k / (length * inner)), k % inner];
      y[o * inner + i] = Math.max(y[o * inner + i], v);
    });
    return [{ shape: x.shape.filter((_, i) => i !== at), data: y }];
  },
  cases: reductions,
  peer: ([x], { axis = -1 } = {}) => tf.max(x, axis),
});
