/** Stacks, queues and deques for tests of ops: (ends, slots) as one list of rows, from one side to the other. */
import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { uniform, type NDArray } from "./array.js";

export type Side = "first" | "last";

/** Numbers of the rows of one example, from a side on. */
export function rowsFrom(side: Side, ends: number, slots: number): number[] {
  const all = Array.from({ length: ends * slots }, (_, p) => (p < slots ? p : 3 * slots - 1 - p));
  return side === "first" ? all : all.reverse();
}

/** Strengths as a memory has them, between 0 and 1. */
export const strengths = (random: Random, shape: readonly number[]): NDArray => uniform(random, shape, 0.02, 0.6);

/** The same with tfjs: (batch, ends, slots) → (batch, rows) from a side on. */
export function listed(s: tf.Tensor, side: Side): tf.Tensor2D {
  const [, ends] = s.shape as [number, number, number];
  const end = (e: number): tf.Tensor2D => tf.squeeze(tf.slice(s, [0, e, 0], [-1, 1, -1]), [1]);
  const whole = ends === 1 ? end(0) : tf.concat([end(0), tf.reverse(end(1), 1)], 1);
  return side === "first" ? whole : tf.reverse(whole, 1);
}

/** Its inverse. */
export function unlisted(rows: tf.Tensor2D, side: Side, ends: number): tf.Tensor3D {
  const whole = side === "first" ? rows : tf.reverse(rows, 1);
  if (ends === 1) return tf.expandDims(whole, 1);
  const [first, second] = tf.split(whole, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  return tf.stack([first, tf.reverse(second, 1)], 1) as tf.Tensor3D;
}
