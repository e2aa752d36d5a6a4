import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, weighting } from "../support/array.js";
import { benchMemories, memories, type Memory } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const at = ([batch, heads, slots, width]: Memory): Case => ({
  shapes: [
    [batch, slots, width],
    [batch, heads, slots],
    [batch, heads, width],
    [batch, heads, width],
  ],
  inputs: (random) => [
    uniform(random, [batch, slots, width]),
    weighting(random, [batch, heads, slots]),
    uniform(random, [batch, heads, width], 0, 1),
    uniform(random, [batch, heads, width]),
  ],
});

export default defineOpTest({
  reference([memory, weights, erase, add]) {
    const [, slots, width] = memory.shape as [number, number, number];
    const heads = weights.shape[1];
    const next = memory.data.map((m, n) => {
      const [b, i, j] = [Math.floor(n / (slots * width)), Math.floor(n / width) % slots, n % width];
      let [kept, added] = [1, 0];
      for (let h = b * heads; h < (b + 1) * heads; ++h) {
        const w = weights.data[h * slots + i];
        kept *= 1 - w * erase.data[h * width + j];
        added += w * add.data[h * width + j];
      }
      return m * kept + added;
    });
    return [array(memory.shape, next)];
  },
  cases: [
    ...memories.map(at),
    {
      shapes: [
        [1, 3, 4],
        [1, 2, 3],
        [1, 2, 4],
        [1, 2, 4],
      ],
      // both heads erase one slot wholly: of the product, nothing but the other head's factor is left, and that is 0
      inputs: (random: Random) => [
        uniform(random, [1, 3, 4]),
        array([1, 2, 3], [0, 1, 0, 0, 1, 0]),
        array([1, 2, 4], [1, 1, 0.5, 0, 1, 0.5, 1, 0]),
        uniform(random, [1, 2, 4]),
      ],
    },
  ],
  peer([memory, weights, erase, add]) {
    if (weights.shape[1] === 1) {
      const change = tf.sub(add, tf.mul(memory, erase)); // one head: M (1 − w e) + w a = M + w (a − M e)
      return tf.add(memory, tf.mul(tf.transpose(weights, [0, 2, 1]), change));
    }
    let erased = memory;
    tf.unstack(weights, 1).forEach((w, head) => {
      const e = tf.slice(erase, [0, head, 0], [-1, 1, -1]);
      erased = tf.mul(erased, tf.sub(1, tf.mul(tf.expandDims(w, 2), e)));
    });
    return tf.add(erased, tf.matMul(weights, add, true));
  },
  bench: benchMemories.map((sizes) => ({ size: sizes.join("x"), ...at(sizes) })),
});
