import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfList } from "../op.js";
import { partOf } from "../part.js";
import { axisOf, expectShape, fixedAxis, type Shape } from "../shape.js";
import type { Tensor } from "../tensor.js";

/** Axis of a concatenation. */
export interface ConcatOptions {
  /** Default: −1, the last. */
  axis?: number;
}

/** Tensors one behind the other along an axis: (…, n₁), (…, n₂), … → (…, n₁ + n₂ + …). */
export const concat = /* @__PURE__ */ defineOpOfList<ConcatOptions | undefined>("concat", {
  shape(tensors, options) {
    const { shape } = tensors[0]!;
    const axis = axisOf("concat", shape, options?.axis ?? -1);
    tensors.forEach((tensor, i) => {
      const { shape: actual } = tensor;
      const length = actual.length === shape.length ? fixedAxis("concat", actual, axis) : shape[axis]!;
      expectShape("concat", `input ${i}`, actual, shape.with(axis, length));
    });
    const total = tensors.reduce((sum, tensor) => sum + fixedAxis("concat", tensor.shape, axis), 0);
    return shape.with(axis, total);
  },
  forward({ emit, attributes }, y, tensors) {
    for (const { x, part } of partsOf(y.shape, tensors, attributes)) {
      emit(Opcode.copyBlocks, { writes: [y], reads: [x], sizes: part.into });
    }
  },
  backward({ emit, attributes }, { dy }, gradients) {
    for (const { x: dx, part } of partsOf(dy.shape, gradients, attributes)) {
      emit(Opcode.addBlocks, { adds: [dx], reads: [dy], sizes: part.outOf });
    }
  },
});

/** Where each tensor is in the whole. */
function partsOf(
  whole: Shape,
  tensors: readonly Tensor[],
  options: ConcatOptions | undefined,
): { x: Tensor; part: ReturnType<typeof partOf> }[] {
  const axis = axisOf("concat", whole, options?.axis ?? -1);
  let begin = 0;
  return tensors.map((x) => {
    const length = fixedAxis("concat", x.shape, axis);
    const part = partOf(whole, { axis, begin, length });
    begin += length;
    return { x, part };
  });
}
