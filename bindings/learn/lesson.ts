import type { Pair } from "../tasks/pairs.js";
import type { LearnOptions } from "./options.js";
import { symbolsOf, type Reading, type Sides } from "./reading.js";
import { readingOf } from "./sides.js";
import { closedRuns } from "./runs.js";
import { examplesOf, splitExamples, type Example, type Split, type TextPair } from "./splitting.js";

/** All that is decided about pairs before they are learned. */
export interface Lesson {
  readonly split: Split;
  readonly sides: Sides;
  /** A pair for each target of a training source, as symbols. */
  readonly pairs: readonly Pair[];
  /** In the order of their code units. */
  readonly sourceSymbols: readonly string[];
  readonly targetSymbols: readonly string[];
}

/** Sources below which there is nothing to hold out. */
const FEWEST = 20;
/** How often a word of a source must be seen; rarer ones are read as unknown ones, which are seen in this way. */
const LEAST_WORDS = 2;

/**
 * Splits pairs, and decides how they are read.
 * @throws RangeError when there are too few sources, or none has a target.
 */
export function lessonOf(pairs: readonly TextPair[], seed: number, options: LearnOptions): Lesson {
  const examples = examplesOf(pairs);
  const heldOut = options.heldOut && examplesOf(options.heldOut);
  const split = splitExamples(examples, seed, heldOut);
  if (examples.length < FEWEST) {
    const wanted = `at least ${FEWEST}: some are held out to tell how well they are learned`;
    throw new RangeError(`learn: there are ${examples.length} different sources to learn from, and must be ${wanted}`);
  }
  if (!split.training.length || !split.development.length)
    throw new RangeError("learn: every source is held out, and some must be left to learn from");
  const { training } = split;
  const texts = training.flatMap(({ source, targets }) => targets.map((target) => [source, target] as const));
  const source = options.source ?? readingOf(texts.map(([text]) => text));
  const target = options.target ?? readingOf(texts.map(([, text]) => text));
  const read = texts.map(([from, to]): Pair => [symbolsOf(source, from), symbolsOf(target, to)]);
  const longest = (side: 0 | 1): number => read.reduce((most, pair) => Math.max(most, pair[side].length), 0);
  const targetSymbols = vocabulary(read, 1, 1);
  if (!targetSymbols.length) throw new RangeError("learn: every target is empty, and some must not be");
  const symbols = (examples: readonly Example[]): string[][] => examples.map((each) => symbolsOf(source, each.source));
  const runs = closedRuns(symbols(training), symbols(split.development));
  return {
    split,
    sides: { source, target, longest: longest(0), limit: limitFor(longest(1)), ...(runs && { runs }) },
    pairs: read,
    sourceSymbols: sourceVocabulary(read, source),
    targetSymbols,
  };
}

/** Most symbols of an answer: a little more than the longest target has, so that what runs on is seen to. */
const limitFor = (longest: number): number => longest + Math.ceil(longest / 8) + 2;

function sourceVocabulary(pairs: readonly Pair[], reading: Reading): string[] {
  const frequent = vocabulary(pairs, 0, reading === "words" ? LEAST_WORDS : 1);
  return frequent.length ? frequent : vocabulary(pairs, 0, 1);
}

/** Symbols of a side that are seen so often. */
function vocabulary(pairs: readonly Pair[], side: 0 | 1, least: number): string[] {
  const counts = new Map<string, number>();
  for (const pair of pairs) for (const symbol of pair[side]) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  const frequent = [...counts].filter(([, count]) => count >= least).map(([symbol]) => symbol);
  return frequent.sort((a, b) => (a < b ? -1 : 1));
}
