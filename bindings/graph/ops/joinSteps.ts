import { Opcode } from "../../../assembly/generated/opcodes.js";
import { multiple } from "../multiple.js";
import { defineOp, type Operands } from "../op.js";
import { expectRank, fixedAxis, format, ShapeError, type Shape } from "../shape.js";
import { partsOfSteps, placed, type JoinedSteps } from "../steps.js";

/** How many steps become one. */
export interface JoinStepsOptions {
  parts: number;
}

/**
 * Several steps that become one: x (parts · time, batch, n) → (time, batch, parts · n), as each layer of a pyramid reads
 * the one below. Chan et al. 2015, arXiv:1508.01211, (5). The batch must be of a fixed size.
 *
 * @throws ShapeError when the time is not known to be a multiple of so many.
 */
export const joinSteps = /* @__PURE__ */ defineOp("joinSteps", {
  inputs: ["x"],
  shape([x], { parts }: JoinStepsOptions): Shape {
    const { time, batch, width } = joinedOf(x.shape, parts);
    return [time, batch, parts * width];
  },
  forward({ emit, attributes: { parts } }, y, [x]) {
    const steps = joinedOf(x.shape, parts);
    for (const { split, joined } of partsOfSteps(steps))
      emit(Opcode.copyBlocks, { writes: [y], reads: [x], sizes: placed(joined, split, steps) });
  },
  backward({ emit, attributes: { parts } }, { dy }, [dx]) {
    const steps = joinedOf(dx.shape, parts);
    for (const { split, joined } of partsOfSteps(steps)) {
      const operands: Operands = { adds: [dx], reads: [dy], sizes: placed(split, joined, steps) };
      emit(Opcode.addBlocks, operands);
    }
  },
});

function joinedOf(shape: Shape, parts: number): JoinedSteps {
  expectRank("joinSteps", "x", shape, 3);
  const [batch, width] = [fixedAxis("joinSteps", shape, 1), fixedAxis("joinSteps", shape, 2)];
  const [axis] = shape as [Shape[number]];
  const [factor, of] = typeof axis === "number" ? [axis, undefined] : [axis.factor, axis.dimensions[0]];
  const joined = factor / parts;
  if (!Number.isInteger(joined) || !(parts >= 2)) {
    const message = `joinSteps: the time of ${format(shape)} is not known to be a multiple of ${parts}`;
    throw new ShapeError(message, "joinSteps", `a multiple of ${parts}, at least 2`, String(axis));
  }
  return { time: of ? multiple(of, joined) : joined, batch, width, parts };
}
