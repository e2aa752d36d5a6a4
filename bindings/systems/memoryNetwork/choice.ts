import { add, affine, clip, max, multiply, relu, subtract } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { oneHot } from "../../layers/places.js";
import { everywhere, valueAt, without, type Fact } from "./fact.js";

/** Scores of candidates for the next fact. */
export interface FactScores {
  /** Of each sentence, before its age counts: (batch, slots). */
  readonly sentences: Tensor;
  /** That there is no more fact: (batch). */
  readonly none: Tensor;
  /** How much a newer sentence has over an older one of the same score: (batch). */
  readonly newer: Tensor;
  /** 1 for each sentence that may be chosen: (batch, slots). */
  readonly allowed: Tensor;
}

/** Below all scores, and yet a number. */
const LEAST = -1e8;

/** 1 where x is 0 or more, 0 where it is less. Exact but for −1e-30 < x < 0. */
const isNotNegative = (x: Tensor): Tensor => clip(affine(x, { scale: 1e30, shift: 1 }), { low: 0, high: 1 });

/**
 * The fact that is read next: the sentence that beats every other, where y beats y' when
 * s_Ot(x, y, y') = s(y) − s(y') ± newer > 0, + where y is the newer. Where none does, it is the newest of those with scores
 * at most |newer| below the largest, or the oldest of these where `newer` is negative; so of equal scores it is the latest
 * sentence that counts. It is read unless the score that there is no more fact is larger than its own. `before` is the fact
 * that was read before: behind none there is none.
 */
export function chooseFact({ sentences, none, newer, allowed }: FactScores, slots: Tensor, before?: Fact): Fact {
  const scores = add(multiply(sentences, allowed), affine(allowed, { scale: -LEAST, shift: LEAST }));
  const lead = add(relu(newer), relu(affine(newer, { scale: -1 })));
  const least = subtract(max(scores), lead);
  const near = isNotNegative(subtract(scores, everywhere(least, slots)));
  const count = slots.shape[1] as number;
  const farther = affine(near, { scale: -count, shift: count });
  const newest = affine(max(affine(add(slots, farther), { scale: -1 })), { scale: -1 });
  const oldest = affine(max(multiply(affine(slots, { shift: 1 }), near)), { shift: -1 });
  const isNewest = isNotNegative(newer);
  const place = add(multiply(isNewest, newest), multiply(without(isNewest), oldest));
  const there = oneHot(place, slots);
  const goesOn = isNotNegative(subtract(valueAt(scores, { place, isThere: isNewest, there }), none));
  const isThere = before ? multiply(before.isThere, goesOn) : goesOn;
  return {
    place: affine(multiply(affine(place, { shift: 1 }), isThere), { shift: -1 }),
    isThere,
    there: multiply(there, everywhere(isThere, slots)),
  };
}
