import { expectValue, whole } from "../common/options.js";
import { MOST_SEQUENCES, type Batch } from "./batch.js";

/**
 * The batch of pairs of token sequences, as ids: source, its padding mask `inside` and its lengths; targets, with 0, the
 * end, behind the last token; `previous`, the targets a step later, 0 in front of them; and the loss mask.
 */
export const pairLayout = {
  source: ["source", "batch"],
  inside: ["source", "batch"],
  lengths: ["batch"],
  previous: ["time", "batch"],
  targets: ["time", "batch", 1],
  mask: ["time", "batch"],
} as const;

/**
 * Fills a batch of this layout with pairs of ids from 1 up.
 * @throws RangeError when there is none, or a source is empty; MemoryError when there are more than memory can hold.
 */
export function fillPairs(
  batch: Batch,
  pairs: readonly (readonly [source: ArrayLike<number>, target: ArrayLike<number>])[],
): void {
  const count = pairs.length;
  expectValue("fillPairs: the number of pairs", count, whole(1, { most: MOST_SEQUENCES }));
  pairs.forEach(([source], i) => {
    if (!source.length) throw new RangeError(`fillPairs: source ${i} is empty`);
  });
  const longest = (side: 0 | 1): number => pairs.reduce((most, pair) => Math.max(most, pair[side].length), 0);
  batch.reset({ source: longest(0), time: longest(1) + 1 }, count);
  const [ids, inside, lengths, previous, targets, mask] = Object.keys(pairLayout).map((name) => batch.block(name)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  pairs.forEach(([source, target], i) => {
    lengths[i] = source.length;
    batch.lengths[i] = target.length + 1;
    for (let t = 0; t < source.length; ++t) {
      ids[t * count + i] = source[t]!;
      inside[t * count + i] = 1;
    }
    for (let t = 0; t < target.length; ++t) {
      targets[t * count + i] = target[t]!;
      previous[(t + 1) * count + i] = target[t]!;
    }
    for (let t = 0; t <= target.length; ++t) mask[t * count + i] = 1;
  });
}
