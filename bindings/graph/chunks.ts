import type { Size } from "./size.js";
import type { Shape } from "./shape.js";

/** Elements of an axis that a branch of a fork takes: some ten microseconds of work for the kernels that fork. */
const CHUNK = 4096;
/** Fewer elements are not worth the threads. */
const LEAST = 16_384;

/** A stretch of an axis. */
export interface Chunk {
  readonly begin: number;
  readonly size: number;
}

/**
 * The stretches into which a long axis is cut, so that threads can share it, or undefined where that does not pay. The
 * cut depends on the axis alone, never on the batch or the threads, and so do the bits of sums over it.
 */
export function chunksOf(axis: Shape[number]): readonly Chunk[] | undefined {
  if (typeof axis !== "number" || axis < LEAST) return undefined;
  const count = Math.floor(axis / CHUNK);
  return Array.from({ length: count }, (_, i) => {
    const begin = i * CHUNK;
    return { begin, size: (i === count - 1 ? axis : begin + CHUNK) - begin };
  });
}

/** Whether a number of rows is known, so that each can be cut. */
export const isFixed = (size: Size): size is number => typeof size === "number";
