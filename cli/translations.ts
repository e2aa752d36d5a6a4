import { countsOf } from "../bindings/common/counts.js";
import { learnSubwords, Subwords } from "../bindings/common/subwords.js";
import type { Pair } from "../bindings/tasks.js";
import { wordsOf, type PairsFile } from "./pairs.js";

/** How often neighbours are seen that are one piece of words. */
const LEAST_TOGETHER = 5;
/** How often a source's characters are seen: rarer ones are read as the unknown one. */
const LEAST_CHARACTER = 20;
/** One of so many sentences has lost its last mark, as people write them. */
const UNMARKED = 5;

/**
 * Sentences and their translations, `target<TAB>source`, as Tatoeba's files with English in front have them, in pieces of
 * words: at most so many on each side. Of every fifth pair that ends in the same mark the mark is left out.
 */
export function translations(
  { lines }: PairsFile,
  size: number,
): { pairs: Pair[]; sourceSymbols: string[]; targetSymbols: string[] } {
  const words = lines.map(([target, source]) => [spaced(wordsOf(source)), spaced(wordsOf(target))] as const);
  const least = LEAST_TOGETHER;
  const [sources, targets] = [countsOf(words.map(([from]) => from)), countsOf(words.map(([, to]) => to))];
  const sourceSymbols = learnSubwords(sources, { size, least, leastCharacter: LEAST_CHARACTER });
  const targetSymbols = learnSubwords(targets, { size, least });
  const [source, target] = [new Subwords(sourceSymbols), new Subwords(targetSymbols)];
  const pairs = words.map(([from, to], i): Pair => {
    const end =
      i % UNMARKED === 0 && from.length > 1 && to.length > 1 && MARK.test(to.at(-1)!) && from.at(-1) === to.at(-1);
    const [read, said] = end ? [from.slice(0, -1), to.slice(0, -1)] : [from, to];
    return [read.flatMap((word) => source.of(word)), said.flatMap((word) => target.of(word))];
  });
  return { pairs, sourceSymbols, targetSymbols };
}

const MARK = /^ [.!?]$/;

/** Words with a blank in front of each, so that its first piece tells where it begins. */
const spaced = (words: readonly string[]): string[] => words.map((word) => ` ${word}`);

/** Whether a vocabulary is of pieces of words, not of words: some begin with a blank. */
const isOfPieces = (symbols: readonly string[]): boolean => symbols.some((symbol) => symbol.startsWith(" "));

const kept = new WeakMap<readonly string[], Subwords>();

/** What a model with such a vocabulary reads of the words of a sentence. */
export function piecesOf(words: readonly string[], vocabulary: readonly string[]): readonly string[] {
  if (!isOfPieces(vocabulary)) return words;
  const subwords = kept.get(vocabulary) ?? new Subwords(vocabulary);
  kept.set(vocabulary, subwords);
  return spaced(words).flatMap((word) => subwords.of(word));
}

/** The words that symbols stand for: pieces of words, or words. */
export const wordsIn = (symbols: readonly string[]): readonly string[] =>
  isOfPieces(symbols) ? symbols.join("").trim().split(/ +/) : symbols;
