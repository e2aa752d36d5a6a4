import tf from "@tensorflow/tfjs";
import { uniform, zeros, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

interface Segments {
  first: number;
  pairs: number;
}

const lengthsOf = ({ first, pairs }: Segments): number[] =>
  Array.from({ length: 2 * pairs }, (_, i) => first + Math.floor(i / 2));

const widthOf = (attributes: Segments): number => lengthsOf(attributes).reduce((a, b) => a + b);

export default defineOpTest({
  reference([x]: readonly NDArray[], attributes: Segments) {
    const y = zeros(x.shape);
    for (let at = 0; at < x.data.length;) {
      for (const length of lengthsOf(attributes)) {
        const part = x.data.subarray(at, at + length);
        const most = Math.max(...part);
        const exps = part.map((v) => Math.exp(v - most));
        const sum = exps.reduce((a, b) => a + b);
        exps.forEach((v, i) => (y.data[at + i] = v / sum));
        at += length;
      }
    }
    return [y];
  },
  cases: [
    [1, 1],
    [1, 5],
    [2, 3],
    [4, 14],
    [7, 2],
  ].map(([first, pairs]) => ({
    shapes: [],
    attributes: { first, pairs },
    inputs: (random) => [uniform(random, [3, widthOf({ first, pairs })], -6, 6)],
  })),
  peer([x], attributes) {
    const lengths = lengthsOf(attributes);
    return tf.concat(
      tf.split(x, lengths, 1).map((part) => tf.softmax(part)),
      1,
    );
  },
  bench: [{ size: "16x294", shapes: [[16, 294]], attributes: { first: 4, pairs: 14 } }],
});
