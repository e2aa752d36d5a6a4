import tf from "@tensorflow/tfjs";
import { array, uniform, type NDArray } from "../support/array.js";
import { defineOpTest, type Case } from "../support/opTest.js";
import { listed, rowsFrom, strengths, unlisted, type Side } from "../support/stacks.js";

interface Attributes {
  readonly side: Side;
}

const at = (batch: number, ends: number, slots: number, side: Side): Case<Attributes> => ({
  shapes: [
    [batch, ends, slots],
    [batch, 1],
  ],
  inputs: (random) => [strengths(random, [batch, ends, slots]), uniform(random, [batch, 1], 0.1, 1)],
  attributes: { side },
});

export default defineOpTest({
  reference([s, u]: readonly NDArray[], { side }: Attributes) {
    const [batch, ends, slots] = s.shape as [number, number, number];
    const y = new Array<number>(s.data.length);
    for (let b = 0; b < batch; ++b) {
      let before = 0;
      for (const row of rowsFrom(side, ends, slots)) {
        const i = b * ends * slots + row;
        y[i] = Math.max(0, s.data[i] - Math.max(0, u.data[b] - before));
        before += s.data[i];
      }
    }
    return [array(s.shape, y)];
  },
  cases: (["first", "last"] as const).flatMap((side) =>
    [1, 2].flatMap((ends) => [1, 2, 3, 5, 17].map((slots) => at(3, ends, slots, side))),
  ),
  peer([s, u], { side }) {
    const rows = listed(s, side);
    const before = tf.cumsum(rows, 1, true);
    const y = tf.relu(tf.sub(rows, tf.relu(tf.sub(u, before)))) as tf.Tensor2D;
    return unlisted(y, side, s.shape[1]!);
  },
  bench: [{ size: "16x1x24", ...at(16, 1, 24, "first") }],
});
