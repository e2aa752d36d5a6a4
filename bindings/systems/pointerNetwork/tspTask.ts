import { MOST_EXACT, shortestTour } from "./geometry/tours.js";
import { checkOptions, whole } from "../../common/options.js";
import { expectOrder, seedRule } from "../../tasks/lengths.js";
import { pointerTask, type PointerTask } from "./pointerTask.js";

/** What tspTask draws. */
export interface TspTaskOptions {
  /** Default: 5. */
  minLength?: number;
  /** At most 12. Default: 5. */
  maxLength?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const tspRules = (options?: TspTaskOptions) =>
  ({
    minLength: [5, whole(1, { most: MOST_EXACT })],
    maxLength: [Math.max(5, options?.minLength ?? 5), whole(1, { most: MOST_EXACT })],
    seed: seedRule(),
  }) as const;

/**
 * The travelling salesman: cities uniform in the unit square, to be pointed at in the order of a shortest tour, from the
 * first and in the direction in which the second has the lower place. Vinyals, Fortunato & Jaitly 2015,
 * arXiv:1506.03134, section 3.3. Tours are exact, by dynamic programming, hence of at most 12 cities; a model that has
 * learned them can be run on more.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = tspTask({ minLength: 5, maxLength: 10, seed: 1 });
 */
export function tspTask(options: TspTaskOptions = {}): PointerTask {
  const checked = checkOptions("tspTask", options, tspRules(options));
  expectOrder("tspTask", ["minLength", checked.minLength], ["maxLength", checked.maxLength]);
  const limits = { ...checked, most: MOST_EXACT };
  return {
    ...pointerTask({
      owner: "tspTask",
      name: "tsp",
      options: limits,
      inputSize: 2,
      ends: "count",
      targets: shortestTour,
    }),
    options: checked,
  };
}
