import {
  add,
  affine,
  broadcast,
  categoricalCrossEntropy,
  clip,
  constant,
  divide,
  bitMisses,
  multiply,
  reverseSequence,
  sigmoid,
  slice,
  softplus,
  squaredError,
  stopGradient,
  subtract,
  sum,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Linear } from "../../layers/linear.js";
import type { Descents } from "./episode.js";

/** Entropies below this, in nats, cost what this does, so that no cost is infinite. */
const LEAST_ENTROPY = 0.01;

/** A batch and what is known of it; all (time, batch, …). */
interface Answered {
  readonly outputs: Tensor;
  readonly targets: Tensor;
  readonly mask: Tensor;
}

/**
 * Returns (time, batch): Σ_{i ≥ t} γ^(i−t) times the number of bits of step i that are wrong, negative. A Hamming-like
 * measure served Andrychowicz & Kurach 2016 better than the likelihood, section 3.1. They count the bits that are right:
 * together these are the bits that are due, which are no matter of choice, so that leaving them out is a baseline of
 * its own. It changes no expectation, and where few bits are wrong leaves little variance.
 */
export function returns({ outputs, targets, mask }: Answered, discount: number): Tensor {
  const { graph } = mask.scope;
  const [time, batch, bits] = outputs.shape as [Tensor["shape"][number], number, number];
  const each = [time, batch, bits, 1];
  const wrong = bitMisses(
    reshape(stopGradient(outputs), each),
    reshape(targets, each),
    broadcast(mask, { axis: 2, count: bits }),
  );
  const rewards = affine(sum(wrong), { scale: -1 });
  const lengths = sum(constant(graph, [time, batch], 1), { axis: 0 });
  const [, later] = scan(
    (behind: Tensor, reward: Tensor) => {
      const all = add(reward, affine(behind, { scale: discount }));
      return [all, all];
    },
    constant(graph, [batch], 0),
    reverseSequence(rewards, lengths),
  );
  return reverseSequence(later, lengths);
}

/**
 * What has the gradient of descents, and the baseline's loss, summed over steps and sequences:
 *
 *     Σ_levels (R − b) · −log p(a),   through R − b no gradient
 *     + ½ (R − b)²,                   through b alone, which is linear in what asks and in the root
 *
 * toGo, inside: (time, batch); active: (batch) of each level.
 */
export function reinforce(
  { logits, choices, known }: Descents,
  { toGo, inside, active, baseline }: { toGo: Tensor; inside: Tensor; active: readonly Tensor[]; baseline: Linear },
): Tensor {
  const [time] = toGo.shape;
  const predicted = baseline.forward(known);
  const advantage = multiply(subtract(toGo, reshape(stopGradient(predicted), toGo.shape)), inside);
  const descents = logits.map((each, level) => {
    const weight = multiply(advantage, broadcast(active[level]!, { count: time! }));
    return categoricalCrossEntropy(each, choices[level]!, weight);
  });
  const missed = squaredError(predicted, reshape(toGo, predicted.shape), inside);
  return [...descents, affine(missed, { scale: 0.5 })].reduce((a, b) => add(a, b));
}

/**
 * Σ 1 / H over all decisions: the price of being sure, which served better than a bonus for H. Section 3.1.
 * H(p) = −p log p − (1 − p) log(1 − p), of z = log p/(1 − p): p softplus(−z) + (1 − p) softplus(z).
 */
export function certainty({ logits }: Descents, inside: Tensor, active: readonly Tensor[]): Tensor {
  const { graph } = inside.scope;
  const [time] = inside.shape;
  const costs = logits.map((both, level) => {
    const z = reshape(slice(both, { begin: 1 }), inside.shape);
    const p = sigmoid(z);
    const left = multiply(affine(p, { scale: -1, shift: 1 }), softplus(z));
    const entropy = add(multiply(p, softplus(affine(z, { scale: -1 }))), left);
    const inverse = divide(constant(graph, inside.shape, 1), clip(entropy, { low: LEAST_ENTROPY }));
    const counted = multiply(inside, broadcast(active[level]!, { count: time! }));
    return sum(sum(multiply(inverse, counted)));
  });
  return costs.reduce((a, b) => add(a, b));
}
