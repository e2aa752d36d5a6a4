import { constituentsOf } from "./constituents.js";
import { linearise, WORD } from "./linear.js";
import { treeWords, type ParseTree } from "./tree.js";
import { frequentWords, WordReader } from "./wordClasses.js";

/** How a treebank becomes pairs of strings. */
export interface ParsingPairsOptions {
  /** Words that are seen less often are read as their class, as unknown ones are. */
  readonly leastWords: number;
  /** Words of the longest sentence: longer ones are left out. */
  readonly maxWords: number;
  /**
   * Constituents of so many words or more are sentences of their own, beside those that they are in: short ones teach what
   * phrases are made of. Default: none are.
   */
  readonly phrases?: number;
}

/** Sentences and their trees as a model of sequences learns them. */
export interface ParsingPairs {
  /** Words, the last first, and the tree as `linearise` writes it. */
  readonly pairs: readonly (readonly [source: readonly string[], target: readonly string[]])[];
  /** Words and classes, by how often they are seen. */
  readonly sourceSymbols: readonly string[];
  readonly targetSymbols: readonly string[];
  /** Sentences that were left out. */
  readonly skipped: number;
}

/** A sentence as a model reads it: its words as they are known, or their classes, the last first. */
export const sourceOf = (words: readonly string[], reader: WordReader): string[] =>
  words.map((word) => reader.read(word)).reverse();

/**
 * Pairs of a treebank's trees, tags left out. Vinyals et al. 2014, arXiv:1412.7449, 2.2: the sentence is reversed, words in
 * trees are one symbol, and so tags, which are easy to guess and cost symbols, are no part of them.
 *
 * @throws RangeError when no tree is left.
 */
export function parsingPairs(
  trees: readonly ParseTree[],
  { leastWords, maxWords, phrases = Infinity }: ParsingPairsOptions,
): ParsingPairs {
  const whole = trees.map((tree) => constituentsOf(tree)!);
  const isTaken = (tree: ParseTree): boolean => treeWords(tree).length <= maxWords;
  const skipped = whole.filter((tree) => !isTaken(tree)).length;
  const taken = whole.flatMap((tree) => [tree, ...phrasesOf(tree, phrases)]).filter(isTaken);
  if (!taken.length) throw new RangeError(`parsingPairs: no tree has at most ${maxWords} words`);
  const sentences = taken.map(treeWords);
  // Words count once, in the sentences that they are in.
  const reader = new WordReader(frequentWords(whole.filter(isTaken).map(treeWords), leastWords));
  const sources = sentences.map((words) => sourceOf(words, reader));
  const targets = taken.map(linearise);
  const labels = [...new Set(targets.flat())].filter((symbol) => symbol !== WORD).sort();
  return {
    pairs: sources.map((source, i) => [source, targets[i]!] as const),
    sourceSymbols: frequentWords(sources, 1),
    targetSymbols: [WORD, ...labels],
    skipped,
  };
}

/** Constituents inside a tree of at least so many words; of several over the same words the lowest. */
function phrasesOf({ children }: ParseTree, least: number): ParseTree[] {
  return children.flatMap((child) => {
    if (typeof child === "string" || treeWords(child).length < least) return [];
    const isChain = child.children.length === 1 && typeof child.children[0] === "object";
    return isChain ? phrasesOf(child, least) : [child, ...phrasesOf(child, least)];
  });
}
