import { between, checkOptions, orNull } from "../common/options.js";
import { shown } from "../common/shown.js";
import { judged, type AnswerOptions, type TextAnswer } from "./judge.js";
import type { LearnedMetadata } from "./learnedMetadata.js";
import { subwordsFor, symbolsOf } from "./reading.js";

/** The likeliest symbols to a source, whatever model says them. */
export interface Likeliest {
  readonly symbols: readonly string[];
  /** Natural logarithm of the probability of all of them. */
  readonly score: number;
  /** Whether they came to their end before the limit. */
  readonly ended: boolean;
}

/** A model as far as answering depends on it. */
export interface Speaker {
  /** Name of the method, for messages. */
  readonly owner: string;
  /** What it reads, in the order of its vocabulary. */
  readonly vocabulary: readonly string[];
  knows(symbol: string): boolean;
  /** The likeliest symbols to sources that are not empty, at most so many each. */
  say(sources: readonly (readonly string[])[], limit: number): readonly Likeliest[];
}

/**
 * Answers to texts, or why there are none.
 * @throws TypeError, RangeError when a text is none, or an option is out of range.
 */
export function answersOf(
  { owner, vocabulary, knows, say }: Speaker,
  { sides, calibration }: LearnedMetadata,
  texts: readonly string[],
  options: AnswerOptions,
): TextAnswer[] {
  const { least } = checkOptions(owner, options, { least: [null, orNull(between(0, 1))] });
  expectTexts(owner, texts);
  const subwords = subwordsFor(sides.source, vocabulary);
  const sources = texts.map((text) => symbolsOf(sides.source, text, subwords));
  // What is longer than all that was learned is refused, and costs nothing.
  const asked = sources.flatMap(({ length }, i) => (length && length <= sides.longest ? [i] : []));
  const said = asked.length
    ? say(
        asked.map((i) => sources[i]!),
        sides.limit,
      )
    : [];
  const saidTo = new Map(asked.map((i, place) => [i, said[place]!]));
  return texts.map((source, i) => {
    const symbols = sources[i]!;
    const unknown = [...new Set(symbols.filter((symbol) => !knows(symbol)))];
    const { symbols: answer, ...rest } = saidTo.get(i) ?? { symbols: [], score: 0, ended: true };
    const likeliest = { source, symbols, unknown, said: answer, ...rest };
    return judged(sides, calibration, likeliest, least === null ? {} : { least: least as number });
  });
}

function expectTexts(owner: string, texts: unknown): void {
  if (!Array.isArray(texts)) throw new TypeError(`${owner}: the texts are ${shown(texts)}, and must be an array`);
  (texts as readonly unknown[]).forEach((text, i) => {
    if (typeof text !== "string") throw new TypeError(`${owner}: text ${i} is ${shown(text)}, and must be a string`);
  });
}
