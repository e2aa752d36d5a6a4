import type { Graph } from "../graph/graph.js";
import { recordIn, type AnyDefinition } from "../graph/op.js";
import { constant } from "../graph/ops/index.js";
import { ShapeError } from "../graph/shape.js";
import type { Dimension } from "../graph/size.js";
import { indexSize, type MemoryIndexTensors, type SparseMemoryTensors } from "../graph/sparse.js";

/** Sizes of a memory, and of what a run does with it. */
export interface SparseMemoryOptions {
  readonly batch: number;
  /** Rows, below 2²⁴. */
  readonly slots: number;
  readonly width: number;
  readonly heads: number;
  /** Rows that a head reads at a step. */
  readonly count: number;
  /** Most steps of a run: so many have room for the gradients of rows. What longer runs touch beside them has none. */
  readonly steps: number | Dimension;
}

/** Rows that floats can count. */
const MOST = 0xff_ffff;

/** Room, which the ops of memory fill: nothing is done to begin with. */
const room: AnyDefinition = {
  name: "sparseMemory",
  shapes(_, attributes) {
    const { batch, slots, width, heads, count, steps } = attributes as SparseMemoryOptions;
    if (slots > MOST) {
      const message = `sparseMemory: there are ${slots} rows, and there must be at most ${MOST}, which floats can count`;
      throw new ShapeError(message, "sparseMemory", `at most ${MOST}`, String(slots));
    }
    return [
      [batch, slots, width],
      [batch, slots],
      [batch, 2, slots + 1],
      // Half of the places stay empty, so that a row is found at once.
      [batch, steps, 2 * heads * (count + 1), 1 + width],
    ];
  },
  saves: () => [],
  forward() {},
};

/**
 * A memory of zeros of which few rows are read and written at a step, in place: see `nearestRows`, `readRows` and
 * `writeRows`. It is made outside of the scan that uses it, and costs what is in use of it. Rae et al. 2016,
 * arXiv:1610.09027, section 3.
 *
 * @throws ShapeError when there are more rows than floats can count.
 */
export function sparseMemory(graph: Graph, options: SparseMemoryOptions): SparseMemoryTensors {
  const [rows, norms, ring, touched] = recordIn(graph, room, [], options);
  return { rows: rows!, norms: norms!, ring: ring!, touched: touched!, used: constant(graph, [options.batch], 0) };
}

/** Room for an index, which `linkRows` fills. */
const indexRoom: AnyDefinition = {
  name: "memoryIndex",
  shapes(_, attributes) {
    const { batch, slots } = attributes as MemoryIndexOptions;
    return [[batch, indexSize(slots)]];
  },
  saves: () => [],
  forward() {},
};

/** The memory that is indexed. */
export type MemoryIndexOptions = Pick<SparseMemoryOptions, "batch" | "slots">;

/**
 * An index of the rows of a `sparseMemory`, empty, made where the memory is: `linkRows` links those that were written, and
 * `approximateNearestRows` finds the nearest by it. It takes 140 bytes for each row that there may be, of which it touches
 * those of rows in use. Malkov & Yashunin 2016, arXiv:1603.09320.
 */
export function memoryIndex(graph: Graph, options: MemoryIndexOptions): MemoryIndexTensors {
  const [index] = recordIn(graph, indexRoom, [], options);
  return { index: index!, linked: constant(graph, [options.batch], 0) };
}
