import { add, affine, multiply, relu, subtract, sum } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import type { FactScores } from "./choice.js";
import { everywhere, olderThan, valueAt, without, type Fact } from "./fact.js";

/** max(0, γ − lead) for what is right and each alternative. */
const hinge = (lead: Tensor, margin: number): Tensor => relu(affine(lead, { scale: -1, shift: margin }));

/**
 * Margin ranking of the next fact, equations (6) and (7) of the paper: Σ max(0, γ − s_Ot(x, right, y)) over every other
 * sentence y that may be chosen, and that there is no more fact; where that is right, `fact` is none. (batch)
 */
export function rankFact(
  { sentences, none, newer, allowed }: FactScores,
  fact: Fact,
  slots: Tensor,
  margin: number,
): Tensor {
  const isNone = without(fact.isThere);
  const right = add(valueAt(sentences, fact), multiply(none, isNone));
  const byAge = multiply(olderThan(fact, slots), everywhere(multiply(newer, fact.isThere), slots));
  const lead = add(subtract(everywhere(right, slots), sentences), byAge);
  const others = multiply(allowed, without(fact.there));
  const ofNone = multiply(hinge(subtract(right, none), margin), fact.isThere);
  return add(sum(multiply(hinge(lead, margin), others)), ofNone);
}

/** Margin ranking of answers, equation (8): Σ max(0, γ − s_R(x, right) + s_R(x, w)) over all other words w. (batch) */
export function rankAnswer(scores: Tensor, right: Tensor, margin: number): Tensor {
  const of = sum(multiply(scores, right));
  return sum(multiply(hinge(subtract(everywhere(of, scores), scores), margin), without(right)));
}
