import { shown } from "../common/shown.js";
import type { Calibration } from "../metrics/calibration.js";
import { expectSure, UnsureError } from "../metrics/unsureError.js";
import { separatorOf, textOf, type Sides } from "./reading.js";
import { strangeRun } from "./runs.js";

/** What a model makes of a text: an answer and how often such answers are right, or why there is none. */
export type TextAnswer =
  | { readonly source: string; readonly answer: string; readonly confidence: number; readonly error?: undefined }
  | {
      readonly source: string;
      readonly error: UnsureError;
      readonly answer?: undefined;
      readonly confidence?: undefined;
    };

/** How sure a model must be. */
export interface AnswerOptions {
  /** The part of answers like it that must be right, from 0 to 1. Default: the calibration's threshold. */
  least?: number;
}

/** Symbols of a text, and those that a model says to it. */
export interface Said {
  readonly source: string;
  readonly symbols: readonly string[];
  /** Those of the source's symbols that the model does not know. */
  readonly unknown: readonly string[];
  readonly said: readonly string[];
  /** Natural logarithm of the probability of all of it. */
  readonly score: number;
  readonly ended: boolean;
}

/** An answer, if it can be relied on. */
export function judged(
  sides: Sides,
  calibration: Calibration | undefined,
  { source, symbols, unknown, said, score, ended }: Said,
  options: AnswerOptions,
): TextAnswer {
  const answer = textOf(sides.target, said);
  const refused = (reason: string): TextAnswer => {
    const error = new UnsureError(source, reason, answer ? { answer, confidence: 0 } : undefined);
    return { source, error };
  };
  if (!symbols.length) return { source, error: new UnsureError(source, "it is empty") };
  if (unknown.length) {
    const are = unknown.length > 1 ? "are" : "is";
    return refused(`${unknown.map(quoted).join(", ")} ${are} in none of the sources that were learned`);
  }
  if (symbols.length > sides.longest) {
    const lengths = `it has ${symbols.length} ${sides.source}, and those that were learned had ${sides.longest} at most`;
    return refused(lengths);
  }
  const strange = sides.runs && strangeRun(sides.runs, symbols, separatorOf(sides.source));
  if (strange !== undefined)
    return refused(`none of the sources that were learned has ${quoted(strange)} in this place`);
  if (!ended) return refused(`no answer came to its end within ${sides.limit} ${sides.target}`);
  if (!answer) return refused("it is like those that were to be refused");
  if (!calibration) return refused("nothing is known of how often answers are right");
  try {
    return { source, answer, confidence: expectSure(calibration, { source, answer, score }, options) };
  } catch (error) {
    if (error instanceof UnsureError) return { source, error };
    throw error;
  }
}

const quoted = (symbol: string): string => shown(symbol.trim() || symbol);
