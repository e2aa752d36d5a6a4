import type { Pair } from "../tasks/pairs.js";
import type { LearnOptions } from "./options.js";
import { countsOf } from "../common/counts.js";
import { learnSubwords, Subwords } from "../common/subwords.js";
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
/** Pieces of words on a side that is read by them, at most. */
const PIECES = 2000;
/** How often neighbours are seen that are one piece. */
const LEAST_TOGETHER = 3;
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
  const [source, target] = [sideOf(texts, 0, options.source), sideOf(texts, 1, options.target)];
  const read = texts.map(([from, to]): Pair => [source.read(from), target.read(to)]);
  const longest = (side: 0 | 1): number => read.reduce((most, pair) => Math.max(most, pair[side].length), 0);
  const targetSymbols = target.subwords ?? vocabulary(read, 1, 1);
  if (!targetSymbols.length) throw new RangeError("learn: every target is empty, and some must not be");
  const symbols = (examples: readonly Example[]): string[][] => examples.map((each) => source.read(each.source));
  const runs = closedRuns(symbols(training), symbols(split.development));
  return {
    split,
    sides: {
      source: source.reading,
      target: target.reading,
      longest: longest(0),
      limit: limitFor(longest(1)),
      ...(runs && { runs }),
    },
    pairs: read,
    sourceSymbols: source.subwords ?? sourceVocabulary(read, source.reading),
    targetSymbols,
  };
}

/** How texts of a side are read. */
interface Side {
  readonly reading: Reading;
  readonly read: (text: string) => string[];
  /** The vocabulary of a side that is read by subwords, in the order in which they were learned. */
  readonly subwords?: readonly string[];
}

/** How texts of a side are read: as is wanted, or as they look; by subwords where there are more words than these. */
function sideOf(texts: readonly TextPair[], side: 0 | 1, wanted: Reading | undefined): Side {
  const own = texts.map((pair) => pair[side]);
  const reading = wanted ?? readingOf(own);
  if (reading !== "subwords" && (wanted || reading !== "words")) return { reading, read: readBy(reading) };
  const words = countsOf(own.map((text) => symbolsOf("words", text)));
  const frequent = [...words.values()].filter((count) => count >= LEAST_WORDS).length;
  if (!wanted && frequent <= PIECES) return { reading, read: readBy(reading) };
  // A source's rare characters are read as unknown ones; a target must have all of its.
  const limits = { size: PIECES, least: LEAST_TOGETHER, leastCharacter: side ? 1 : LEAST_WORDS };
  const subwords = learnSubwords(words, limits);
  const known = new Subwords(subwords);
  return { reading: "subwords", read: (text) => symbolsOf("subwords", text, known), subwords };
}

const readBy =
  (reading: Reading) =>
  (text: string): string[] =>
    symbolsOf(reading, text);

/** Most symbols of an answer: a little more than the longest target has, so that what runs on is seen to. */
const limitFor = (longest: number): number => longest + Math.ceil(longest / 8) + 2;

function sourceVocabulary(pairs: readonly Pair[], reading: Reading): string[] {
  const frequent = vocabulary(pairs, 0, reading === "words" ? LEAST_WORDS : 1);
  return frequent.length ? frequent : vocabulary(pairs, 0, 1);
}

/** Symbols of a side that are seen so often. */
function vocabulary(pairs: readonly Pair[], side: 0 | 1, least: number): string[] {
  const counts = countsOf(pairs.map((pair) => pair[side]));
  const frequent = [...counts].filter(([, count]) => count >= least).map(([symbol]) => symbol);
  return frequent.sort((a, b) => (a < b ? -1 : 1));
}
