import { RARE } from "./pairs.js";

/** Words with spaces between, and none where English has none. */
export const sentenceOf = (words: readonly string[]): string =>
  words
    .map((word) => (word === RARE ? "…" : word))
    .join(" ")
    .replace(/ (?=[.,!?;:])/g, "")
    .replace(/(?<=\p{L}') (?=\p{L})/gu, "");

/** The same as somebody writes who begins sentences with a capital. */
export const written = (words: readonly string[]): string =>
  sentenceOf(words)
    .replace(/\bi\b/g, "I")
    .replace(/(^|[.!?] )(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
