import { shown } from "../../common/shown.js";

/** A question about a story. */
export interface BabiQuestion {
  /** Sentences told before the question, oldest first, as words in lower case without full stop. */
  readonly story: readonly (readonly string[])[];
  readonly question: readonly string[];
  /** One word; several answers are joined by commas, as in "apple,milk". */
  readonly answer: string;
  /** Indices of sentences in `story` that answer it, 0 the oldest; in the order in which they are needed. */
  readonly support: readonly number[];
}

/**
 * The words of a sentence or question, in lower case. Blanks and the marks `.`, `,`, `?` and `!` stand between words and
 * are part of none; all else is. No words where there are only those.
 *
 * @throws TypeError unless the text is a string.
 * @example
 * wordsOf("John went to the hallway."); // ["john", "went", "to", "the", "hallway"]
 */
export function wordsOf(text: string): string[] {
  if (typeof text !== "string") throw new TypeError(`wordsOf: the text is ${shown(text)}, and must be a string`);
  return text
    .toLowerCase()
    .split(/[\s.,?!]+/u)
    .filter(Boolean);
}
