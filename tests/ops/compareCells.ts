import tf from "@tensorflow/tfjs";
import { relations, type CompareCellsOptions, type Relation } from "../../bindings/graph/ops/compareCells.js";
import { array, weighting, whole, type NDArray } from "../support/array.js";
import { benchTables, tables, type Table } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const holds: Record<Relation, (cell: number, number: number) => boolean> = {
  greater: (cell, number) => cell > number,
  lesser: (cell, number) => cell < number,
  atLeast: (cell, number) => cell >= number,
  atMost: (cell, number) => cell <= number,
  equal: (cell, number) => cell === number,
};

/** Whole numbers, so that many are equal; some cells are not there, some in part. */
const at = ([rows, batch, columns]: Table, numbers: number): Case => ({
  shapes: [],
  inputs: (random) => [
    whole(random, [rows, batch, columns], 4),
    array(
      [rows, batch, columns],
      Array.from({ length: rows * batch * columns }, (_, i) => [1, 0.5, 1, 0][i % 4]),
    ),
    whole(random, [batch, numbers], 4),
    weighting(random, [batch, numbers]),
  ],
  constant: [0, 1, 2],
});

export default defineOpTest({
  reference([cells, present, numbers, weights]: readonly NDArray[], { relation }: CompareCellsOptions) {
    const [, batch, columns] = cells.shape as [number, number, number];
    const count = numbers.shape[1];
    const y = cells.data.map((cell, i) => {
      const first = (Math.floor(i / columns) % batch) * count;
      let sum = 0;
      for (let n = first; n < first + count; ++n) if (holds[relation](cell, numbers.data[n])) sum += weights.data[n];
      return sum * present.data[i];
    });
    return [array(cells.shape, y)];
  },
  cases: relations.flatMap((relation) =>
    tables.flatMap((sizes) => [1, 2, 5].map((numbers) => ({ ...at(sizes, numbers), attributes: { relation } }))),
  ),
  peer([cells, present, numbers, weights], { relation }) {
    const inner = [1, numbers.shape[0]!, 1, numbers.shape[1]!];
    const compare = {
      greater: tf.greater,
      lesser: tf.less,
      atLeast: tf.greaterEqual,
      atMost: tf.lessEqual,
      equal: tf.equal,
    }[relation];
    const held = compare(tf.expandDims(cells, 3), tf.reshape(numbers, inner));
    return tf.mul(present, tf.sum(tf.mul(tf.cast(held, "float32"), tf.reshape(weights, inner)), 3));
  },
  bench: benchTables.map((sizes) => ({
    size: sizes.join("x"),
    ...at(sizes, 2),
    attributes: { relation: "greater" as const },
  })),
});
