import { Opcode } from "../../../assembly/opcodes.js";
import { axesOf, branchOf, cutSlots, memorySizes } from "../addressing.js";
import { defineOp } from "../op.js";
import { expectShape } from "../shape.js";
import { sliceOf, type Tensor } from "../tensor.js";

export interface ContentSimilarityOptions {
  /**
   * Added to the product of the norms, against 0/0. Default: 1e-8, so that a memory that starts at the usual 1e-6
   * everywhere has a direction; 1e-3, which others use, would leave it none. A slot of zeros has similarity 0.
   */
  epsilon?: number;
}

/**
 * Key strength times the cosine of key and memory slot, what content addressing takes the softmax of:
 * memory (batch, slots, width), key (batch, heads, width), strength (batch, heads) → (batch, heads, slots).
 */
export const contentSimilarity = defineOp("contentSimilarity", {
  inputs: ["memory", "key", "strength"],
  shape([memory, key, strength], _: ContentSimilarityOptions | undefined) {
    const { batch, heads, slots, width } = axesOf("contentSimilarity", memory.shape, { what: "key", shape: key.shape });
    expectShape("contentSimilarity", "key", key.shape, [batch, heads, width]);
    expectShape("contentSimilarity", "strength", strength.shape, [batch, heads]);
    return [batch, heads, slots];
  },
  /** The cosines, and the norms of the slots. */
  saves: ([{ shape: memory }, { shape: key }]) => [[memory[0]!, key[1]!, memory[1]!], memory.slice(0, 2)],
  forward({ emit, fork, saved, attributes }, z, inputs) {
    const scalars = [attributes?.epsilon ?? 1e-8];
    const cut = cutSlots(inputs[0].shape, z.shape);
    if (!cut) {
      const sizes = memorySizes(inputs[0].shape, z.shape);
      return emit(Opcode.contentSimilarityForward, { writes: [z, ...saved], reads: inputs, sizes, scalars });
    }
    const { heads, slots, width } = cut;
    const [memory, key, strength] = inputs;
    const [cosine, norms] = saved as readonly [Tensor, Tensor];
    fork(cut.branches, (branch, emit) => {
      const { row, begin, size } = branchOf(cut, branch);
      const slice = sliceOf(memory, (row * slots + begin) * width, size * width);
      for (let head = row * heads; head < (row + 1) * heads; ++head) {
        const of = (whole: Tensor): Tensor => sliceOf(whole, head * slots + begin, size);
        emit(Opcode.contentSimilarityForward, {
          writes: [of(z), of(cosine), sliceOf(norms, row * slots + begin, size)],
          reads: [slice, sliceOf(key, head * width, width), sliceOf(strength, head, 1)],
          sizes: [1, size, width, 1],
          scalars,
        });
      }
    });
  },
  backward({ emit, saved, attributes }, { x, dy }, gradients) {
    const sizes = memorySizes(x[0].shape, dy.shape);
    const scalars = [attributes?.epsilon ?? 1e-8];
    emit(Opcode.contentSimilarityBackward, { adds: gradients, reads: [dy, ...x, ...saved], sizes, scalars });
  },
});
