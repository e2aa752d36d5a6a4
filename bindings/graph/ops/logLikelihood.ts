import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOp } from "../op.js";
import { expectRank, expectShape, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/** Floor of a log-likelihood. */
export interface LogLikelihoodOptions {
  /** Probabilities below count as this. Default: 1e-8. */
  epsilon?: number;
}

/**
 * Log-likelihood of values under distributions, in nats: x (batch, cells, values), targets (batch, cells), mask
 * (batch, cells) → (batch), the sum over cells, weighted by the mask. A target that is no value has probability 0.
 * Targets and mask have no gradient, and probabilities below epsilon give none.
 */
export const logLikelihood = /* @__PURE__ */ defineOp("logLikelihood", {
  inputs: ["x", "targets", "mask"],
  shape([x, targets, mask], _: LogLikelihoodOptions | undefined) {
    expectRank("logLikelihood", "x", x.shape, 3);
    expectShape("logLikelihood", "targets", targets.shape, x.shape.slice(0, 2));
    expectShape("logLikelihood", "mask", mask.shape, x.shape.slice(0, 2));
    return x.shape.slice(0, 1);
  },
  forward({ emit, attributes }, y, inputs) {
    const scalars = [attributes?.epsilon ?? EPSILON];
    emit(Opcode.logLikelihoodForward, { writes: [y], reads: inputs, sizes: sizesOf(inputs[0].shape), scalars });
  },
  backward({ emit, attributes }, { x, dy }, [dx]) {
    const scalars = [attributes?.epsilon ?? EPSILON];
    emit(Opcode.logLikelihoodBackward, { adds: [dx], reads: [dy, ...x], sizes: sizesOf(x[0].shape), scalars });
  },
});

const EPSILON = 1e-8;

/** Cells, values, batch. */
const sizesOf = ([batch, cells, values]: Shape): Size[] => [cells, values, batch].map((axis) => product([axis!]));
