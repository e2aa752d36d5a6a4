import tf from "@tensorflow/tfjs";
import { array } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([state, gate, candidate]) {
    const [, length, maps] = state.shape;
    const third = Math.floor(maps / 3);
    const moved = state.data.map((here, at) => {
      const [i, p] = [at % maps, Math.floor(at / maps) % length];
      if (i < maps - 2 * third) return here;
      if (i < maps - third) return p > 0 ? state.data[at - maps] : 0;
      return p < length - 1 ? state.data[at + maps] : 0;
    });
    return [
      array(
        state.shape,
        gate.data.map((g, at) => g * moved[at]! + (1 - g) * candidate.data[at]),
      ),
    ];
  },
  cases: [...widths.map((maps) => [2, 3, maps]), [1, 1, 3], [1, 1, 24], [2, 2, 12]].map((shape) => ({
    shapes: [shape, shape, shape],
  })),
  peer([state, gate, candidate]) {
    const [, length, maps] = state.shape as [number, number, number];
    const third = Math.floor(maps / 3);
    const part = (first: number, count: number): tf.Tensor => tf.slice(state, [0, 0, first], [-1, -1, count]);
    const moved = (first: number, by: 0 | 2): tf.Tensor => {
      const padded = tf.pad(part(first, third), [
        [0, 0],
        [1, 1],
        [0, 0],
      ]);
      return tf.slice(padded, [0, by, 0], [-1, length, third]);
    };
    const parts = [part(0, maps - 2 * third)];
    if (third) parts.push(moved(maps - 2 * third, 0), moved(maps - third, 2));
    return tf.add(candidate, tf.mul(gate, tf.sub(tf.concat(parts, -1), candidate)));
  },
  bench: [
    {
      size: "32x20x48",
      shapes: [
        [32, 20, 48],
        [32, 20, 48],
        [32, 20, 48],
      ],
    },
  ],
});
