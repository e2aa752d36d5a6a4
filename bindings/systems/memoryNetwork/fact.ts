import { add, affine, broadcast, clip, multiply, sum, weightedRead } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { oneHot } from "../../layers/places.js";
import { ramp } from "../../layers/ramp.js";

/** A sentence that was read, of each example; none where reading has ended. */
export interface Fact {
  /** Its slot, −1 for none: (batch). */
  readonly place: Tensor;
  /** 1 where there is one: (batch). */
  readonly isThere: Tensor;
  /** 1 at its slot: (batch, slots). */
  readonly there: Tensor;
}

/** The numbers of slots, for each example: (batch, slots). */
export const slotNumbers = (like: Tensor): Tensor => {
  const [batch, slots] = like.shape as [number, number];
  return broadcast(ramp(like.scope.graph, slots), { count: batch });
};

/** The facts at places, −1 for none: (batch). */
export function factAt(place: Tensor, slots: Tensor): Fact {
  const isThere = clip(affine(place, { shift: 1 }), { low: 0, high: 1 });
  return { place, isThere, there: oneHot(place, slots) };
}

/** The features of facts in memories of features (batch, slots, count) → (batch, count), −1 where there is none. Exact. */
export function featuresAt(memories: Tensor, { there }: Fact): Tensor {
  const [batch, slots, count] = memories.shape as [number, number, number];
  const found = weightedRead(affine(memories, { shift: 1 }), reshape(there, [batch, 1, slots]));
  return affine(reshape(found, [batch, count]), { shift: -1 });
}

/** The number of each example at a fact's slot, 0 where there is none: (batch, slots) → (batch). */
export const valueAt = (values: Tensor, { there }: Fact): Tensor => sum(multiply(values, there));

/** 1 − x: 1 where x is 0, and 0 where it is 1. */
export const without = (x: Tensor): Tensor => affine(x, { scale: -1, shift: 1 });

/** x (batch) for every slot of each example: (batch, slots). */
export const everywhere = (x: Tensor, slots: Tensor): Tensor => broadcast(x, { axis: 1, count: slots.shape[1]! });

/** How slots are older than a fact's: 1 those of older sentences, −1 those of newer, 0 its own. (batch, slots) */
export function olderThan({ place }: Fact, slots: Tensor): Tensor {
  const away = affine(everywhere(place, slots), { scale: -1 });
  return clip(add(slots, away), { low: -1, high: 1 });
}
