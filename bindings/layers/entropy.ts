import { affine, clip, log, multiply, sum } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";

/** Probabilities are clipped to this before their logarithm. */
const EPSILON = 1e-6;

/** −Σ p ln p, in nats: distributions p (…, n) → (…). */
export function entropy(p: Tensor): Tensor {
  return affine(sum(multiply(p, log(clip(p, { low: EPSILON, high: 1 })))), { scale: -1 });
}
