import tf from "@tensorflow/tfjs";
import type { NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[], { by }: { by: number }) {
    const width = x.data.length / x.shape[0];
    return [{ shape: x.shape, data: x.data.map((_, i) => x.data[i - by * width] ?? 0) }];
  },
  cases: [-5, -1, 0, 1, 2].flatMap((by) => [
    ...widths.map((width) => ({ shapes: [[4, width]], attributes: { by } })),
    { shapes: [[3, 2, 5]], attributes: { by } },
    { shapes: [[1]], attributes: { by } },
  ]),
  peer([x], { by }) {
    const rows = x.shape[0]!;
    const none = x.shape.map((): [number, number] => [0, 0]);
    const away = Math.min(Math.abs(by), rows);
    const padded = tf.pad(x, none.with(0, by > 0 ? [away, 0] : [0, away]));
    return tf.slice(
      padded,
      x.shape.map((_, i) => (i || by > 0 ? 0 : away)),
      x.shape,
    );
  },
  bench: [{ size: "40x16", shapes: [[40, 16]], attributes: { by: 1 } }],
});
