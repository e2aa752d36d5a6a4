import type { Check } from "../common/options.js";
import { oneOf } from "../common/options.js";
import type { Runs } from "./runs.js";

/**
 * What one side of pairs of texts is made of:
 * - "characters": code points, blanks among them.
 * - "words": words and punctuation marks, each with the blank in front of it.
 * - "symbols": whatever stands between blanks, such as phonemes.
 */
export type Reading = "characters" | "words" | "symbols";

export const isReading: Check<Reading> = /* @__PURE__ */ oneOf("characters", "words", "symbols");

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
 */
export function symbolsOf(reading: Reading, text: string): string[] {
  const trimmed = text.normalize("NFC").trim();
  if (reading === "characters") return [...trimmed];
  if (reading === "symbols") return trimmed.split(/\s+/).filter(Boolean);
  return Array.from(trimmed.matchAll(WORD), ([, blank, word], i) => (blank || !i ? ` ${word}` : word!));
}

/** What is between symbols of a text. */
export const separatorOf = (reading: Reading): string => (reading === "symbols" ? " " : "");

/** The text that symbols stand for. */
export const textOf = (reading: Reading, symbols: readonly string[]): string =>
  symbols.join(separatorOf(reading)).trim();
