import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, whole, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([h, sum, steps, halted]: readonly NDArray[], { epsilon, limit }: { epsilon: number; limit: number }) {
    const rows = [...h.data].map((share, r) => {
      const [before, n] = [sum.data[r], steps.data[r] + 1];
      if (halted.data[r]) return [0, before, n - 1, 1];
      const halts = before + share >= 1 - epsilon || n === limit;
      return halts ? [1 - before, before, n, 1] : [share, before + share, n, 0];
    });
    return [0, 1, 2, 3].map((output) =>
      array(
        h.shape,
        rows.map((row) => row[output]),
      ),
    );
  },
  cases: [1, 2, 3, 5, 17].flatMap((rows) =>
    [
      { epsilon: Math.fround(0.01), limit: 6 },
      { epsilon: Math.fround(0.25), limit: 3 },
    ].map((attributes) => ({
      shapes: [[rows], [rows], [rows], [rows]],
      attributes,
      // a third has halted before, and of the others some halt by their sum, some by the limit; none is at the threshold
      inputs: (random: Random): NDArray[] => {
        const sum = uniform(random, [rows], 0, 0.7);
        const h = uniform(random, [rows], 0.05, 1);
        const enough = 1 - attributes.epsilon;
        const clear = h.data.map((v, r) => (Math.abs(sum.data[r] + v - enough) < 1e-3 ? v + 0.01 : v));
        return [
          { shape: [rows], data: clear },
          sum,
          whole(random, [rows], attributes.limit),
          array(
            [rows],
            Array.from({ length: rows }, (_, r) => Number(r % 3 === 1)),
          ),
        ];
      },
      constant: [2, 3],
    })),
  ),
  peer([h, sum, steps, halted], { epsilon, limit }) {
    const n = tf.add(steps, 1);
    const before = tf.notEqual(halted, 0);
    const halts = tf.logicalOr(tf.greaterEqual(tf.add(sum, h), 1 - epsilon), tf.equal(n, limit));
    const p = tf.where(before, 0, tf.where(halts, tf.sub(1, sum), h));
    const over = tf.logicalOr(before, halts);
    return [p, tf.where(over, sum, tf.add(sum, h)), tf.where(before, steps, n), tf.cast(over, "float32")];
  },
});
