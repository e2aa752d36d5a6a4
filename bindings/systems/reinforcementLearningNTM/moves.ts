import { add, affine, argmax, categorical, clip, concat, constant, slice, softmax } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";

/** The heads, in the order of draws: −1, 0 or +1 on input and memory, 0 or 1 on the output tape. */
export const HEADS = ["input", "memory", "output"] as const;
export type Head = (typeof HEADS)[number];

/** Moves that a head can choose from. */
export const choicesOf = (head: Head): number => (head === "output" ? 2 : 3);

/** What a head goes by the number of its choice. */
export const firstMoveOf = (head: Head): number => (head === "output" ? 0 : -1);

/** What makes a move impossible: added behind the slowdown, or it would be shrunk by it. */
const NEVER = -1e9;

/** (batch): 1 where a whole number is 0, 0 where it is larger. */
const isZero = (x: Tensor): Tensor => affine(clip(x, { low: 0, high: 1 }), { scale: -1, shift: 1 });

/** Columns (batch) beside each other: (batch, count). */
export const beside = (columns: readonly Tensor[]): Tensor =>
  concat(columns.map((column) => reshape(column, [...column.shape, 1])));

/** Where only some moves are allowed: what is added to logits, NEVER times the columns (batch). */
const never = (logits: Tensor, columns: readonly Tensor[]): Tensor =>
  add(logits, affine(beside(columns), { scale: NEVER }));

/** An input head that never goes back, and at the last cell not on. ahead: (batch), cells in front of it. */
export function onlyForward(logits: Tensor, ahead: Tensor): Tensor {
  const { graph } = logits.scope;
  const [batch] = ahead.shape as [number];
  return never(logits, [constant(graph, [batch], 1), constant(graph, [batch], 0), isZero(ahead)]);
}

/**
 * An output head that makes every prediction that is due: none when none is left, and all from now on when there are
 * no more steps than these. due, steps: (batch), what is left with this step.
 */
export function forced(logits: Tensor, due: Tensor, steps: Tensor): Tensor {
  const isDone = isZero(due);
  const isLate = isZero(add(steps, affine(due, { scale: -1 })));
  return never(logits, [isLate, isDone]);
}

/** Draws by `u` (batch), or without it the likeliest: logits (batch, n) → numbers (batch). */
export const choose = (logits: Tensor, u: Tensor | undefined): Tensor =>
  u ? categorical(softmax(logits), u) : argmax(logits);

/** Column `at` of (batch, n). */
export const columnOf = (x: Tensor, at: number): Tensor =>
  reshape(slice(x, { begin: at, end: at + 1 }), x.shape.slice(0, -1));
