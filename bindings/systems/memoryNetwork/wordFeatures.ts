import { add, affine, broadcast, clip, concat, multiply } from "../../graph/ops/index.js";
import { fixedAxis } from "../../graph/shape.js";
import type { Tensor } from "../../graph/tensor.js";
import { ramp } from "../../layers/ramp.js";

/**
 * What of a sentence's words a model sees, the Φ of the paper.
 *
 * - "words": which there are, a bag of words.
 * - "position": which, and their places, by the position encoding of Sukhbaatar et al. 2015, arXiv:1503.08895.
 * - "places": which, and which is at which place: a word at a place is a feature beside the word.
 */
export type SentenceFeatures = "words" | "position" | "places";

/** Rows of a table of features: one for each word, and with "places" one for each word at each place. */
export const featureCount = (features: SentenceFeatures, symbols: number, words: number): number =>
  features === "places" ? symbols * (1 + words) : symbols;

/** Features of sentences by their numbers: indices (…, words), −1 where there is no word → (…, features of a sentence). */
export function featuresOf(features: SentenceFeatures, indices: Tensor, symbols: number): Tensor {
  if (features !== "places") return indices;
  const words = fixedAxis("featuresOf", indices.shape, -1);
  const first = affine(ramp(indices.scope.graph, words), { scale: symbols, shift: symbols });
  const firsts = indices.shape.slice(0, -1).reduceRight<Tensor>((all, count) => broadcast(all, { count }), first);
  const isWord = clip(affine(indices, { shift: 1 }), { low: 0, high: 1 });
  const atPlaces = affine(multiply(affine(add(indices, firsts), { shift: 1 }), isWord), { shift: -1 });
  return concat([indices, atPlaces]);
}
