import type { Batch } from "../../tasks/batch.js";

/** A picture's pixels, and the numbers of the symbols that are to be told, without the end. */
export type Captioned = readonly [pixels: ArrayLike<number>, ids: readonly number[]];

/** Fills a batch of the layout of ShowAttendTell. */
export function fillPictures(batch: Batch, examples: readonly Captioned[]): void {
  const count = examples.length;
  batch.reset({ time: examples.reduce((most, [, { length }]) => Math.max(most, length), 0) + 1 }, count);
  const [picture, previous] = [batch.block("picture"), batch.block("previous")];
  const [targets, mask] = [batch.block("targets"), batch.block("mask")];
  examples.forEach(([pixels, ids], row) => {
    picture.set(pixels, row * pixels.length);
    batch.lengths[row] = ids.length + 1;
    ids.forEach((id, t) => {
      targets[t * count + row] = id;
      previous[(t + 1) * count + row] = id;
    });
    for (let t = 0; t <= ids.length; ++t) mask[t * count + row] = 1;
  });
}
