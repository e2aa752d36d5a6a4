import { calibrate, type Calibration, type Judged } from "../../../metrics/calibration.js";
import { calibrationIn, calibrationMetadata } from "../../../metrics/storedCalibration.js";
import { questionKindOf } from "./questionKindOf.js";

/** How often answers about stories are right, by their probability: of all questions, and of each kind by itself. */
export interface StoryCalibration {
  readonly all: Calibration;
  /** By the patterns of the kinds of questions. */
  readonly kinds: Readonly<Record<string, Calibration>>;
}

/** An answer to a question, in words. */
export interface JudgedStory extends Judged {
  readonly question: readonly string[];
}

/** Name in a file's metadata, beside that of the calibration of all. */
const NAME = "calibrationOfKinds";

/** Calibrations of all answers, and of those to each kind of question: a network counts worse than it finds people. */
export function calibrateStories(
  answers: readonly JudgedStory[],
  options: { readonly precision?: number } = {},
): StoryCalibration {
  const byKind = new Map<string, JudgedStory[]>();
  for (const answer of answers) {
    const pattern = questionKindOf(answer.question)?.kind.pattern;
    if (pattern !== undefined) byKind.set(pattern, [...(byKind.get(pattern) ?? []), answer]);
  }
  return {
    all: calibrate(answers, options),
    kinds: Object.fromEntries([...byKind].map(([pattern, some]) => [pattern, calibrate(some, options)])),
  };
}

/** A calibration as metadata of a file, beside others. */
export const storyCalibrationMetadata = ({ all, kinds }: StoryCalibration): Readonly<Record<string, string>> => ({
  ...calibrationMetadata(all),
  [NAME]: JSON.stringify(kinds),
});

/**
 * The calibration that a file's metadata hold, or undefined.
 *
 * @throws RangeError when there is one that is damaged.
 * @example
 * const { model, metadata } = loadCheckpoint(bytes, { models });
 * const calibration = storyCalibrationIn(metadata);
 */
export function storyCalibrationIn(metadata: Readonly<Record<string, string>> = {}): StoryCalibration | undefined {
  const all = calibrationIn(metadata);
  if (!all) return undefined;
  const text = Object.hasOwn(metadata, NAME) ? metadata[NAME] : undefined;
  let kinds: unknown;
  try {
    kinds = JSON.parse(text ?? "{}");
  } catch {
    kinds = undefined;
  }
  if (typeof kinds !== "object" || kinds === null) {
    throw new RangeError(
      "The calibration of kinds of questions in the metadata is damaged: make it again, or leave it out",
    );
  }
  const read = Object.entries(kinds).map(
    ([pattern, kind]) => [pattern, calibrationIn({ calibration: JSON.stringify(kind) })!] as const,
  );
  return { all, kinds: Object.fromEntries(read) };
}
