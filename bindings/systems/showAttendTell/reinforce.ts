import {
  add,
  affine,
  categoricalCrossEntropy,
  logSoftmax,
  multiply,
  oneHot,
  squaredError,
  stopGradient,
  subtract,
  sum,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Linear } from "../../layers/linear.js";

/** Symbols that were said, and are due: (time, batch, …). */
interface Answered {
  readonly logits: Tensor;
  readonly targets: Tensor;
  readonly mask: Tensor;
}

/**
 * Returns (time, batch): Σ_{i ≥ t} log p(y_i | a, y_1 … y_{i−1}), what is still to come of the log-likelihood. What came
 * before does not depend on where a step looks, and would only add variance. No gradient.
 */
export function toGo({ logits, targets, mask }: Answered): Tensor {
  const classes = logits.shape.at(-1) as number;
  const truth = oneHot(reshape(targets, mask.shape), { classes });
  const rewards = multiply(sum(multiply(logSoftmax(stopGradient(logits)), truth)), mask);
  const [, returns] = scan(
    (left: Tensor, reward: Tensor) => [subtract(left, reward), left],
    sum(rewards, { axis: 0 }),
    rewards,
  );
  return returns;
}

/** Where training looked: (time, batch, …). */
export interface Drawn {
  /** Before the softmax that was drawn from. */
  readonly scores: Tensor;
  readonly choices: Tensor;
  /** 1 where a draw was read and a symbol is due. */
  readonly counts: Tensor;
  /** h′, which the look was chosen by; no gradient flows through it. */
  readonly known: Tensor;
}

/**
 * What has the gradient of draws, and the baseline's loss, summed over steps and pictures:
 *
 *   Σ (R − b) · −log α(s),   through R − b no gradient
 *   + ½ (R − b)²,            through b alone
 *
 * Xu et al. 2015, arXiv:1502.03044, (12) to (14). Their b is a moving average of log p(y | a); this one is linear in h′
 * and learned, since how much there is still to say differs from step to step.
 */
export function reinforce({ scores, choices, counts, known }: Drawn, returns: Tensor, baseline: Linear): Tensor {
  const predicted = baseline.forward(stopGradient(known));
  const advantage = multiply(subtract(returns, reshape(stopGradient(predicted), returns.shape)), counts);
  const missed = squaredError(predicted, reshape(returns, predicted.shape), counts);
  return add(categoricalCrossEntropy(scores, choices, advantage), affine(missed, { scale: 0.5 }));
}
