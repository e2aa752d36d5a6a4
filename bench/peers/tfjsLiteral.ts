/**
 * The NTM's ops in tfjs as the paper's equations read, an operation of tfjs for each of theirs: what one writes first,
 * and what published implementations look like. `tfjsOps` has them reshaped into as few kernels as we know how.
 */
import tf from "@tensorflow/tfjs";
import { tfjsOps } from "./tfjsOps.js";

type Inputs = readonly tf.Tensor[];

/** x as a column of every row, so that it multiplies rows. */
const column = (x: tf.Tensor): tf.Tensor => tf.expandDims(x, -1);

/** The weighting moved by d slots, round the end: row[i] = w[i − d]. */
function rolled(weights: tf.Tensor, d: number): tf.Tensor {
  const slots = weights.shape.at(-1)!;
  const at = ((d % slots) + slots) % slots;
  if (at === 0) return weights;
  const [front, back] = tf.split(weights, [slots - at, at], -1);
  return tf.concat([back!, front!], -1);
}

export const tfjsLiteral: typeof tfjsOps = {
  ...tfjsOps,
  linear: ([x, weights, bias]: Inputs) => tf.add(tf.matMul(x!, weights!), bias!),
  /** (5), (6) */
  contentSimilarity([memory, key, strength]: Inputs, { epsilon = 1e-8 }: { epsilon?: number } = {}) {
    const products = tf.matMul(key!, memory!, false, true);
    const norms = tf.mul(column(tf.norm(key!, "euclidean", -1)), tf.expandDims(tf.norm(memory!, "euclidean", -1), 1));
    return tf.mul(column(strength!), tf.div(products, tf.add(norms, epsilon)));
  },
  /** (7) */
  interpolate: ([gate, content, previous]: Inputs) =>
    tf.add(tf.mul(column(gate!), content!), tf.mul(tf.sub(1, column(gate!)), previous!)),
  /** (8) */
  circularConvolution([weights, shift]: Inputs) {
    const size = shift!.shape.at(-1)!;
    return tf.addN(tf.split(shift!, size, -1).map((s, i) => tf.mul(s, rolled(weights!, i - (size - 1) / 2))));
  },
  /** (9) */
  sharpen([weights, gamma]: Inputs) {
    const powers = tf.pow(weights!, column(gamma!));
    return tf.div(powers, tf.sum(powers, -1, true));
  },
  /** (3), (4) */
  eraseAdd([memory, weights, erase, add]: Inputs) {
    const heads = tf.unstack(weights!, 1).map((w, head) => ({ w: column(w), head }));
    const row = (x: tf.Tensor, head: number): tf.Tensor => tf.slice(x, [0, head, 0], [-1, 1, -1]);
    const erased = heads.reduce((m, { w, head }) => tf.mul(m, tf.sub(1, tf.matMul(w, row(erase!, head)))), memory!);
    return heads.reduce((m, { w, head }) => tf.add(m, tf.matMul(w, row(add!, head))), erased);
  },
};
