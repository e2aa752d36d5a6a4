import tf from "@tensorflow/tfjs";
import { around, lengthOf, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[], { axis = 0, count }: { axis?: number; count: number }) {
    const at = axis < 0 ? axis + x.shape.length + 1 : axis;
    const shape = [...x.shape.slice(0, at), count, ...x.shape.slice(at)];
    const [, , inner] = around(shape, at);
    const data = new Float64Array(lengthOf(shape));
    data.forEach((_, i) => (data[i] = x.data[Math.floor(i / (count * inner)) * inner + (i % inner)]));
    return [{ shape, data }];
  },
  cases: [
    ...widths.map((width) => ({ shapes: [[3, width]], attributes: { axis: 1, count: 5 } })),
    ...widths.map((count) => ({ shapes: [[3]], attributes: { axis: -1, count } })),
    { shapes: [[2, 3]], attributes: { count: 4 } },
    { shapes: [[]], attributes: { count: 6 } },
  ],
  peer([x], { axis = 0, count }) {
    const expanded = tf.expandDims(x, axis);
    return tf.tile(expanded, expanded.shape.map(() => 1).with(axis, count));
  },
});
