import { isObject } from "../checkpoint/json.js";
import { whole } from "../common/options.js";
import type { Calibration } from "../metrics/calibration.js";
import { calibrationIn, calibrationMetadata } from "../metrics/storedCalibration.js";
import { isReading, type Sides } from "./reading.js";
import { areRuns } from "./runs.js";
import type { LearningReport } from "./report.js";

/** Name in a file's metadata. */
const NAME = "learned";

/** What a file says of a model of pairs beside its options: how it reads, what its probabilities are worth, the report. */
export interface LearnedMetadata {
  readonly sides: Sides;
  /** Absent where no development pair had an answer. */
  readonly calibration?: Calibration | undefined;
  readonly report?: LearningReport | undefined;
}

/** Metadata of a file. */
export const learnedMetadata = ({ sides, calibration, report }: LearnedMetadata): Record<string, string> => ({
  [NAME]: JSON.stringify({ ...sides, ...(report && { report }) }),
  ...(calibration && calibrationMetadata(calibration)),
});

/**
 * What the metadata of a file say, or undefined where `learn` has not made it.
 * @throws RangeError when they are damaged.
 */
export function learnedIn(metadata: Readonly<Record<string, string>> = {}): LearnedMetadata | undefined {
  const text = Object.hasOwn(metadata, NAME) ? metadata[NAME]! : undefined;
  if (text === undefined) return undefined;
  let cause: unknown;
  try {
    const read: unknown = JSON.parse(text);
    if (isObject(read)) {
      const { source, target, longest, limit, runs, report } = read;
      const isRight = runs === undefined || areRuns(runs);
      if (!isReading(source) && !isReading(target) && !whole(1)(longest) && !whole(1)(limit) && isRight) {
        const sides = { source, target, longest, limit, ...(runs && { runs }) } as Sides;
        const calibration = calibrationIn(metadata);
        return { sides, calibration, report: report as LearningReport | undefined };
      }
    }
  } catch (error) {
    cause = error;
  }
  throw new RangeError("What the metadata say of the pairs that were learned is damaged", { cause });
}
