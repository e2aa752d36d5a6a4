import { expectValue, whole } from "../options.js";
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
