/**
 * What each op is in tfjs, in the shape that suits tfjs: as few kernels as we know how, with gradients where its wasm
 * backend has them. Tests hold the two against each other, benches race them.
 */
import tf from "@tensorflow/tfjs";
import type { CompareCellsOptions } from "../../bindings/graph/ops/compareCells.js";
import type { ContentSimilarityOptions, CosineGuard } from "../../bindings/graph/ops/contentSimilarity.js";
import type * as ops from "../../bindings/graph/ops/index.js";
import type { SharpenOptions } from "../../bindings/graph/ops/sharpen.js";

type Inputs = readonly tf.Tensor[];
export type TfjsOp = (inputs: Inputs, attributes: never) => tf.Tensor | tf.Tensor[];
type None = `tfjs has none: ${string}`;

interface Axis {
  axis?: number;
}

const norm = (x: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.square(x), -1));
/** What a cosine divides by. */
const guarded: Record<CosineGuard, (norms: tf.Tensor, epsilon: number) => tf.Tensor> = {
  sum: (norms, epsilon) => tf.add(norms, epsilon),
  maximum: (norms, epsilon) => tf.maximum(norms, epsilon),
  root: (norms, epsilon) => tf.sqrt(tf.add(tf.square(norms), epsilon)),
};
const keeps = (mask: tf.Tensor): tf.Tensor => tf.notEqual(mask, 0);
const DROPPED = -1e4;

/** Σ over rows of mask · Σ over columns. */
const masked = (terms: tf.Tensor, mask: tf.Tensor): tf.Tensor => tf.sum(tf.mul(terms, tf.expandDims(mask, -1)));

/** A row for each shift of the weightings, from left to right: (…, slots) → (…, shifts, slots). */
function shifted(weights: tf.Tensor, shifts: number, wrap: boolean): tf.Tensor {
  const slots = weights.shape.at(-1)!;
  const half = (shifts - 1) / 2;
  const begin = weights.shape.map(() => 0);
  const part = (x: tf.Tensor, first: number, count: number): tf.Tensor =>
    tf.slice(x, begin.with(-1, first), weights.shape.with(-1, count));
  const padded = wrap
    ? weights
    : tf.pad(weights, [...begin.slice(1).map(() => [0, 0] as [number, number]), [half, half]]);
  const parts: tf.Tensor[] = [];
  for (let d = -half; d <= half; ++d) {
    const first = (((slots - d) % slots) + slots) % slots;
    if (!wrap) parts.push(part(padded, half - d, slots));
    else if (first === 0) parts.push(weights);
    else parts.push(part(weights, first, slots - first), part(weights, 0, first));
  }
  return tf.reshape(tf.concat(parts, -1), [...weights.shape.slice(0, -1), shifts, slots]);
}

export const tfjsOps = {
  constant: (_, { shape, value }: { shape: number[]; value: number }) => tf.fill(shape, value),
  identity: ([x]) => tf.clone(x),

  add: ([a, b]) => tf.add(a, b),
  subtract: ([a, b]) => tf.sub(a, b),
  multiply: ([a, b]) => tf.mul(a, b),
  divide: ([a, b]) => tf.div(a, b),
  affine: ([x], { scale = 1, shift = 0 }: { scale?: number; shift?: number }) => tf.add(tf.mul(x, scale), shift),
  clip: ([x], { low = -Infinity, high = Infinity }: { low?: number; high?: number }) => tf.clipByValue(x, low, high),
  exp: ([x]) => tf.exp(x),
  log: ([x]) => tf.log(x),
  relu: ([x]) => tf.relu(x),
  sigmoid: ([x]) => tf.sigmoid(x),
  softplus: ([x]) => tf.softplus(x),
  tanh: ([x]) => tf.tanh(x),

  matmul: ([a, b], { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {}) =>
    tf.matMul(a, b, transposeA, transposeB),
  linear([x, weights, bias]) {
    const product = (a: tf.Tensor): tf.Tensor => tf.fused.matMul({ a, b: weights as tf.Tensor2D, bias });
    if (x.rank === 2) return product(x);
    const rows = tf.reshape(x, [-1, x.shape.at(-1)!]);
    return tf.reshape(product(rows), [...x.shape.slice(0, -1), weights.shape[1]!]);
  },

  concat: (tensors, { axis = -1 }: Axis = {}) => tf.concat([...tensors], axis),
  gather: ([table, indices]) => tf.gather(table, tf.cast(indices, "int32")),
  slice([x], { axis = -1, begin = 0, end }: Axis & { begin?: number; end?: number }) {
    const at = axis < 0 ? axis + x.rank : axis;
    const first = x.shape.map((_, i) => (i === at ? begin : 0));
    return tf.slice(x, first, x.shape.with(at, (end ?? x.shape[at]!) - begin));
  },
  transpose: ([x]) => tf.transpose(x, [...x.shape.keys()].with(-1, x.rank - 2).with(-2, x.rank - 1)),
  broadcast([x], { axis = 0, count }: Axis & { count: number }) {
    const expanded = tf.expandDims(x, axis);
    return tf.tile(expanded, expanded.shape.map(() => 1).with(axis, count));
  },
  sum: ([x], { axis = -1 }: Axis = {}) => tf.sum(x, axis),
  max: ([x], { axis = -1 }: Axis = {}) => tf.max(x, axis),

  softmax: ([x]) => tf.softmax(x),
  logSoftmax: ([x]) => tf.logSoftmax(x),
  maskedSoftmax([x, mask]) {
    const kept = keeps(mask);
    return tf.mul(tf.softmax(tf.where(kept, x, DROPPED)), tf.cast(kept, "float32"));
  },
  maskedLogSoftmax([x, mask]) {
    const kept = keeps(mask);
    return tf.where(kept, tf.logSoftmax(tf.where(kept, x, DROPPED)), DROPPED);
  },
  layerNorm([x, gain, bias], { epsilon = 1e-5 }: { epsilon?: number } = {}) {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
    return tf.add(tf.mul(tf.mul(centred, scale), gain), bias);
  },

  lstmCell([gates, cell]) {
    const [i, f, g, o] = tf.split(gates, 4, -1);
    const next = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    return [tf.mul(tf.sigmoid(o), tf.tanh(next)), next];
  },
  gruCell([x, y, h]) {
    const [xr, xz, xn] = tf.split(x, 3, -1);
    const [yr, yz, yn] = tf.split(y, 3, -1);
    const z = tf.sigmoid(tf.add(xz, yz));
    const n = tf.tanh(tf.add(xn, tf.mul(tf.sigmoid(tf.add(xr, yr)), yn)));
    return tf.add(n, tf.mul(z, tf.sub(h, n)));
  },

  contentSimilarity([memory, key, strength], { epsilon = 1e-8, guard = "sum" }: ContentSimilarityOptions = {}) {
    const norms = tf.mul(tf.expandDims(norm(key), 2), tf.expandDims(norm(memory), 1));
    const cosine = tf.div(tf.matMul(key, memory, false, true), guarded[guard](norms, epsilon));
    return tf.mul(tf.expandDims(strength, 2), cosine);
  },
  interpolate: ([gate, content, previous]) =>
    tf.add(previous, tf.mul(tf.expandDims(gate, -1), tf.sub(content, previous))),
  circularConvolution([weights, shift], { wrap = true }: { wrap?: boolean } = {}) {
    const rows = shifted(weights, shift.shape.at(-1)!, wrap);
    return tf.squeeze(tf.matMul(tf.expandDims(shift, -2), rows), [-2]);
  },
  /** w^γ / Σ w^γ */
  sharpen([weights, gamma], { epsilon = 0 }: SharpenOptions = {}) {
    const logs = tf.mul(tf.expandDims(gamma, -1), tf.log(tf.maximum(weights, 1e-30)));
    if (!epsilon) return tf.softmax(logs);
    const powers = tf.exp(logs);
    return tf.div(powers, tf.add(tf.sum(powers, -1, true), epsilon));
  },
  weightedRead: ([memory, weights]) => tf.matMul(weights, memory),
  eraseAdd([memory, weights, erase, add]) {
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

  halting([h, sum, steps, halted], { epsilon, limit }: { epsilon: number; limit: number }) {
    const n = tf.add(steps, 1);
    const before = tf.notEqual(halted, 0);
    const halts = tf.logicalOr(tf.greaterEqual(tf.add(sum, h), 1 - epsilon), tf.equal(n, limit));
    const p = tf.where(before, 0, tf.where(halts, tf.sub(1, sum), h));
    const over = tf.logicalOr(before, halts);
    return [p, tf.where(over, sum, tf.add(sum, h)), tf.where(before, steps, n), tf.cast(over, "float32")];
  },
  accumulate([total, x, p]) {
    const weight = tf.reshape(p, [-1, ...x.shape.slice(1).map(() => 1)]);
    return tf.add(total, tf.mul(weight, tf.where(tf.notEqual(weight, 0), x, 0)));
  },

  additiveScore: ([query, keys, vector]) => tf.sum(tf.mul(tf.tanh(tf.add(tf.expandDims(query, 1), keys)), vector), -1),
  reverseSequence([x, lengths]) {
    const time = x.shape[0]!;
    const t = tf.expandDims(tf.range(0, time), 1);
    const n = tf.expandDims(lengths, 0);
    const inside = tf.logicalAnd(tf.less(t, n), tf.lessEqual(n, time));
    const from = tf.where(inside, tf.sub(tf.sub(n, 1), t), tf.add(t, tf.mul(n, 0)));
    const batch = tf.add(tf.mul(t, 0), tf.expandDims(tf.range(0, x.shape[1]!), 0));
    return tf.gatherND(x, tf.cast(tf.stack([from, batch], -1), "int32"));
  },
  batchMajor: ([x]) => tf.transpose(x, [1, 0, 2]),
  argmax: ([x]) => tf.cast(tf.argMax(tf.where(tf.isNaN(x), -Infinity, x), -1), "float32"),
  beamStep: "tfjs has none: beam search",
  dropout: "tfjs has none: other random numbers",
  uniform: "tfjs has none: other random numbers",

  minimum: ([a, b]) => tf.minimum(a, b),
  maximum: ([a, b]) => tf.maximum(a, b),
  compareCells([cells, present, numbers, weights], { relation }: CompareCellsOptions) {
    const inner = [1, numbers.shape[0]!, 1, numbers.shape[1]!];
    const compare = {
      greater: tf.greater,
      lesser: tf.less,
      atLeast: tf.greaterEqual,
      atMost: tf.lessEqual,
      equal: tf.equal,
    }[relation];
    const holds = compare(tf.expandDims(cells, 3), tf.reshape(numbers, inner));
    return tf.mul(present, tf.sum(tf.mul(tf.cast(holds, "float32"), tf.reshape(weights, inner)), 3));
  },
  columnSums: ([selected, cells]) => tf.sum(tf.mul(tf.expandDims(selected, 2), cells), 0),
  selectColumn: ([cells, weights]) => tf.sum(tf.mul(cells, tf.expandDims(weights, 0)), 2),
  firstInOrder([selected, order]) {
    const [rows, batch] = order.shape as [number, number, number];
    const known = tf.transpose(tf.where(tf.isNaN(order), -1, order), [1, 2, 0]);
    const places = tf.oneHot(tf.cast(known, "int32"), rows); // (batch, columns, k, rows): nothing where it is no row
    const met = tf.sum(tf.mul(places, tf.reshape(tf.transpose(selected), [batch, 1, 1, rows])), 3);
    const left = tf.relu(tf.sub(1, tf.cumsum(met, 2, true)));
    return tf.transpose(tf.sum(tf.mul(places, tf.expandDims(tf.mul(met, left), 3)), 2), [2, 0, 1]);
  },
  shiftRows([x], { by }: { by: number }) {
    const rows = x.shape[0]!;
    const none = x.shape.map((): [number, number] => [0, 0]);
    const away = Math.min(Math.abs(by), rows);
    const padded = tf.pad(x, none.with(0, by > 0 ? [away, 0] : [0, away]));
    return tf.slice(
      padded,
      x.shape.map((_, i) => (i || by > 0 ? 0 : away)),
      x.shape,
    );
  },

  binaryCrossEntropy: ([logits, targets, mask]) => masked(tf.sub(tf.softplus(logits), tf.mul(logits, targets)), mask),
  bitErrors([logits, targets, mask]) {
    const wrong = tf.notEqual(tf.greater(logits, 0), tf.greater(targets, 0.5));
    return masked(tf.cast(wrong, "float32"), mask);
  },
  bitMisses([logits, targets, mask]) {
    const wrong = tf.notEqual(tf.greater(logits, 0), tf.greater(targets, 0.5));
    return tf.cast(tf.logicalAnd(tf.any(wrong, -1), keeps(mask)), "float32");
  },
  classMisses([logits, targets, mask]) {
    const wrong = tf.notEqual(tf.argMax(logits, -1), tf.cast(targets, "int32"));
    return tf.cast(tf.logicalAnd(wrong, keeps(mask)), "float32");
  },
  categoricalCrossEntropy([logits, targets, mask]) {
    const hot = tf.oneHot(tf.cast(targets, "int32"), logits.shape.at(-1)!);
    return tf.neg(masked(tf.mul(tf.logSoftmax(logits), hot), mask));
  },
  squaredError: ([x, targets, mask]) => masked(tf.squaredDifference(x, targets), mask),
  huber([x, targets, mask], { delta = 1 }: { delta?: number } = {}) {
    const distance = tf.abs(tf.sub(x, targets));
    const square = tf.minimum(distance, delta);
    const line = tf.sub(distance, square);
    return masked(tf.add(tf.mul(0.5, tf.square(square)), tf.mul(delta, line)), mask);
  },
} satisfies { [Name in keyof typeof ops]: TfjsOp | None };
