import { product, type Size } from "./size.js";
import type { Shape } from "./shape.js";

/** Steps that are joined out of parts: the time of the joined ones, the batch, and the numbers of a part. */
export interface JoinedSteps {
  readonly time: Shape[number];
  readonly batch: number;
  readonly width: number;
  readonly parts: number;
}

/** Where one part of one sequence is, from step to step. */
interface Place {
  readonly first: number;
  readonly stride: number;
}

/** Each part of each sequence, in (parts · time, batch, width) and in (time, batch, parts · width). */
export function* partsOfSteps({ batch, width, parts }: JoinedSteps): Generator<{ split: Place; joined: Place }> {
  const stride = parts * batch * width;
  for (let part = 0; part < parts; ++part) {
    for (let row = 0; row < batch; ++row) {
      yield {
        split: { first: (part * batch + row) * width, stride },
        joined: { first: (row * parts + part) * width, stride },
      };
    }
  }
}

/** What copyBlocks and addBlocks take: length of a block, the strides, the first elements, and how many blocks. */
export const placed = (to: Place, from: Place, { width, time }: JoinedSteps): Size[] => [
  width,
  to.stride,
  from.stride,
  to.first,
  from.first,
  product([time]),
];
