import { editDistance } from "./editDistance.js";

/** How wrong a list of answers is. */
export interface ErrorRates {
  /** Edits to the nearest reference, over the symbols of these: the phoneme error rate of pronunciations. */
  readonly symbolErrorRate: number;
  /** The part of the answers that are none of their references: the word error rate of pronunciations. */
  readonly sequenceErrorRate: number;
}

/**
 * Error rates of answers, each against all that would be right, of which the one with fewest edits counts, and of equals
 * the longest. Yao & Zweig 2015, arXiv:1506.00196, 5.1.
 *
 * @throws RangeError unless there are as many answers as lists of references, none of these lists is empty, and there is
 * an answer.
 * @example
 * const { symbolErrorRate } = errorRates([["K", "AE", "B"]], [[["K", "AE", "B"], ["K", "AH", "B"]]]);
 */
export function errorRates(
  answers: readonly (readonly string[])[],
  references: readonly (readonly (readonly string[])[])[],
): ErrorRates {
  if (!answers.length || answers.length !== references.length || references.some(({ length }) => !length)) {
    throw new RangeError("errorRates: there must be an answer, and one or more references for each");
  }
  let [edits, symbols, wrong] = [0, 0, 0];
  answers.forEach((answer, i) => {
    const nearest = references[i]!
      .map((reference) => ({ edits: editDistance(answer, reference), length: reference.length }))
      .reduce((a, b) => (b.edits < a.edits || (b.edits === a.edits && b.length > a.length) ? b : a));
    edits += nearest.edits;
    symbols += nearest.length;
    wrong += Number(nearest.edits > 0);
  });
  return { symbolErrorRate: edits / symbols, sequenceErrorRate: wrong / answers.length };
}
