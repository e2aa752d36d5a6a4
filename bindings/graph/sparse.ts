import { expectRank, expectShape, fixedAxis, ShapeError, type Shape } from "./shape.js";
import { product, type Size } from "./size.js";
import type { Tensor } from "./tensor.js";

/**
 * Tensors of a memory that is written in place. They belong to the scope in which the memory was made; what is not in use
 * of it holds no value.
 */
export interface SparseMemoryTensors {
  /** (batch, slots, width). */
  readonly rows: Tensor;
  /** Norms of the rows: (batch, slots). */
  readonly norms: Tensor;
  /** Order in which rows were last used: (batch, 2, slots + 1). */
  readonly ring: Tensor;
  /** Rows that are in use, from the first on: (batch). */
  readonly used: Tensor;
  /** Room for the gradients of the rows that a run touches: (batch, steps, places, 1 + width). Holds no value. */
  readonly touched: Tensor;
}

/** Tensors of an index of a memory's rows, by which the nearest are found without comparing all. */
export interface MemoryIndexTensors {
  /** Links, and room for a search: (batch, `indexSize(slots)`). What is not in use of it holds no value. */
  readonly index: Tensor;
  /** Rows that the index knows, from the first on: (batch). */
  readonly linked: Tensor;
}

/** Numbers of an index of so many rows: what assembly/kernels/sparse/graph/layers.ts needs. */
export const indexSize = (slots: number): number => 35 * slots + 9216;

/** Most rows that a search keeps. */
export const MOST_REACH = 256;

/** @throws ShapeError unless a search may keep so many rows. */
export function expectReach(op: string, reach: number): number {
  if (Number.isInteger(reach) && reach >= 1 && reach <= MOST_REACH) return reach;
  throw new ShapeError(
    `${op}: reach is ${reach}, and must be a whole number from 1 to 256`,
    op,
    "1 to 256",
    `${reach}`,
  );
}

/** Sizes of a memory's tensors, and of the indices of rows that are read: (batch, heads, count). */
export interface SparseSizes {
  readonly batch: Size;
  readonly heads: number;
  readonly count: number;
  readonly slots: number;
  readonly width: number;
  readonly places: Size;
}

/** @throws ShapeError unless the tensors fit each other. */
export function sparseSizes(
  op: string,
  { rows, touched }: Pick<SparseMemoryTensors, "rows" | "touched">,
  indices: Shape,
): SparseSizes {
  expectRank(op, "rows", rows.shape, 3);
  expectRank(op, "indices", indices, 3);
  expectRank(op, "touched", touched.shape, 4);
  const [batch] = rows.shape;
  const [slots, width] = [fixedAxis(op, rows.shape, 1), fixedAxis(op, rows.shape, 2)];
  const [heads, count] = [fixedAxis(op, indices, 1), fixedAxis(op, indices, 2)];
  expectShape(op, "indices", indices, [batch!, heads, count]);
  const [, steps, each] = touched.shape;
  expectShape(op, "touched", touched.shape, [batch!, steps!, each!, 1 + width]);
  return { batch: product([batch!]), heads, count, slots, width, places: product([steps!, each!]) };
}
