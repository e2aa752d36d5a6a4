import {
  affine,
  add,
  broadcast,
  categoricalCrossEntropy,
  constant,
  squaredError,
  stopGradient,
  subtract,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Episode } from "./episode.js";

/**
 * What has the gradient of moves, and the baseline's loss: summed over steps and sequences,
 *
 *     Σ_heads (R − b) · −log π(a),   R the rewards from this step on, and through R − b no gradient
 *     + ½ (R − b)²,                  through b alone
 *
 * The first part is no measure of anything, but its gradient is, with that of the predictions' cross-entropy, minus that
 * of the expected reward. Williams 1992; Zaremba & Sutskever 2015, section 4.
 */
export function reinforce(episode: Episode): Tensor {
  const { input, cells, logits, choices } = episode;
  const { baseline } = episode.model;
  const [toGo, beside] = [episode.toGo!, episode.beside!]; // which an episode of training has
  const { graph } = toGo.scope;
  const [time] = toGo.shape;
  const summary = broadcast(baseline.summary(input, cells), { count: time! });
  const predicted = baseline.predict(beside, summary);
  const advantage = subtract(toGo, stopGradient(predicted));
  const moves = logits.map((each, i) => categoricalCrossEntropy(each, choices[i]!, advantage));
  const one = [...toGo.shape, 1];
  const missed = squaredError(reshape(predicted, one), reshape(toGo, one), constant(graph, toGo.shape, 1));
  return [...moves, affine(missed, { scale: 0.5 })].reduce((a, b) => add(a, b));
}
