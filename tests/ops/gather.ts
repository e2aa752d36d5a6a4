import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, rowsOf, uniform, whole } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([table, indices]) {
    const [rows, width] = rowsOf(table.shape);
    const y = [...indices.data].flatMap((index) =>
      index >= 0 && index < rows ? [...table.data.subarray(index * width, (index + 1) * width)] : Array(width).fill(0),
    );
    return [array([...indices.shape, width], y)];
  },
  cases: [
    ...widths.map((width) => ({
      shapes: [
        [6, width],
        [2, 4],
      ],
      inputs: (random: Random) => [uniform(random, [6, width]), whole(random, [2, 4], 6)],
      constant: [1],
    })),
    {
      shapes: [
        [3, 2, 5],
        [4, 2],
      ],
      inputs: (random) => [uniform(random, [3, 2, 5]), whole(random, [4, 2], 6)],
      constant: [1],
    },
    {
      shapes: [[3, 5], [7]],
      inputs: (random) => [uniform(random, [3, 5]), array([7], [2, 3, -1, 2, NaN, 2, Infinity])],
      constant: [1],
    },
  ],
  peer: ([table, indices]) => {
    const rows = tf.reshape(table, [-1, table.shape.at(-1)!]);
    return tf.gather(rows, tf.cast(indices, "int32"));
  },
  unknownToPeer: ([table, indices]) => indices.data.some((index) => !(index >= 0 && index < rowsOf(table.shape)[0])),
});
