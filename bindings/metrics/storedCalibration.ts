import type { Calibration } from "./calibration.js";

/** Name of a calibration in a file's metadata. */
const NAME = "calibration";

/** A calibration as metadata of a file, beside others. */
export const calibrationMetadata = (calibration: Calibration): Readonly<Record<string, string>> => ({
  [NAME]: JSON.stringify(calibration),
});

/**
 * The calibration that a file's metadata hold, or undefined.
 * @throws RangeError when there is one that is damaged.
 * @example
 * const { model, metadata } = loadCheckpoint(bytes, { models });
 * const calibration = calibrationIn(metadata);
 */
export function calibrationIn(metadata: Readonly<Record<string, string>> = {}): Calibration | undefined {
  const text = Object.hasOwn(metadata, NAME) ? metadata[NAME] : undefined;
  if (text === undefined) return undefined;
  let cause: unknown;
  try {
    const read: unknown = JSON.parse(text);
    if (isCalibration(read)) return read;
  } catch (error) {
    cause = error;
  }
  throw new RangeError("The calibration in the metadata is damaged: make it again, or leave it out", { cause });
}

function isCalibration(read: unknown): read is Calibration {
  const isPart = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 1;
  const { points, precision, threshold, coverage, error, answers } = (read ?? {}) as Partial<
    Record<keyof Calibration, unknown>
  >;
  return (
    [precision, coverage, error].every(isPart) &&
    (threshold === null || Number.isFinite(threshold)) &&
    Number.isSafeInteger(answers) &&
    Array.isArray(points) &&
    points.length > 0 &&
    (points as readonly unknown[]).every((point, i) => {
      if (!Array.isArray(point) || point.length !== 2) return false;
      const [score, confidence] = point as [number, number];
      const [before, below] = i ? (points[i - 1] as [number, number]) : [-Infinity, 0];
      return Number.isFinite(score) && score >= before && isPart(confidence) && confidence >= below;
    })
  );
}
