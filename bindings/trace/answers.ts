import { argmaxOf } from "../common/argmax.js";
import type { Values } from "../runtime/sequences.js";
import type { Answers } from "./probabilities.js";

/** A cell of a picture over time. */
export type Cell = readonly [step: number, row: number];

/** What was wanted, and what of it went wrong. */
export interface Judgement {
  /** (time, outputSize): bits and numbers as they are, classes as a 1 in a group of zeros. */
  readonly targets: Values;
  /** Outputs that are wrong where an answer is due. */
  readonly wrong: readonly Cell[];
  /** Answers that are due: bits, numbers, or classes. */
  readonly due: number;
}

/** A number is right within this part of it, or, of a small one, this much. */
const TOLERANCE = 1e-3;

/**
 * Holds logits against targets. A bit is wrong as a task counts it: a logit above 0 says 1, and so does a target above
 * ½. A class is wrong when another one has the highest logit, a number when it is off by more than a thousandth.
 */
export function judge(logits: Values, targets: Values, mask: ArrayLike<number>, answers: Answers): Judgement {
  const [steps, size] = logits.shape as [number, number];
  const classes = typeof answers === "string" ? 1 : answers.classes;
  const groups = size / classes;
  const wanted = new Float32Array(steps * size);
  const wrong: Cell[] = [];
  let due = 0;
  for (let step = 0; step < steps; ++step) {
    if (!mask[step]) continue;
    for (let group = 0; group < groups; ++group) {
      const target = targets.data[step * groups + group]!;
      const first = step * size + group * classes;
      ++due;
      if (typeof answers === "string") {
        wanted[first] = target;
        const logit = logits.data[first]!;
        const isRight =
          answers === "bits"
            ? logit > 0 === target > 0.5
            : Math.abs(logit - target) <= TOLERANCE * Math.max(1, Math.abs(target));
        if (!isRight) wrong.push([step, group]);
        continue;
      }
      wanted[first + target] = 1;
      const answer = argmaxOf(logits.data.subarray(first, first + classes));
      if (answer !== target) wrong.push([step, group * classes + answer]);
    }
  }
  return { targets: { data: wanted, shape: [steps, size] }, wrong, due };
}
