import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, rowsOf, uniform, whole } from "../support/array.js";
import { rowMask, widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import { keeps } from "../support/peers.js";

export default defineOpTest({
  reference([logits, targets, mask]) {
    const [rows, classes] = rowsOf(logits.shape);
    const missed = (r: number): boolean => {
      const row = [...logits.data.subarray(r * classes, (r + 1) * classes)];
      const largest = row.some(Number.isNaN) ? -1 : row.indexOf(Math.max(...row));
      return mask.data[r] !== 0 && largest !== Math.trunc(targets.data[r]);
    };
    return [
      array(
        mask.shape,
        Array.from({ length: rows }, (_, r) => Number(missed(r))),
      ),
    ];
  },
  cases: [
    ...widths.map((width) => ({
      shapes: [
        [2, 4, width],
        [2, 4],
        [2, 4],
      ],
      inputs: (random: Random) => [uniform(random, [2, 4, width]), whole(random, [2, 4], width), rowMask],
    })),
    ...widths.map((width) => ({
      shapes: [[width * width, width], [width * width], [width * width]],
      // two largest, or one, everywhere; the target is either
      inputs: () => {
        const pairs = Array.from({ length: width * width }, (_, i) => [Math.floor(i / width), i % width] as const);
        const row = ([a, b]: readonly [number, number]): number[] =>
          Array.from({ length: width }, (_, c) => Number(c === a || c === b));
        const [x, targets] = [pairs.flatMap(row), pairs.map(([target]) => target)];
        return [
          array([width * width, width], x),
          array([width * width], targets),
          array(
            [width * width],
            pairs.map(() => 1),
          ),
        ];
      },
    })),
    {
      shapes: [[9, 6], [9], [9]],
      // NaN at the target, in front, behind in a vector, in the tail, masked; no class three times; −∞ everywhere
      inputs: () => [
        array(
          [9, 6],
          [
            [0, NaN, 0, 0, 0, 0],
            [NaN, 1, 0, 0, 0, 0],
            [0, 1, 0, NaN, 0, 0],
            [0, 1, 0, 0, 0, NaN],
            [0, NaN, 0, 0, 0, 0],
            [1, 0, 0, 0, 0, 0],
            [1, 0, 0, 0, 0, 0],
            [1, 0, 0, 0, 0, 0],
            Array<number>(6).fill(-Infinity),
          ].flat(),
        ),
        array([9], [1, 1, 1, 1, 1, -1, 6, NaN, 0]),
        array([9], [1, 1, 1, 1, 0, 1, 1, 1, 1]),
      ],
    },
  ],
  peer([logits, targets, mask]) {
    const wrong = tf.notEqual(tf.argMax(logits, -1), tf.cast(targets, "int32"));
    return tf.cast(tf.logicalAnd(wrong, keeps(mask)), "float32");
  },
  unknownToPeer: ([logits]) => logits.data.some(Number.isNaN),
});
