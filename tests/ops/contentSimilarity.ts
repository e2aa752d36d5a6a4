import tf from "@tensorflow/tfjs";
import type { ContentSimilarityOptions, CosineGuard } from "../../bindings/graph/ops/contentSimilarity.js";
import { uniform, zeros, type NDArray } from "../support/array.js";
import { benchMemories, memories, type Memory } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

/** What a cosine divides by. */
const guarded = {
  sum: (product: number, epsilon: number) => product + epsilon,
  maximum: (product: number, epsilon: number) => Math.max(product, epsilon),
  root: (product: number, epsilon: number) => Math.sqrt(product * product + epsilon),
};

/** The curvature of |x| at 0 is what central differences cannot follow. */
const awayFrom0 = ({ shape, data }: NDArray): NDArray => ({
  shape,
  data: data.map((v) => Math.fround(v + Math.sign(v) / 4)),
});

const norm = (x: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.square(x), -1));

const guardedInTfjs: Record<CosineGuard, (norms: tf.Tensor, epsilon: number) => tf.Tensor> = {
  sum: (norms, epsilon) => tf.add(norms, epsilon),
  maximum: (norms, epsilon) => tf.maximum(norms, epsilon),
  root: (norms, epsilon) => tf.sqrt(tf.add(tf.square(norms), epsilon)),
};

const at = ([batch, heads, slots, width]: Memory): Case => ({
  shapes: [
    [batch, slots, width],
    [batch, heads, width],
    [batch, heads],
  ],
  inputs: (random) => [
    awayFrom0(uniform(random, [batch, slots, width])),
    awayFrom0(uniform(random, [batch, heads, width])),
    uniform(random, [batch, heads], 0.1, 8),
  ],
});

export default defineOpTest({
  reference(
    [memory, key, strength]: readonly NDArray[],
    { epsilon = 1e-8, guard = "sum" }: ContentSimilarityOptions = {},
  ) {
    const [batch, slots, width] = memory.shape as [number, number, number];
    const heads = key.shape[1];
    const z = zeros([batch, heads, slots]);
    for (let row = 0; row < batch * heads; ++row) {
      const b = Math.floor(row / heads);
      for (let i = 0; i < slots; ++i) {
        let [dot, kk, mm] = [0, 0, 0];
        for (let j = 0; j < width; ++j) {
          const k = key.data[row * width + j];
          const m = memory.data[(b * slots + i) * width + j];
          dot += k * m;
          kk += k * k;
          mm += m * m;
        }
        z.data[row * slots + i] = (strength.data[row] * dot) / guarded[guard](Math.sqrt(kk) * Math.sqrt(mm), epsilon);
      }
    }
    return [z];
  },
  cases: memories.flatMap((sizes) => {
    const width = sizes[3];
    const guards: ContentSimilarityOptions[] = [
      { epsilon: 0.125 },
      { epsilon: 1.5, guard: "maximum" }, // a part of the products of norms is below
      { epsilon: 0.125, guard: "root" },
    ];
    return [{}, ...(width === 4 || width === 5 ? guards : [])].map((attributes) => ({ ...at(sizes), attributes }));
  }),
  peer([memory, key, strength], { epsilon = 1e-8, guard = "sum" } = {}) {
    const norms = tf.mul(tf.expandDims(norm(key), 2), tf.expandDims(norm(memory), 1));
    const cosine = tf.div(tf.matMul(key, memory, false, true), guardedInTfjs[guard](norms, epsilon));
    return tf.mul(tf.expandDims(strength, 2), cosine);
  },
  bench: benchMemories.map((sizes) => ({ size: sizes.join("x"), ...at(sizes), attributes: { epsilon: 1e-8 } })),
});
