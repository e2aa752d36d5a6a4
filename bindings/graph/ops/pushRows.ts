import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectShape, sizeOf, type Shape } from "../shape.js";
import { endsOf } from "../stacks.js";
import type { Size } from "../size.js";

/** What becomes of the oldest row of an end that is full. */
export interface PushRowsOptions {
  /**
   * Whether nothing is lost unseen: all rows of an end are NaN where its oldest, for which there is no room, is not 0.
   * Default: false.
   */
  readonly whole?: boolean;
}

/**
 * Rows behind a new one at each end, the newest first: rows (batch, ends, slots, …), new (batch, ends, …) →
 * (batch, ends, slots, …). Grefenstette et al. 2015, arXiv:1506.02516, (1), (7).
 */
export const pushRows = /* @__PURE__ */ defineOp("pushRows", {
  inputs: ["rows", "new"],
  shape([rows, added], _: PushRowsOptions | undefined) {
    const [batch, ends, slots, ...row] = rows.shape;
    endsOf("pushRows", rows.shape.slice(0, 3));
    expectShape("pushRows", "new", added.shape, [batch!, ends!, ...row]);
    return [batch!, ends!, slots!, ...row];
  },
  forward({ emit, attributes }, y, inputs) {
    const [slots, width, ends] = sizesOf(y.shape);
    emit(Opcode.pushRowsForward, {
      writes: [y],
      reads: inputs,
      sizes: [slots, width, Number(attributes?.whole ?? false), ends],
    });
  },
  backward({ emit }, { dy }, gradients) {
    emit(Opcode.pushRowsBackward, { adds: gradients, reads: [dy], sizes: sizesOf(dy.shape) });
  },
});

/** Slots, width, and ends of all examples. */
const sizesOf = (shape: Shape): [slots: Size, width: Size, ends: Size] => [
  sizeOf(shape.slice(2, 3)),
  sizeOf(shape.slice(3)),
  sizeOf(shape.slice(0, 2)),
];
