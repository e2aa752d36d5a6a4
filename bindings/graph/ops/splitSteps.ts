import { Opcode } from "../../../assembly/generated/opcodes.js";
import { multiple } from "../multiple.js";
import { defineOp, type Operands } from "../op.js";
import { expectRank, fixedAxis, format, ShapeError, type Shape } from "../shape.js";
import { partsOfSteps, placed, type JoinedSteps } from "../steps.js";

/** Into how many steps each is split. */
export interface SplitStepsOptions {
  parts: number;
}

/**
 * Steps that become several, one after the other: x (time, batch, parts · n) → (parts · time, batch, n), such as the
 * frames of a recording that came several to a step. The batch must be of a fixed size.
 *
 * @throws ShapeError when what a step holds cannot be split into so many.
 */
export const splitSteps = /* @__PURE__ */ defineOp("splitSteps", {
  inputs: ["x"],
  shape([x], { parts }: SplitStepsOptions): Shape {
    const { time, batch, width } = joinedOf(x.shape, parts);
    if (!Number.isInteger(width) || !(parts >= 2)) {
      const message = `splitSteps: the last axis of ${format(x.shape)} cannot be split into ${parts}`;
      throw new ShapeError(message, "splitSteps", `a multiple of ${parts}, at least 2`, format(x.shape.slice(-1)));
    }
    return [typeof time === "number" ? time * parts : multiple(time, parts), batch, width];
  },
  forward({ emit, attributes: { parts } }, y, [x]) {
    const steps = joinedOf(x.shape, parts);
    for (const { split, joined } of partsOfSteps(steps))
      emit(Opcode.copyBlocks, { writes: [y], reads: [x], sizes: placed(split, joined, steps) });
  },
  backward({ emit, attributes: { parts } }, { dy }, [dx]) {
    const steps = joinedOf(dx.shape, parts);
    for (const { split, joined } of partsOfSteps(steps)) {
      const operands: Operands = { adds: [dx], reads: [dy], sizes: placed(joined, split, steps) };
      emit(Opcode.addBlocks, operands);
    }
  },
});

function joinedOf(shape: Shape, parts: number): JoinedSteps {
  expectRank("splitSteps", "x", shape, 3);
  const [batch, whole] = [fixedAxis("splitSteps", shape, 1), fixedAxis("splitSteps", shape, 2)];
  return { time: shape[0]!, batch, width: whole / parts, parts };
}
