import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, rowsOf, uniform, type NDArray } from "../support/array.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const at = (rows: number, cols: number): Case => ({
  shapes: [[rows, cols], [rows]],
  inputs: (random: Random) => [uniform(random, [rows, cols], 0, 1), uniform(random, [rows], 0, 1)],
});

/** Whether a row is no distribution, or its number is none from 0 to below 1. */
function isUnknown(p: NDArray, u: NDArray): boolean {
  const [rows, cols] = rowsOf(p.shape);
  return Array.from({ length: rows }, (_, r) => r).some((r) => {
    const total = p.data.subarray(r * cols, (r + 1) * cols).reduce((a, b) => a + b, 0);
    return !(total > 0 && u.data[r]! < 1);
  });
}

export default defineOpTest({
  reference([p, u]: readonly NDArray[]) {
    const [rows, cols] = rowsOf(p!.shape);
    const y = Array.from({ length: rows }, (_, r) => {
      const row = [...p!.data.subarray(r * cols, (r + 1) * cols)];
      const total = row.reduce((a, b) => a + b, 0);
      let below = 0;
      const drawn = row.findIndex((value) => (below += value) > u!.data[r]! * total);
      return drawn < 0 || !(u!.data[r]! >= 0) ? NaN : drawn;
    });
    return [array(u!.shape, y)];
  },
  cases: [
    ...[1, 2, 3, 4, 5, 18].map((cols) => at(9, cols)),
    {
      shapes: [
        [2, 3, 4],
        [2, 3],
      ],
      inputs: (random) => [uniform(random, [2, 3, 4], 0, 1), uniform(random, [2, 3], 0, 1)],
    },
    {
      // Borders: what has no probability is not drawn, at neither end, and what lies on a border is above it.
      shapes: [[6, 4], [6]],
      inputs: () => [
        array([6, 4], [0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, NaN, 1, 1, 1, 1, 1, 1]),
        array([6], [0, 0.5, 1 - 2 ** -24, 0.5, 0.5, 1]),
      ],
    },
  ],
  /** Sums from the left are a product with ones above the diagonal: cumsum of the wasm backend writes past its memory. */
  peer([p, u]) {
    const cols = p!.shape.at(-1)!;
    const ones = tf.tensor2d(
      Array.from({ length: cols }, (_, i) => Array.from({ length: cols }, (_, j) => Number(i <= j))),
    );
    const sums = tf.matMul(tf.reshape(p!, [-1, cols]), ones);
    const border = tf.mul(tf.reshape(u!, [-1, 1]), tf.slice(sums, [0, cols - 1]));
    const drawn = tf.argMax(tf.cast(tf.greater(sums, border), "int32"), -1);
    return tf.reshape(tf.cast(drawn, "float32"), u!.shape);
  },
  unknownToPeer: ([p, u]) => isUnknown(p!, u!),
});
