import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfMany } from "../op.js";
import { expectRank, expectShape } from "../shape.js";
import { product } from "../size.js";

/** Ranking of beams. */
export interface BeamStepOptions {
  /** α: a beam's rank is its score / length^α. 0 ranks by score alone. */
  lengthPenalty: number;
}

/**
 * One step of beam search: logProbabilities (beams, classes) of how each beam may go on; the beams' scores, lengths and
 * whether they have ended, all (beams) → the same of the best beams that follow, the best first, and for each its
 * parent, the symbol it goes on with, and its rank. Class 0 ends a beam, and then its score stays. No derivative.
 */
export const beamStep = /* @__PURE__ */ defineOpOfMany("beamStep", {
  inputs: ["logProbabilities", "scores", "lengths", "ended"],
  outputs: ["scores", "lengths", "ended", "parents", "symbols", "ranks"],
  shapes([logProbabilities, scores, lengths, ended], _: BeamStepOptions) {
    expectRank("beamStep", "logProbabilities", logProbabilities.shape, 2);
    const shape = logProbabilities.shape.slice(0, 1);
    expectShape("beamStep", "scores", scores.shape, shape);
    expectShape("beamStep", "lengths", lengths.shape, shape);
    expectShape("beamStep", "ended", ended.shape, shape);
    return [shape, shape, shape, shape, shape, shape];
  },
  forward({ emit, attributes: { lengthPenalty } }, outputs, inputs) {
    const [beams, classes] = inputs[0].shape;
    const sizes = [product([classes!]), product([beams!])];
    emit(Opcode.beamStep, { writes: outputs, reads: inputs, sizes, scalars: [lengthPenalty] });
  },
});
