import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x, lengths]) {
    const [time, batch, ...inner] = x.shape as [number, number, ...number[]];
    const width = inner.reduce((a, b) => a * b, 1);
    const y = Array.from({ length: time * batch }, (_, row) => {
      const [t, b] = [Math.floor(row / batch), row % batch];
      const length = lengths.data[b];
      const from = length <= time && t < length ? length - 1 - t : t;
      return [...x.data.subarray((from * batch + b) * width, (from * batch + b + 1) * width)];
    });
    return [array(x.shape, y.flat())];
  },
  cases: [
    ...widths.map((width) => ({
      shapes: [[5, 4, width], [4]],
      // whole, in part, a single element, and nothing that could be reversed
      inputs: (random: Random) => [uniform(random, [5, 4, width]), array([4], [5, 3, 1, 0])],
      constant: [1],
    })),
    {
      shapes: [[3, 3], [3]],
      inputs: (random: Random) => [uniform(random, [3, 3]), array([3], [2, 7, -1])],
      constant: [1],
    },
  ],
  peer([x, lengths]) {
    const time = x.shape[0]!;
    const t = tf.expandDims(tf.range(0, time), 1);
    const n = tf.expandDims(lengths, 0);
    const inside = tf.logicalAnd(tf.less(t, n), tf.lessEqual(n, time));
    const from = tf.where(inside, tf.sub(tf.sub(n, 1), t), tf.add(t, tf.mul(n, 0)));
    const batch = tf.add(tf.mul(t, 0), tf.expandDims(tf.range(0, x.shape[1]!), 0));
    return tf.gatherND(x, tf.cast(tf.stack([from, batch], -1), "int32"));
  },
});
