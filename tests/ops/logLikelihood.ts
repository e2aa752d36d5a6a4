import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, weighting, whole, zeros, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

const EPSILON = 1e-8;

export default defineOpTest({
  reference([x, targets, mask]: readonly NDArray[], attributes?: { epsilon?: number }) {
    const [batch, cells, values] = x.shape as [number, number, number];
    const y = zeros([batch]);
    const epsilon = attributes?.epsilon ?? EPSILON;
    mask.data.forEach((weight, i) => {
      const target = targets.data[i];
      const p = target >= 0 && target < values ? x.data[i * values + Math.trunc(target)] : 0;
      if (weight) y.data[Math.floor(i / cells)] += weight * Math.log(Math.max(p, epsilon));
    });
    return [y];
  },
  cases: [
    ...widths.map((values) => ({
      shapes: [],
      inputs: (random: Random) => [
        weighting(random, [3, 4, values]),
        whole(random, [3, 4], values),
        array([3, 4], [1, 1, 0, 0.5, 0, 0, 0, 0, 1, 0, 1, 1]),
      ],
      constant: [1, 2],
    })),
    {
      shapes: [],
      attributes: { epsilon: Math.fround(0.01) },
      // below the floor, no value, none that counts
      inputs: () => [
        array([1, 4, 2], [0.999, 0.001, 0.5, 0.5, 0.5, 0.5, 0.25, 0.75].map(Math.fround)),
        array([1, 4], [1, 2, -1, 0]),
        array([1, 4], [1, 1, 1, 1]),
      ],
      constant: [1, 2],
    },
  ],
  peer([x, targets, mask], attributes) {
    const hot = tf.oneHot(tf.cast(targets, "int32"), x.shape[2]!);
    const p = tf.maximum(tf.sum(tf.mul(x, hot), -1), attributes?.epsilon ?? EPSILON);
    return tf.sum(tf.mul(mask, tf.log(p)), -1);
  },
  unknownToPeer: ([x]) => x.shape[2] === 1, // tfjs has no one-hot rows of one
});
