import { symbolsOf, type Reading } from "./reading.js";

/** Texts that are looked at. */
const SAMPLE = 20_000;

/**
 * What texts look as if they were made of:
 * - a few texts that come again and again, such as languages or kinds, are symbols, each of one;
 * - texts with blanks whose parts are a closed list, such as phonemes or number words, are symbols;
 * - prose is words: several letters-only words a text, most of which come again;
 * - anything else is characters.
 *
 * Whether parts are a closed list is told by those that are seen once: the probability that the next part is a new one is
 * about their share of all parts. Good 1953, "The population frequencies of species".
 */
export function readingOf(texts: readonly string[]): Reading {
  const sample = evenly(
    texts.filter((text) => text.trim()),
    SAMPLE,
  );
  if (!sample.length) return "characters";
  const parts = countsOf(sample.map((text) => symbolsOf("symbols", text)));
  const partsOfText = parts.total / sample.length;
  // Labels: whole texts of a short list. Single characters read alike either way.
  const labels = countsOf(sample.map((text) => [text.trim()]));
  const isLabelled = labels.distinct <= MOST_LABELS && labels.total >= TIMES_EACH * labels.distinct;
  if (isLabelled && partsOfText < 1.05) return "symbols";
  if (partsOfText < 1.5) return "characters";
  const isClosed = parts.unseen < CLOSED && parts.total >= TIMES_EACH * parts.distinct;
  if (isClosed && !isPunctuated(sample)) return "symbols";
  const words = countsOf(sample.map((text) => symbolsOf("words", text).filter((word) => /[\p{L}\p{N}]/u.test(word))));
  const isProse = words.total >= 3 * sample.length && words.unseen < OPEN && words.letters > 0.9 * words.total;
  return isProse ? "words" : "characters";
}

/** The most labels of a list that texts are taken from. */
const MOST_LABELS = 100;
/** How often each part of a closed list is seen, in the mean. */
const TIMES_EACH = 8;
/** Of parts, how likely the next is new: below this the list is closed. */
const CLOSED = 0.002;
/** The same of words: below this there is enough text to learn words from. */
const OPEN = 0.1;

/** Whether texts have the marks of sentences, which are symbols by themselves. */
function isPunctuated(texts: readonly string[]): boolean {
  const marked = texts.filter((text) => /\p{L}[.,;:!?…]+(?=\s|$)/u.test(text));
  return marked.length > MARKED * texts.length;
}

/** The part of the texts that must have marks. */
const MARKED = 0.1;

interface Counts {
  readonly total: number;
  readonly distinct: number;
  /** How likely the next part is a new one: Good's estimate. */
  readonly unseen: number;
  /** Parts of letters alone. */
  readonly letters: number;
}

function countsOf(texts: readonly (readonly string[])[]): Counts {
  const counts = new Map<string, number>();
  for (const parts of texts) for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  let [total, once, letters] = [0, 0, 0];
  for (const [part, count] of counts) {
    total += count;
    if (count === 1) ++once;
    if (/^\s?[\p{L}\p{M}'’]+$/u.test(part)) letters += count;
  }
  return { total, distinct: counts.size, unseen: total ? once / total : 1, letters };
}

/** At most so many of a list, evenly from all of it. */
export function evenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]!);
}
