import tf from "@tensorflow/tfjs";
import type { EmbeddingBagOptions } from "../../bindings/graph/ops/embeddingBag.js";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, rowsOf, uniform, whole, zeros, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

/** The weight of column k of the row at place j, both from 0. */
const weight = (j: number, k: number, width: number, columns: number, slope: number): number =>
  1 + (slope * (k + 1 - (width + 1) / 2) * (j + 1 - (columns + 1) / 2)) / (width * columns);

const bags = (rows: number, width: number, indices: readonly number[], attributes?: EmbeddingBagOptions) => ({
  shapes: [[rows, width], indices],
  inputs: (random: Random) => [uniform(random, [rows, width]), whole(random, indices, rows)],
  constant: [1],
  attributes,
});

const cases: readonly Case<EmbeddingBagOptions | undefined>[] = [
  ...widths.map((width) => bags(6, width, [2, 3, 4], { slope: 4, columns: 5 })),
  ...widths.map((width) => bags(5, width, [3, 2])),
  bags(3, 5, [1], { columns: 7 }),
  bags(3, 5, [4, 1], { slope: -1.5 }),
  {
    shapes: [
      [3, 5],
      [2, 4],
    ],
    inputs: (random) => [uniform(random, [3, 5]), array([2, 4], [2, -1, 2, NaN, 3, Infinity, -1, -2])],
    constant: [1],
    attributes: { slope: 4 },
  },
];

export default defineOpTest({
  reference([table, indices]: readonly NDArray[], options: EmbeddingBagOptions | undefined) {
    const [rows, width] = rowsOf(table.shape);
    const [bags, words] = rowsOf(indices.shape);
    const { slope = 0, columns = words } = options ?? {};
    const y = zeros([...indices.shape.slice(0, -1), width]);
    for (let i = 0; i < bags * words; ++i) {
      const index = indices.data[i];
      if (!(index >= 0 && index < rows)) continue;
      for (let k = 0; k < width; ++k) {
        y.data[Math.floor(i / words) * width + k] +=
          weight(i % words, k, width, columns, slope) * table.data[index * width + k];
      }
    }
    return [y];
  },
  cases,
  peer([table, indices], options) {
    const [words, width] = [indices.shape.at(-1)!, table.shape[1]!];
    const { slope = 0, columns = words } = options ?? {};
    const weights = Array.from({ length: words }, (_, j) =>
      Array.from({ length: width }, (_, k) => weight(j, k, width, columns, slope)),
    );
    return tf.sum(tf.mul(tf.gather(table, tf.cast(indices, "int32")), tf.tensor2d(weights)), -2);
  },
  // Of a gather there is none.
  peerHasGradient: false,
  unknownToPeer: ([table, indices]) => indices.data.some((index) => !(index >= 0 && index < table.shape[0])),
  bench: [{ size: "16 x 50 sentences of 8 words", ...bags(180, 50, [16, 50, 8], { slope: 4 }) }],
});
