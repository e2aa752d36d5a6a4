import tf from "@tensorflow/tfjs";
import { array, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

interface Attributes {
  readonly whole?: boolean;
}

const shapesOf = (batch: number, ends: number, slots: number, width: number): number[][] => [
  [batch, ends, slots, width],
  [batch, ends, width],
];

export default defineOpTest({
  reference([rows, added]: readonly NDArray[], { whole = false }: Attributes = {}) {
    const [batch, ends, slots] = rows.shape as [number, number, number];
    const width = added.data.length / (batch * ends);
    const size = slots * width;
    const y = Array.from({ length: batch * ends }, (_, e) => {
      const old = Array.from(rows.data.slice(e * size, (e + 1) * size));
      const all = [...added.data.slice(e * width, (e + 1) * width), ...old];
      const isLost = whole && all.slice(size).some((number) => number !== 0);
      return isLost ? all.slice(0, size).fill(NaN) : all.slice(0, size);
    });
    return [array(rows.shape, y.flat())];
  },
  cases: [
    ...widths.map((width) => ({ shapes: shapesOf(2, 1, 3, width) })),
    { shapes: shapesOf(2, 2, 4, 3) },
    { shapes: shapesOf(3, 2, 1, 5) },
    {
      shapes: [
        [2, 2, 7],
        [2, 2],
      ],
    },
  ],
  peer([rows, added]) {
    const slots = rows.shape[2]!;
    const next = tf.expandDims(added, 2);
    const kept = rows.shape.map((axis, i) => (i === 2 ? slots - 1 : axis));
    return tf.concat(
      [
        next,
        tf.slice(
          rows,
          rows.shape.map(() => 0),
          kept,
        ),
      ],
      2,
    );
  },
  bench: [{ size: "16x1x24x32", shapes: shapesOf(16, 1, 24, 32) }],
});
