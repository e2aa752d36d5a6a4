import tf from "@tensorflow/tfjs";
import { array, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([indices]: readonly NDArray[], { classes }: { classes: number }) {
    const y = [...indices!.data].flatMap((index) =>
      Array.from({ length: classes }, (_, c) => Number(c === Math.trunc(index))),
    );
    return [array([...indices!.shape, classes], y)];
  },
  cases: [
    { shapes: [[6]], attributes: { classes: 4 }, inputs: () => [array([6], [0, 3, 1, 1, 2, 0])] },
    { shapes: [[2, 3]], attributes: { classes: 7 }, inputs: () => [array([2, 3], [6, 5, 4, 3, 2, 1])] },
    { shapes: [[2]], attributes: { classes: 2 }, inputs: () => [array([2], [0, 1])] },
    { shapes: [[4]], attributes: { classes: 3 }, inputs: () => [array([4], [-1, NaN, 3, 2])] },
  ],
  peer: ([indices], { classes }) => tf.cast(tf.oneHot(tf.cast(indices!, "int32"), classes), "float32"),
  unknownToPeer: ([indices]) => indices!.data.some((index) => !(index >= 0)),
});
