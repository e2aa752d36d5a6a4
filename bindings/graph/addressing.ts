import { expectRank, type Shape } from "./shape.js";
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
