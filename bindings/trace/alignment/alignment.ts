import { ShapeError } from "../../graph/shapeError.js";
import { argmaxOf } from "../../common/argmax.js";
import { expectLabels, expectRows, expectUnit } from "../expect.js";

/**
 * Where a model looked in what it read, for each symbol that it said: all that the pictures know, whatever the model.
 */
export interface Alignment {
  /** What was read: a label each. (source) */
  readonly sources: readonly string[];
  /** What was said: a label each, the end included if it was reached. (target) */
  readonly targets: readonly string[];
  /** How much of each source was read for each target: from 0 to 1. (target, source) */
  readonly weights: readonly ArrayLike<number>[];
  /** Where sources are in the plane, for those that are points. (source, 2) */
  readonly points?: readonly ArrayLike<number>[];
  /** Index of the source that a target points at; −1 for none, as the end does. (target) Default: the heaviest. */
  readonly order?: readonly number[];
  /** Whether the way through the points ends where it began, as a tour does. Default: false. */
  readonly closed?: boolean;
}

/** Weights that a page can draw: a sentence of a hundred words takes a tenth of them. */
const MOST_WEIGHTS = 40_000;

/** @throws TypeError, ShapeError, RangeError unless all parts are there and fit each other. */
export function checkAlignment(owner: string, alignment: Alignment): void {
  const { sources, targets, weights, points, order } = alignment;
  expectLabels(owner, { sources, targets });
  if (!sources.length) throw new RangeError(`${owner}: there are no sources, and must be one at least`);
  expectRows(owner, "weights", weights, targets.length, sources.length);
  const count = sources.length * targets.length;
  if (count > MOST_WEIGHTS) {
    const all = `${targets.length} × ${sources.length} = ${count.toLocaleString("en-US")} weights`;
    throw new RangeError(`${owner}: there are ${all}, and a page can draw ${MOST_WEIGHTS.toLocaleString("en-US")}`);
  }
  for (const row of weights) expectUnit(owner, "a weight", row);
  if (points) {
    expectRows(owner, "points", points, sources.length, 2);
    const wrong = points.flatMap((point) => Array.from(point)).find((value) => !Number.isFinite(value));
    if (wrong !== undefined) throw new RangeError(`${owner}: a coordinate is ${wrong}, and must be a finite number`);
  }
  if (!order) return;
  if (order.length !== targets.length) {
    const message = `${owner}: order has ${order.length} numbers, and must have ${targets.length}, one a target`;
    throw new ShapeError(message, owner, `(${targets.length})`, `(${order.length})`);
  }
  const wrong = order.find((index) => !Number.isInteger(index) || index < -1 || index >= sources.length);
  if (wrong !== undefined)
    throw new RangeError(
      `${owner}: order has a ${wrong}, and must have indices of the ${sources.length} sources, or −1`,
    );
}

/** Index of the source that each target points at, −1 for none. */
export const orderOf = ({ order, weights }: Alignment): readonly number[] => order ?? weights.map(argmaxOf);
