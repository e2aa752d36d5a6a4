import { Opcode } from "../../../assembly/generated/opcodes.js";
import { axesOf, branchOf, cutSlots, memorySizes } from "../addressing.js";
import { defineOp } from "../op.js";
import { expectShape, type Shape } from "../shape.js";
import type { Size } from "../size.js";
import { sliceOf, type Tensor } from "../tensor.js";

/** Guards against 0/0, in the order of their numbers in the kernel. */
const guards = ["sum", "maximum", "root"] as const;

/** What a cosine divides by, with P the product of the norms: "sum" P + ε, "maximum" max(P, ε), "root" √(P² + ε). */
export type CosineGuard = (typeof guards)[number];

/** Guard of a cosine against 0/0. */
export interface ContentSimilarityOptions {
  /**
   * Guards against 0/0. Default: 1e-8, so that a memory that starts at the usual 1e-6 everywhere has a direction;
   * 1e-3, which others add, would leave it none. A slot of zeros has similarity 0.
   */
  epsilon?: number;
  /** How epsilon guards. Default: "sum". */
  guard?: CosineGuard;
}

/**
 * Key strength times the cosine of key and memory slot, what content addressing takes the softmax of:
 * memory (batch, slots, width), key (batch, heads, width), strength (batch, heads) → (batch, heads, slots).
 */
export const contentSimilarity = /* @__PURE__ */ defineOp("contentSimilarity", {
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
    const scalars = scalarsOf(attributes);
    const cut = cutSlots(inputs[0].shape, z.shape);
    if (!cut) {
      const sizes = sizesOf(inputs[0].shape, z.shape, attributes);
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
          sizes: [1, size, width, guardOf(attributes), 1],
          scalars,
        });
      }
    });
  },
  backward({ emit, saved, attributes }, { x, dy }, gradients) {
    const sizes = sizesOf(x[0].shape, dy.shape, attributes);
    const scalars = scalarsOf(attributes);
    emit(Opcode.contentSimilarityBackward, { adds: gradients, reads: [dy, ...x, ...saved], sizes, scalars });
  },
});

type Options = ContentSimilarityOptions | undefined;

const scalarsOf = (options: Options): number[] => [options?.epsilon ?? 1e-8];

const guardOf = (options: Options): number => guards.indexOf(options?.guard ?? "sum");

/** Heads, slots, width, guard, batch. */
const sizesOf = (memory: Shape, ofHeads: Shape, options: Options): Size[] =>
  memorySizes(memory, ofHeads).toSpliced(3, 0, guardOf(options));
