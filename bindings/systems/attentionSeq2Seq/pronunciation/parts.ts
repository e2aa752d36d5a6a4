import { confidenceOf, type Calibration } from "../../../metrics/calibration.js";
import { UnsureError } from "../../../metrics/unsureError.js";

/** A part of a source: symbols that a model reads, or the symbols that they become without it. */
export type Part = { readonly symbols: readonly string[] } | { readonly said: readonly string[] };

/** Symbols that a model says to a part. */
export interface Spoken {
  readonly symbols: readonly string[];
  /** Natural logarithm of the probability. */
  readonly score: number;
}

/** What a part has become: by a model, or without it. */
export type Piece<S extends Spoken> = S | { readonly said: readonly string[] };

/** How sources become answers in parts. */
export interface InParts<S extends Spoken, Answer> {
  /** @throws UnsureError when some of a source cannot be read. */
  readonly partsOf: (source: string) => readonly Part[];
  /** What a model says to parts, none of which is empty. */
  readonly run: (parts: readonly (readonly string[])[]) => readonly S[];
  /** @throws UnsureError when what the parts have become may not be given. */
  readonly answer: (source: string, pieces: readonly Piece<S>[]) => Answer;
}

/** Answers to sources in their order, or why there is none. The model reads all of their parts in one call. */
export function answersInParts<S extends Spoken, Answer>(
  sources: readonly string[],
  { partsOf, run, answer }: InParts<S, Answer>,
): (Answer | UnsureError)[] {
  const taken = sources.map((source) =>
    unlessUnsure(() => {
      const parts = partsOf(source);
      if (parts.every((part) => ("said" in part ? part.said : part.symbols).length)) return parts;
      throw new UnsureError(source, "there is nothing in it to read");
    }),
  );
  const read = taken.flatMap((parts) => (parts instanceof UnsureError ? [] : parts.flatMap(symbolsOf)));
  const spoken = read.length ? run(read) : [];
  let next = 0;
  return taken.map((parts, i) => {
    if (parts instanceof UnsureError) return parts;
    const pieces = parts.map((part): Piece<S> => ("said" in part ? part : spoken[next++]!));
    return unlessUnsure(() => answer(sources[i]!, pieces));
  });
}

const symbolsOf = (part: Part): (readonly string[])[] => ("said" in part ? [] : [part.symbols]);

function unlessUnsure<T>(make: () => T): T | UnsureError {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnsureError) return error;
    throw error;
  }
}

/**
 * How often an answer is right whose parts a model said with these scores, from 0 to 1; null without a calibration.
 * @throws UnsureError when it is less than `least`, or not known where that is more than 0.
 */
export function confidenceInParts(
  { source, answer, scores }: { readonly source: string; readonly answer: string; readonly scores: readonly number[] },
  calibration: Calibration | undefined,
  least: number | undefined,
): number | null {
  if (!calibration) {
    if (!least || !scores.length) return null;
    throw new UnsureError(source, "nothing is known of how often answers are right", { answer, confidence: 0 });
  }
  const confidence = scores.reduce((product, score) => product * confidenceOf(calibration, score), 1);
  if (least === undefined || confidence >= least) return confidence;
  const percent = `${Math.floor(100 * confidence)}%`;
  const reason = `its likeliest answer, ${answer}, is right in ${percent} of such cases, and must be in ${100 * least}%`;
  throw new UnsureError(source, reason, { answer, confidence });
}
