import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfMany } from "../op.js";
import { expectShape, type Shape } from "../shape.js";
import { sidedSizes, type SideOptions } from "../stacks.js";
import { product, type Size } from "../size.js";

/** Sides that are read. */
export interface StackReadOptions {
  /** One side, or both: the first, then the last. */
  readonly side: SideOptions["side"] | "both";
}

/**
 * What is read at the sides of a stack, queue or deque, rows up to a strength of 1 in all: values
 * (batch, ends, slots, width), strengths (batch, ends, slots), at least 0 → read (batch, sides, width), weights
 * (batch, sides, ends, slots). Grefenstette et al. 2015, arXiv:1506.02516, (3), (6), (11), (12).
 */
export const stackRead = /* @__PURE__ */ defineOpOfMany("stackRead", {
  inputs: ["values", "strengths"],
  outputs: ["read", "weights"],
  shapes([values, strengths], options: StackReadOptions) {
    sizesOf(strengths.shape, values.shape, options);
    const width = values.shape.at(-1)!;
    expectShape("stackRead", "values", values.shape, [...strengths.shape, width]);
    const [batch, ...rows] = strengths.shape;
    const sides = headsOf(options);
    return [
      [batch!, sides, width],
      [batch!, sides, ...rows],
    ];
  },
  forward({ emit, attributes }, outputs, inputs) {
    const [values, strengths] = inputs;
    emit(Opcode.stackReadForward, {
      writes: outputs,
      reads: inputs,
      sizes: sizesOf(strengths.shape, values.shape, attributes),
    });
  },
  backward({ emit, attributes }, { x, y: [, weights], dy }, gradients) {
    const [values, strengths] = x;
    emit(Opcode.stackReadBackward, {
      adds: gradients,
      reads: [...dy, weights, ...x],
      sizes: sizesOf(strengths.shape, values.shape, attributes),
    });
  },
});

const headsOf = ({ side }: StackReadOptions): number => (side === "both" ? 2 : 1);

/** Heads, ends, slots, width, side, batch. */
function sizesOf(strengths: Shape, values: Shape, options: StackReadOptions): Size[] {
  const side = options.side === "both" ? "first" : options.side;
  const { batch, ends, slots, from } = sidedSizes("stackRead", strengths, side);
  return [headsOf(options), ends, slots, product(values.slice(-1)), from, batch];
}
