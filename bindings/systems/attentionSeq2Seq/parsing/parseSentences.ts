import { checkOptions, flag, whole } from "../../../common/options.js";
import { shown } from "../../../common/shown.js";
import type { Engine } from "../../../engine/engine.js";
import type { TransduceOptions, Transduced } from "../../../models/transduction.js";
import { delinearise, type Delinearised } from "../../../parsing/linear.js";
import { sourceOf } from "../../../parsing/parsingPairs.js";
import { WordReader } from "../../../parsing/wordClasses.js";

/** Words of the longest sentence that is parsed: attention looks at all of them for each symbol of the tree. */
export const MOST_WORDS = 200;

/** Sentences that are parsed at once. */
const AT_ONCE = 64;

/** A model that turns sentences, the last word first, into trees as strings: one that learned the task grammar or parsing. */
export interface SentenceModel {
  readonly options: { readonly sourceSymbols: readonly string[]; readonly targetSymbols: readonly string[] };
  /** Trees as strings, of words as the model knows them, the last one first. */
  run(engine: Engine, sources: readonly (readonly string[])[], options: TransduceOptions): Transduced[];
}

/** How sentences are parsed. */
export interface ParseOptions {
  /** Ways to go on that are followed at once. Default: 1. */
  beam?: number;
  /** Whether to bring back which words were looked at for each symbol. Default: false. */
  attention?: boolean;
}

/** The tree that a model says of a sentence, and what is to be known of it. */
export interface SentenceParse extends Delinearised {
  readonly words: readonly string[];
  /** Words that the model does not know: it reads their class, such as ‹Xx~ing›, or only that there is one. */
  readonly unknown: readonly string[];
  /** What the model read: the last word first. */
  readonly source: readonly string[];
  /** The tree as the model said it, before anything was repaired. */
  readonly symbols: readonly string[];
  /** Natural logarithm of its probability. */
  readonly score: number;
  /** (symbols and the end, source); null unless asked for. */
  readonly attention: Transduced["attention"];
}

/**
 * Parses sentences: Vinyals et al. 2014, arXiv:1412.7449. A model reads the words, the last one first, and says a tree in
 * brackets, which is repaired where it is none: `repairs` counts what had to be done. A word that it does not know is read
 * with a small first letter, or as its class.
 *
 * @throws TypeError when a sentence is no array of words; RangeError when one is empty, or has more than 200 words.
 * @example
 * const [{ tree, isWellFormed }] = parseSentences(model, engine, [["the", "old", "dog", "barked"]]);
 */
export function parseSentences(
  model: SentenceModel,
  engine: Engine,
  sentences: readonly (readonly string[])[],
  options: ParseOptions = {},
): SentenceParse[] {
  const owner = "parseSentences";
  const { beam, attention } = checkOptions(owner, options, { beam: [1, whole(1)], attention: [false, flag()] });
  expectSentences(owner, sentences);
  const reader = new WordReader(model.options.sourceSymbols);
  const order = sentences.map((_, i) => i).sort((a, b) => sentences[a]!.length - sentences[b]!.length);
  const parses = new Array<SentenceParse>(sentences.length);
  for (const group of groupsOf(order, (i) => mostSymbols(sentences[i]!.length))) {
    const limit = mostSymbols(sentences[group[0]!]!.length);
    const sources = group.map((i) => sourceOf(sentences[i]!, reader));
    model.run(engine, sources, { beam, attention, limit }).forEach(({ symbols, score, attention }, at) => {
      const words = sentences[group[at]!]!;
      const unknown = [...new Set(words.filter((word) => !reader.knows(word)))];
      const source = sources[at]!;
      parses[group[at]!] = { ...delinearise(symbols, words), words, unknown, source, symbols, score, attention };
    });
  }
  return parses;
}

/**
 * Symbols of a tree over so many words, at most: two and a half constituents for each of them. A few lengths share a limit,
 * and sentences are parsed with others of the same, so that what is among them makes no difference to a tree without an end.
 */
export const mostSymbols = (words: number): number => 6 * 8 * Math.ceil(words / 8) + 20;

/** Neighbours that are alike, a few at once. */
function groupsOf(items: readonly number[], limitOf: (item: number) => number): number[][] {
  const groups: number[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.length < AT_ONCE && limitOf(last[0]!) === limitOf(item)) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

function expectSentences(owner: string, sentences: unknown): void {
  if (!Array.isArray(sentences))
    throw new TypeError(`${owner}: the sentences are ${shown(sentences)}, and must be an array`);
  (sentences as readonly unknown[]).forEach((words, i) => {
    if (!Array.isArray(words) || !words.every((word) => typeof word === "string" && word.trim()))
      throw new TypeError(`${owner}: sentence ${i} is ${shown(words)}, and must be an array of words`);
    if (words.length < 1 || words.length > MOST_WORDS)
      throw new RangeError(`${owner}: sentence ${i} has ${words.length} words, and must have 1 to ${MOST_WORDS}`);
  });
}
