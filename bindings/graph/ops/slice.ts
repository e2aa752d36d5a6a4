import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { partOf } from "../part.js";
import { axisOf, fixedAxis, format, ShapeError, type Shape } from "../shape.js";

/** Axis and bounds of a slice. */
export interface SliceOptions {
  /** Default: −1, the last. */
  axis?: number;
  /** The first element taken. Default: 0. */
  begin?: number;
  /** The first element no longer taken. Default: the axis' length. */
  end?: number;
}

/** A part of a tensor along an axis: x (…, n) → y (…, end − begin). */
export const slice = /* @__PURE__ */ defineOp("slice", {
  inputs: ["x"],
  shape([x], options: SliceOptions) {
    const { axis, length } = boundsOf(x.shape, options);
    return x.shape.with(axis, length);
  },
  forward({ emit, attributes }, y, [x]) {
    const { outOf } = partOf(x.shape, boundsOf(x.shape, attributes));
    emit(Opcode.copyBlocks, { writes: [y], reads: [x], sizes: outOf });
  },
  backward({ emit, attributes }, { dy }, [dx]) {
    const { into } = partOf(dx.shape, boundsOf(dx.shape, attributes));
    emit(Opcode.addBlocks, { adds: [dx], reads: [dy], sizes: into });
  },
});

function boundsOf(shape: Shape, options: SliceOptions): { axis: number; begin: number; length: number } {
  const axis = axisOf("slice", shape, options.axis ?? -1);
  const whole = fixedAxis("slice", shape, axis);
  const { begin = 0, end = whole } = options;
  if (Number.isInteger(begin) && Number.isInteger(end) && 0 <= begin && begin < end && end <= whole) {
    return { axis, begin, length: end - begin };
  }
  throw new ShapeError(
    `slice: [${begin}, ${end}) is no part of axis ${axis} of ${format(shape)}, which has ${whole} elements`,
    "slice",
    `0 ≤ begin < end ≤ ${whole}`,
    `[${begin}, ${end})`,
  );
}
