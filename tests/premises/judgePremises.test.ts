import { suite } from "uvu";
import * as assert from "uvu/assert";
import { judgePremises } from "../../reproduce/premises/judgePremises.js";
import { array } from "../support/array.js";
import { close } from "../support/close.js";

const near = (actual: readonly number[], expected: readonly number[]): void =>
  close(array([actual.length], actual), array([expected.length], expected), { rtol: 1e-12, atol: 1e-14 });

const judged = suite("measures of premise selection");

judged("are those counted by hand", () => {
  const measured = judgePremises(
    [
      // In order: needed, unneeded, needed, unneeded; the median is 0.5.
      { needed: [0.9, 0.4], unneeded: [0.6, 0.1] },
      // Unneeded, needed.
      { needed: [0.3], unneeded: [0.7] },
    ],
    0.5,
  );
  // Right: 0.9 and 0.1, neither of the second problem.
  assert.is(measured.accuracy, 2 / 6);
  assert.is(measured.withinProblem, 2 / 6);
  // Of 3 · 3 pairs: 0.9 above all 3, 0.4 above 0.1, 0.3 above 0.1.
  assert.is(measured.areaUnderCurve, 5 / 9);
  assert.is(measured.recall[1], (1 / 2 + 0) / 2);
  assert.is(measured.recall[2], (1 / 2 + 1) / 2);
  assert.is(measured.recall[4], 1);
  assert.is(measured.meanReciprocalRank, (1 + 1 / 2) / 2);
  assert.is(measured.facts, 6);
  assert.is(measured.problems, 2);
});

judged("a score that says nothing is right about what is unneeded, has half of the area, and the worst ranks", () => {
  const measured = judgePremises([{ needed: [0, 0], unneeded: [0, 0, 0] }], 0);
  assert.is(measured.accuracy, 3 / 5);
  assert.is(measured.areaUnderCurve, 1 / 2);
  assert.is(measured.meanReciprocalRank, 1 / 4);
  assert.is(measured.recall[4], 1 / 2);
});

judged("a score above all others of its problem counts within it, whatever the threshold", () => {
  const measured = judgePremises([{ needed: [0.4, 0.3], unneeded: [0.2, 0.1] }], 0.5);
  assert.is(measured.accuracy, 1 / 2);
  assert.is(measured.withinProblem, 1);
});

judged("of an odd number of facts the one in the middle is not needed", () => {
  assert.is(judgePremises([{ needed: [3], unneeded: [2, 1] }], 0).withinProblem, 1);
  assert.is(judgePremises([{ needed: [3, 2], unneeded: [1] }], 0).withinProblem, 2 / 3);
});

judged("a problem without a needed fact counts for accuracy and area alone", () => {
  const measured = judgePremises(
    [
      { needed: [0.9], unneeded: [0.1] },
      { needed: [], unneeded: [0.95] },
    ],
    0.5,
  );
  near([measured.accuracy, measured.areaUnderCurve, measured.meanReciprocalRank], [2 / 3, 1 / 2, 1]);
});

judged.run();
