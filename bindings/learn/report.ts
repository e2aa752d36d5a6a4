import { acceptance, confidenceOf, type Calibration } from "../metrics/calibration.js";
import type { Answered } from "./answers.js";

/** What is accepted where a part of the accepted answers is to be right. */
export interface Coverage {
  /** The part of the accepted answers that was to be right. */
  readonly precision: number;
  /** Of the test's sources with a target, the part that is answered: it has the score that development pairs ask for. */
  readonly coverage: number;
  /** The part of all accepted answers that is right; null where there is none. */
  readonly right: number | null;
}

/** An answer that is wrong. */
export interface Mistake {
  readonly source: string;
  /** Empty where the model refused. */
  readonly answer: string;
  /** Empty where it was to be refused. */
  readonly targets: readonly string[];
  /** How often an answer of its probability is right. */
  readonly confidence: number;
}

/** What a model of pairs has learned, on sources that nothing has seen but this report. Plain JSON. */
export interface LearningReport {
  /** Sources that training learned from, that stopped and calibrated it, and that this report is of. */
  readonly sources: { readonly training: number; readonly development: number; readonly test: number };
  /** Steps of training, and the one that was best on the development pairs. */
  readonly steps: number;
  readonly bestStep: number;
  /** Whether training came to its end, and was not stopped. */
  readonly isComplete: boolean;
  /** The part of the test's answers that is exactly right; refusals are, of sources without a target. */
  readonly exact: number;
  /** Edits to the nearest target, over the symbols of these. */
  readonly errorRate: number;
  /** At 90, 95 and 99%. */
  readonly coverage: readonly Coverage[];
  /** Of sources to be refused: how many there are in the test, and how many the model answers all the same. */
  readonly refusals: { readonly wanted: number; readonly answered: number };
  /** Sources of the test with symbols that training has not seen, which are refused. */
  readonly unknown: number;
  /** The wrong answers that the model is surest of. */
  readonly mistakes: readonly Mistake[];
}

/** Mistakes in a report. */
const MOST_MISTAKES = 10;

/** Precisions that a report tells the coverage of. */
const PRECISIONS = [0.9, 0.95, 0.99];

/** Answers that may be given: not refused by the model itself, brought to their end, and of nothing unknown. */
export const isGiven = ({ answer, ended, unknown }: Pick<Answered, "answer" | "ended" | "unknown">): boolean =>
  answer !== "" && ended && !unknown.length;

/** Measures of answers to a test, as far as they do not depend on how it was trained. */
export function measured(
  test: readonly Answered[],
  development: readonly Answered[],
  calibration: Calibration | undefined,
): Pick<LearningReport, "exact" | "errorRate" | "coverage" | "refusals" | "unknown" | "mistakes"> {
  const count = test.length;
  const judged = development.filter(isGiven);
  const given = test.filter(isGiven);
  const part = (few: number, many: number): number => (many ? few / many : 0);
  const isRefusal = ({ example }: Answered): boolean => example.targets.includes("");
  const wanted = test.filter(isRefusal).length;
  const coverage = PRECISIONS.map((precision): Coverage => {
    const { threshold } = judged.length ? acceptance(judged, precision) : { threshold: null };
    const accepted = threshold === null ? [] : given.filter(({ score }) => score >= threshold);
    const right = accepted.filter(({ isRight }) => isRight).length;
    return {
      precision,
      coverage: part(accepted.filter((each) => !isRefusal(each)).length, count - wanted),
      right: accepted.length ? right / accepted.length : null,
    };
  });
  const wrong = test.filter(({ isRight }) => !isRight).sort((a, b) => b.score - a.score);
  return {
    exact: part(test.filter(({ isRight }) => isRight).length, count),
    errorRate: part(
      test.reduce((sum, { edits }) => sum + edits, 0),
      test.reduce((sum, { length }) => sum + length, 0),
    ),
    coverage,
    refusals: {
      wanted,
      answered: given.filter((each) => isRefusal(each) && !each.isRight).length,
    },
    unknown: test.filter(({ unknown }) => unknown.length).length,
    mistakes: wrong.slice(0, MOST_MISTAKES).map(({ example, answer, score }) => ({
      source: example.source,
      answer,
      targets: example.targets,
      confidence: calibration ? confidenceOf(calibration, score) : 0,
    })),
  };
}
