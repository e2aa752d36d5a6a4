import tf from "@tensorflow/tfjs";

/** Where a mask keeps. */
export const keeps = (mask: tf.Tensor): tf.Tensor => tf.notEqual(mask, 0);

/** Σ over rows of mask · Σ over columns. */
export const maskedSum = (terms: tf.Tensor, mask: tf.Tensor): tf.Tensor =>
  tf.sum(tf.mul(terms, tf.expandDims(mask, -1)));
