import { checkOptions, whole } from "../../common/options.js";
import { expectOrder, seedRule } from "../../tasks/lengths.js";
import { pointerTask, type PointerTask } from "./pointerTask.js";

/** What pointerSortTask draws. */
export interface PointerSortTaskOptions {
  /** Default: 5. */
  minLength?: number;
  /** Default: 5. */
  maxLength?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const pointerSortRules = (options?: PointerSortTaskOptions) =>
  ({
    minLength: [5, whole(1)],
    maxLength: [Math.max(5, options?.minLength ?? 5), whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Sorting by pointing: numbers from 0 to below 1, to be pointed at in the order of their size, the smallest first; of
 * equals the first. Vinyals, Bengio & Kudlur 2015, "Order Matters", arXiv:1511.06391, section 5.1.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = pointerSortTask({ minLength: 10, maxLength: 10, seed: 1 });
 */
export function pointerSortTask(options: PointerSortTaskOptions = {}): PointerTask {
  const checked = checkOptions("pointerSortTask", options, pointerSortRules(options));
  expectOrder("pointerSortTask", ["minLength", checked.minLength], ["maxLength", checked.maxLength]);
  return pointerTask({
    owner: "pointerSortTask",
    name: "pointer-sort",
    options: checked,
    inputSize: 1,
    ends: "count",
    targets: ascending,
  });
}

/** Where the numbers stand, smallest first; of equals, the first first. */
const ascending = (numbers: readonly Float32Array[]): number[] =>
  [...numbers.keys()].sort((a, b) => numbers[a]![0]! - numbers[b]![0]! || a - b);
