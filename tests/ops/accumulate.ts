import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([total, x, p]) {
    const cols = total.data.length / p.data.length;
    const sum = total.data.map((before, i) => {
      const weight = p.data[Math.floor(i / cols)];
      return weight === 0 ? before : before + weight * x.data[i];
    });
    return [array(total.shape, sum)];
  },
  cases: [
    ...widths.map((width) => ({ shapes: [[3, width], [3, width], [3]] })),
    { shapes: [[4], [4], [4]] },
    { shapes: [[2, 5, 7], [2, 5, 7], [2]] },
    {
      shapes: [[3, 5], [3, 5], [3]],
      inputs: (random: Random) => [uniform(random, [3, 5]), uniform(random, [3, 5]), array([3], [0, 0.5, 0])],
      constant: [2], // of a weight of 0 the sum has a derivative, and the op has none
    },
  ],
  peer([total, x, p]) {
    const weight = tf.reshape(p, [-1, ...x.shape.slice(1).map(() => 1)]);
    return tf.add(total, tf.mul(weight, tf.where(tf.notEqual(weight, 0), x, 0)));
  },
});
