import { calibrationOf } from "./calibrating.js";
import type { Held } from "./held.js";
import { learnedOf } from "./learnedRunning.js";
import { count, percent } from "./numbers.js";

/** Names in the metadata of what is said in words. */
const IN_WORDS = ["calibration", "calibrationOfKinds", "learned", "learning"];

/** Facts that a page states about a file: what it says of the model, in words where it is not made for people. */
export function factsOf(held: Held): Record<string, string> {
  const { file, metadata } = held;
  const learned = learnedOf(held);
  const calibration = calibrationOf(held);
  const others = Object.entries(metadata).filter(([name]) => !IN_WORDS.includes(name));
  return {
    file,
    ...(learned && { reads: `${learned.sides.source}, ${count(learned.sides.longest)} at most` }),
    ...(learned && { writes: learned.sides.target }),
    ...(learned?.report && {
      "exactly right": `${percent(learned.report.exact)} of ${count(learned.report.sources.test)} that it has not seen`,
    }),
    ...(calibration && {
      calibration:
        calibration.threshold === null
          ? `${percent(calibration.precision)} are right at no threshold`
          : `${percent(calibration.coverage)} are answered so that ${percent(calibration.precision)} are right`,
    }),
    ...Object.fromEntries(others),
  };
}
