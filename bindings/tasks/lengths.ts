import { expectValue, whole } from "../options.js";
import type { Random } from "../random/philox.js";
import { MOST_SEQUENCES } from "./batch.js";

/** @throws RangeError unless the shortest length is at most the longest. */
export function expectOrder(owner: string, minLength: number, maxLength: number): void {
  if (minLength <= maxLength) return;
  throw new RangeError(`${owner}: minLength is ${minLength}, and must be at most maxLength, which is ${maxLength}`);
}

/** What sequences are drawn from. */
export interface Lengths {
  readonly minLength: number;
  readonly maxLength: number;
  /** The longest that may be asked for. */
  readonly most?: number;
}

/**
 * A length for each of `count` sequences: the one that is asked for, or random ones, each its own.
 * @throws RangeError when the count or the length is out of range.
 */
export function drawLengths(
  owner: string,
  random: Random,
  count: number,
  { minLength, maxLength, most }: Lengths,
  length?: number,
): number[] {
  expectValue(`${owner}: count`, count, whole(1, { most: MOST_SEQUENCES }));
  if (length !== undefined) expectValue(`${owner}: length`, length, whole(1, most === undefined ? {} : { most }));
  return Array.from({ length: count }, () => length ?? random.integer(minLength, maxLength));
}

export const longestOf = (lengths: readonly number[]): number => lengths.reduce((a, b) => Math.max(a, b));
