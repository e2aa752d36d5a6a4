import { shown } from "../../common/shown.js";

/** A recording of one channel. */
export interface Recording {
  /** From −1 to 1. */
  readonly samples: ArrayLike<number>;
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
}

/** A recording that cannot be listened to. */
export class RecordingError extends RangeError {
  override readonly name = "RecordingError";
}

/** The longest recording, in seconds: 3,000 frames. */
export const MOST_SECONDS = 30;

/**
 * The samples of a recording.
 *
 * @throws TypeError when it is none, RecordingError when it is empty, silent, too long, of another rate, or holds what
 * is no number from −1 to 1.
 */
export function samplesOf(owner: string, recording: unknown, what: string, rate: number): ArrayLike<number> {
  const { samples, sampleRate } = (recording ?? {}) as Partial<Recording>;
  const isList = Array.isArray(samples) || ArrayBuffer.isView(samples);
  if (!isList || typeof sampleRate !== "number")
    throw new TypeError(`${owner}: ${what} is ${shown(recording)}, and must be { samples, sampleRate }`);
  const list = samples as ArrayLike<number>;
  const fail = (message: string): never => {
    throw new RecordingError(`${owner}: ${what} ${message}`);
  };
  if (sampleRate !== rate)
    fail(`has ${sampleRate} samples a second, and must have ${rate}, as the model learned: resample it`);
  if (!list.length) fail("is empty: it has no samples");
  if (list.length > MOST_SECONDS * rate)
    fail(`lasts ${(list.length / rate).toFixed(1)} s, and must last at most ${MOST_SECONDS} s: cut it at a pause`);
  let peak = 0;
  for (let i = 0; i < list.length; ++i) {
    const size = Math.abs(list[i]!);
    if (!(size <= 1)) fail(`has the sample ${shown(list[i])} at ${i}, and samples must be from -1 to 1`);
    if (size > peak) peak = size;
  }
  if (!peak) fail("is silent: all of its samples are 0");
  return list;
}
