import tf from "@tensorflow/tfjs";
import { uniform, weighting, zeros } from "../support/array.js";
import { benchMemories, memories, type Memory } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const at = ([batch, heads, slots, width]: Memory): Case => ({
  shapes: [
    [batch, slots, width],
    [batch, heads, slots],
  ],
  inputs: (random) => [uniform(random, [batch, slots, width]), weighting(random, [batch, heads, slots])],
});

export default defineOpTest({
  reference([memory, weights]) {
    const [batch, slots, width] = memory.shape as [number, number, number];
    const heads = weights.shape[1];
    const read = zeros([batch, heads, width]);
    for (let row = 0; row < batch * heads; ++row) {
      for (let i = 0; i < slots; ++i) {
        const slot = (Math.floor(row / heads) * slots + i) * width;
        for (let j = 0; j < width; ++j) {
          read.data[row * width + j] += weights.data[row * slots + i] * memory.data[slot + j];
        }
      }
    }
    return [read];
  },
  cases: memories.map(at),
  peer: ([memory, weights]) => tf.matMul(weights, memory),
  bench: benchMemories.map((sizes) => ({ size: sizes.join("x"), ...at(sizes) })),
});
