import { expectValue, whole } from "../common/options.js";
import type { Random } from "../common/random/philox.js";
import { MOST_SEQUENCES } from "./batch.js";

/** Rules that tasks share. */
export const seedRule = () => [0, whole(0, { most: 0xffff_ffff })] as const;

/** @throws RangeError unless a batch may hold so many sequences. */
export function expectCount(task: string, count: number): void {
  expectValue(`${task}: count`, count, whole(1, { most: MOST_SEQUENCES }));
}

/** @throws RangeError unless the least is at most the most. */
export function expectOrder(task: string, least: [name: string, value: number], most: [name: string, value: number]) {
  if (least[1] <= most[1]) return;
  throw new RangeError(`${task}: ${least[0]} is ${least[1]}, and must be at most ${most[0]}, which is ${most[1]}`);
}

/** @throws RangeError when a caller asks for less than the least, or for no whole number. */
export function expectAsked(task: string, asked: Readonly<Record<string, number | undefined>>, least = 1): void {
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined) expectValue(`${task}: ${name}`, value, whole(least));
  }
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
  expectCount(owner, count);
  if (length !== undefined) expectValue(`${owner}: length`, length, whole(1, most === undefined ? {} : { most }));
  return Array.from({ length: count }, () => length ?? random.integer(minLength, maxLength));
}

export const longestOf = (lengths: readonly number[]): number => lengths.reduce((a, b) => Math.max(a, b));
