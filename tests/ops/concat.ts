import tf from "@tensorflow/tfjs";
import { around, array, lengthOf, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference(tensors: readonly NDArray[], { axis = -1 }: { axis?: number } = {}) {
    const shape = [...tensors[0].shape];
    const at = axis < 0 ? axis + shape.length : axis;
    shape[at] = tensors.reduce((sum, x) => sum + x.shape[at], 0);
    const y: number[] = [];
    for (let group = 0; group < lengthOf(shape.slice(0, at)); ++group) {
      for (const x of tensors) {
        const [, length, inner] = around(x.shape, at);
        for (let i = group * length * inner; i < (group + 1) * length * inner; ++i) y.push(x.data[i]!);
      }
    }
    return [array(shape, y)];
  },
  cases: [
    ...widths.map((width) => ({
      shapes: [
        [3, width],
        [3, 5],
        [3, 1],
      ],
    })),
    {
      shapes: [
        [1, 9],
        [1, 20],
      ],
    },
    { shapes: [[2, 3, 5]] },
    {
      shapes: [
        [2, 3, 5],
        [2, 1, 5],
        [2, 4, 5],
      ],
      attributes: { axis: 1 },
    },
    {
      shapes: [
        [2, 3],
        [1, 3],
      ],
      attributes: { axis: 0 },
    },
    {
      shapes: [
        [2, 3],
        [2, 4],
      ],
      attributes: {},
    },
  ],
  peer: (tensors, { axis = -1 } = {}) => tf.concat([...tensors], axis),
  bench: [1, 16].map((batch) => ({
    size: `${batch}x9+20+100`,
    shapes: [
      [batch, 9],
      [batch, 20],
      [batch, 100],
    ],
  })),
});
