import tf from "@tensorflow/tfjs";
import { uniform, zeros, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";
import { listed, rowsFrom, strengths, unlisted, type Side } from "../support/stacks.js";

interface Attributes {
  readonly side: Side | "both";
}

const at = (
  [batch, ends, slots, width]: readonly [number, number, number, number],
  side: Side | "both",
): Case<Attributes> => ({
  shapes: [
    [batch, ends, slots, width],
    [batch, ends, slots],
  ],
  inputs: (random) => [uniform(random, [batch, ends, slots, width]), strengths(random, [batch, ends, slots])],
  attributes: { side },
});

const sidesOf = (side: Side | "both"): Side[] => (side === "both" ? ["first", "last"] : [side]);

export default defineOpTest({
  reference([values, s]: readonly NDArray[], { side }: Attributes) {
    const [batch, ends, slots, width] = values.shape as [number, number, number, number];
    const sides = sidesOf(side);
    const [read, weights] = [zeros([batch, sides.length, width]), zeros([batch, sides.length, ends, slots])];
    const rows = ends * slots;
    for (let b = 0; b < batch; ++b) {
      sides.forEach((from, h) => {
        let covered = 0;
        for (const row of rowsFrom(from, ends, slots)) {
          const weight = Math.min(s.data[b * rows + row], Math.max(0, 1 - covered));
          weights.data[(b * sides.length + h) * rows + row] = weight;
          for (let j = 0; j < width; ++j) {
            read.data[(b * sides.length + h) * width + j] += weight * values.data[(b * rows + row) * width + j];
          }
          covered += s.data[b * rows + row];
        }
      });
    }
    return [read, weights];
  },
  cases: [
    ...widths.map((width) => at([2, 1, 6, width], "first")),
    ...(["first", "last", "both"] as const).flatMap((side) =>
      [1, 2].flatMap((ends) => [1, 3, 9].map((slots) => at([2, ends, slots, 5], side))),
    ),
  ],
  peer([values, s], { side }) {
    const [batch, ends, slots, width] = values.shape as [number, number, number, number];
    const each = sidesOf(side).map((from) => {
      const rows = listed(s, from);
      const left = tf.relu(tf.sub(1, tf.cumsum(rows, 1, true)));
      return unlisted(tf.minimum(rows, left) as tf.Tensor2D, from, ends);
    });
    const weights = tf.stack(each, 1);
    const read = tf.matMul(
      tf.reshape(weights, [batch, each.length, ends * slots]),
      tf.reshape(values, [batch, ends * slots, width]),
    );
    return [read, weights];
  },
  bench: [{ size: "16x1x24x32", ...at([16, 1, 24, 32], "first") }],
});
