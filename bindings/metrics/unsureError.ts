import { excerpt, shown } from "../common/shown.js";
import { confidenceOf, type Calibration } from "./calibration.js";

/** What is known of an answer that is not given. */
export interface Guess {
  readonly answer: string;
  /** How often an answer of its probability is right, from 0 to 1. */
  readonly confidence: number;
}

/** A source is not answered: the message names it, and says what was not understood. */
export class UnsureError extends Error {
  override readonly name = "UnsureError";

  constructor(
    readonly source: string,
    /** What was not understood of it. */
    readonly reason: string,
    /** What the answer would have been, if there is one. */
    readonly guess?: Guess,
  ) {
    super(`Cannot answer ${shown(source)}: ${excerpt(reason)}`);
  }
}

/** An answer as a model gives it. */
export interface Scored {
  readonly source: string;
  readonly answer: string;
  /** Natural logarithm of its probability. */
  readonly score: number;
}

/**
 * How often an answer of this score is right, if that is often enough: as often as the calibration's threshold wants,
 * or in `least` of all cases.
 *
 * @throws UnsureError when it is not.
 * @example
 * const [{ symbols, score }] = model.run(engine, [source]);
 * const confidence = expectSure(calibration, { source, answer: symbols.join(""), score });
 */
export function expectSure(
  calibration: Calibration,
  { source, answer, score }: Scored,
  { least }: { least?: number } = {},
): number {
  const confidence = confidenceOf(calibration, score);
  const { threshold, precision } = calibration;
  const isSure = least === undefined ? threshold !== null && score >= threshold : confidence >= least;
  if (isSure) return confidence;
  const wanted = percent(least ?? precision);
  const reason =
    confidence < (least ?? precision)
      ? `its likeliest reading is ${shown(answer)}, which is right in ${percent(confidence)} of such cases, and must be in ${wanted}`
      : `its likeliest reading is ${shown(answer)}, and such readings are not right often enough for ${wanted} of all answers`;
  throw new UnsureError(source, reason, { answer, confidence });
}

/** As many digits as tell it from all and from none. */
const percent = (part: number): string => `${+(100 * part).toFixed(part > 0.99 || part < 0.01 ? 2 : 0)}%`;
