import type { Check } from "../common/options.js";
import { oneOf } from "../common/options.js";
import { Subwords } from "../common/subwords.js";
import type { Runs } from "./runs.js";

/**
 * What one side of pairs of texts is made of:
 * - "characters": code points, blanks among them.
 * - "words": words and punctuation marks, each with the blank in front of it.
 * - "subwords": pieces of these, which are learned from the texts, so that a new word can be read and said.
 * - "symbols": whatever stands between blanks, such as phonemes.
 */
export type Reading = "characters" | "words" | "subwords" | "symbols";

export const isReading: Check<Reading> = /* @__PURE__ */ oneOf("characters", "words", "subwords", "symbols");

/** How the texts of both sides are read, and how long targets may be. */
export interface Sides {
  readonly source: Reading;
  readonly target: Reading;
  /** Symbols of the longest source that was learned from. */
  readonly longest: number;
  /** Most symbols of a target. */
  readonly limit: number;
  /** Runs of symbols that sources have, where those are a closed list. */
  readonly runs?: Runs | undefined;
}

/** A word with its apostrophes, a number with its separators, or any other mark; and whether a blank is in front of it. */
const WORD = /(\s*)([\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\p{N}+(?:[.,]\p{N}+)*|[^\s])/gu;

/**
 * The symbols of a text, which `textOf` makes a text of again: the same one but for blanks at its ends and, unless it is
 * read by characters, their number. Accents are composed: NFC.
 *
 * @throws TypeError when it is to be read by subwords, and there are none.
 */
export function symbolsOf(reading: Reading, text: string, subwords?: Subwords): string[] {
  const trimmed = text.normalize("NFC").trim();
  if (reading === "characters") return [...trimmed];
  if (reading === "symbols") return trimmed.split(/\s+/).filter(Boolean);
  const words = Array.from(trimmed.matchAll(WORD), ([, blank, word], i) => (blank || !i ? ` ${word}` : word!));
  if (reading === "words") return words;
  if (!subwords) throw new TypeError("symbolsOf: a text that is read by subwords needs them as its third argument");
  return words.flatMap((word) => subwords.of(word));
}

/** How texts of a side are read by a model with such a vocabulary. */
export const subwordsFor = (reading: Reading, vocabulary: readonly string[]): Subwords | undefined =>
  reading === "subwords" ? new Subwords(vocabulary) : undefined;

/** What is between symbols of a text. */
export const separatorOf = (reading: Reading): string => (reading === "symbols" ? " " : "");

/** The text that symbols stand for. */
export const textOf = (reading: Reading, symbols: readonly string[]): string =>
  symbols.join(separatorOf(reading)).trim();
