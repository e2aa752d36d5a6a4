import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, zeros, type NDArray } from "./array.js";

/** Sizes of a memory of which few rows are read. */
export interface SparseCase {
  readonly batch: number;
  readonly heads: number;
  readonly count: number;
  readonly slots: number;
  readonly width: number;
}

/** Sizes at which kernels break: a row of each tail, one head and several, all rows and few. */
export const sparseCases: readonly SparseCase[] = [
  ...[1, 3, 4, 5, 8, 17].map((width) => ({ batch: 2, heads: 2, count: 3, slots: 7, width })),
  { batch: 1, heads: 1, count: 1, slots: 1, width: 4 },
  { batch: 3, heads: 1, count: 4, slots: 4, width: 6 },
  { batch: 1, heads: 4, count: 4, slots: 300, width: 5 },
];

/** A memory with something in it, its norms, and room for gradients. */
export function drawnMemory(random: Random, { batch, heads, count, slots, width }: SparseCase) {
  const rows = uniform(random, [batch, slots, width], -1, 1);
  const norms = zeros([batch, slots]);
  norms.data.forEach((_, i) => {
    const row = rows.data.slice(i * width, (i + 1) * width);
    norms.data[i] = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  });
  return {
    rows,
    norms,
    ring: ringOf(batch, slots),
    used: array([batch], new Array<number>(batch).fill(slots)),
    touched: zeros([batch, 2, 2 * heads * (count + 1), 1 + width]),
  };
}

/** The order of use before the first: links to the next row and to the one before, with the beginning behind the rows. */
export function ringOf(batch: number, slots: number): NDArray {
  const next = Array.from({ length: slots + 1 }, (_, i) => (i + 1) % (slots + 1));
  const previous = Array.from({ length: slots + 1 }, (_, i) => (i + slots) % (slots + 1));
  const one = [...next, ...previous];
  return array([batch, 2, slots + 1], Array.from({ length: batch }, () => one).flat());
}

/** Different rows for each head. */
export function drawnIndices(random: Random, { batch, heads, count, slots }: SparseCase): NDArray {
  const each = Array.from({ length: batch * heads }, () => {
    const all = Array.from({ length: slots }, (_, i) => i);
    return Array.from({ length: count }, () => all.splice(random.integer(0, all.length - 1), 1)[0]!);
  });
  return array([batch, heads, count], each.flat());
}
