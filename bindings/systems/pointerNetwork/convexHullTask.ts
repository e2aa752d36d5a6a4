import { convexHull } from "./geometry/convexHull.js";
import { checkOptions, whole } from "../../common/options.js";
import { expectOrder, seedRule } from "../../tasks/lengths.js";
import { pointerTask, type PointerTask } from "./pointerTask.js";

/** What convexHullTask draws. */
export interface ConvexHullTaskOptions {
  /** Default: 5. */
  minLength?: number;
  /** Default: 5. */
  maxLength?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const convexHullRules = (options?: ConvexHullTaskOptions) =>
  ({
    minLength: [5, whole(1)],
    maxLength: [Math.max(5, options?.minLength ?? 5), whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Convex hull: points uniform in the unit square, of which the corners of their hull are to be pointed at,
 * counter-clockwise from the one of the lowest place, which comes again at the end. Vinyals, Fortunato & Jaitly 2015,
 * arXiv:1506.03134, section 3.1. Points on an edge are no corners, and of points that coincide the first stands for all.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = convexHullTask({ minLength: 5, maxLength: 50, seed: 1 });
 */
export function convexHullTask(options: ConvexHullTaskOptions = {}): PointerTask {
  const checked = checkOptions("convexHullTask", options, convexHullRules(options));
  expectOrder("convexHullTask", ["minLength", checked.minLength], ["maxLength", checked.maxLength]);
  return pointerTask({
    owner: "convexHullTask",
    name: "convex-hull",
    options: checked,
    inputSize: 2,
    ends: "repeat",
    targets: closedHull,
  });
}

function closedHull(points: readonly Float32Array[]): number[] {
  const corners = convexHull(points);
  return [...corners, corners[0]!];
}
