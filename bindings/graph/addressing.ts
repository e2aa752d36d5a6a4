import { expectRank, type Shape } from "./shape.js";
import { chunksOf, isFixed, type Chunk } from "./chunks.js";
import { product, type Size } from "./size.js";

/** The axes of a memory and of what heads have for each of its slots or columns, checked to be three each. */
export function axesOf(op: string, memory: Shape, ofHeads: { what: string; shape: Shape }) {
  expectRank(op, "memory", memory, 3);
  expectRank(op, ofHeads.what, ofHeads.shape, 3);
  return { batch: memory[0]!, slots: memory[1]!, width: memory[2]!, heads: ofHeads.shape[1]! };
}

/** Heads, slots, width, batch: the sizes that kernels over a memory take. */
export function memorySizes(memory: Shape, ofHeads: Shape): Size[] {
  return [ofHeads[1]!, memory[1]!, memory[2]!, memory[0]!].map((axis) => product([axis]));
}

/** How the slots of large memories are cut into chunks; rows of the batch do not depend on each other anyway. */
export interface SlotCut {
  readonly batch: number;
  readonly heads: number;
  readonly slots: number;
  readonly width: number;
  readonly chunks: readonly Chunk[];
  /** Branches: a chunk of one row's memory each. */
  readonly branches: number;
}

/** The cut, or undefined where the memory is small, or where a size is not known yet. */
export function cutSlots(memory: Shape, ofHeads: Shape): SlotCut | undefined {
  const [batch, slots, width] = memory.map((axis) => product([axis]));
  const heads = product([ofHeads[1]!]);
  const chunks = chunksOf(memory[1]!);
  if (!chunks || ![batch, slots, width, heads].every((size) => isFixed(size!))) return undefined;
  const sizes = { batch, slots, width, heads } as { batch: number; slots: number; width: number; heads: number };
  return { ...sizes, chunks, branches: sizes.batch * chunks.length };
}

/** Where a branch is: its row of the batch, and its chunk. */
export function branchOf({ chunks }: SlotCut, branch: number): Chunk & { row: number; chunk: number } {
  const [row, chunk] = [Math.floor(branch / chunks.length), branch % chunks.length];
  return { row, chunk, ...chunks[chunk]! };
}
