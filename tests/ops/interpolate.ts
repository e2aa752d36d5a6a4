import tf from "@tensorflow/tfjs";
import { array, rowsOf, uniform, weighting } from "../support/array.js";
import { benchWeightings, weightings, type Weighting } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const at = ([batch, heads, slots]: Weighting): Case => ({
  shapes: [
    [batch, heads],
    [batch, heads, slots],
    [batch, heads, slots],
  ],
  inputs: (random) => [
    uniform(random, [batch, heads], 0, 1),
    weighting(random, [batch, heads, slots]),
    weighting(random, [batch, heads, slots]),
  ],
});

export default defineOpTest({
  reference([gate, content, previous]) {
    const [, slots] = rowsOf(content.shape);
    const mix = (c: number, i: number): number => {
      const g = gate.data[Math.floor(i / slots)];
      return g * c + (1 - g) * previous.data[i];
    };
    return [array(content.shape, content.data.map(mix))];
  },
  cases: weightings.map(at),
  peer: ([gate, content, previous]) => tf.add(previous, tf.mul(tf.expandDims(gate, -1), tf.sub(content, previous))),
  bench: benchWeightings.map((sizes) => ({ size: sizes.join("x"), ...at(sizes) })),
});
