import type { ParseTree } from "./tree.js";

/** Labelled brackets that two sets of trees have, and that they have in common. */
export interface BracketCounts {
  readonly found: number;
  readonly gold: number;
  readonly matched: number;
  /** Sentences. */
  readonly sentences: number;
  /** Sentences whose brackets are all right, with none beside them. */
  readonly exact: number;
}

/** Labelled precision, recall and their harmonic mean, from 0 to 1, and the part of the trees that are all right. */
export interface BracketScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly exact: number;
}

/** Punctuation, which brackets are not measured by: as evalb leaves out the tags , : `` '' and . */
export const isPunctuation = (word: string): boolean => /^(?:[.,:;!?…"'`‘’“”„«»‐‑‒–—-]+)$/.test(word);

/**
 * Counts labelled brackets of parsed trees beside the right ones, over the same words, as evalb does: a bracket is a label
 * over a stretch of words, tags are none, punctuation is left out, and of equal brackets each counts once.
 *
 * @throws RangeError when there are not as many trees, or two are not over the same number of words.
 * @example
 * const { f1 } = bracketScore(countBrackets([parsed], [gold]));
 */
export function countBrackets(found: readonly ParseTree[], gold: readonly ParseTree[]): BracketCounts {
  if (found.length !== gold.length)
    throw new RangeError(
      `countBrackets: there are ${found.length} trees, and must be ${gold.length}, as many as right ones`,
    );
  const counts = { found: 0, gold: 0, matched: 0, sentences: gold.length, exact: 0 };
  gold.forEach((tree, i) => {
    const [right, ours] = [bracketsOf(tree), bracketsOf(found[i]!)];
    if (right.words !== ours.words)
      throw new RangeError(`countBrackets: tree ${i} is over ${ours.words} words, and must be over ${right.words}`);
    let matched = 0;
    for (const [bracket, count] of ours.brackets) matched += Math.min(count, right.brackets.get(bracket) ?? 0);
    counts.found += ours.size;
    counts.gold += right.size;
    counts.matched += matched;
    counts.exact += Number(matched === ours.size && matched === right.size);
  });
  return counts;
}

/** Score of counted brackets: 0 where there are none to count. */
export function bracketScore({ found, gold, matched, sentences, exact }: BracketCounts): BracketScore {
  const part = (of: number): number => (of ? matched / of : 0);
  return {
    precision: part(found),
    recall: part(gold),
    f1: found + gold ? (2 * matched) / (found + gold) : 0,
    exact: sentences ? exact / sentences : 0,
  };
}

interface Brackets {
  readonly brackets: ReadonlyMap<string, number>;
  readonly size: number;
  /** All words, punctuation included. */
  readonly words: number;
}

function bracketsOf(tree: ParseTree): Brackets {
  const brackets = new Map<string, number>();
  let [at, words, size] = [0, 0, 0];
  const walk = (node: ParseTree | string): void => {
    if (typeof node === "string") {
      ++words;
      if (!isPunctuation(node)) ++at;
      return;
    }
    const begin = at;
    node.children.forEach(walk);
    if (at === begin) return;
    const bracket = `${node.label} ${begin} ${at}`;
    brackets.set(bracket, (brackets.get(bracket) ?? 0) + 1);
    ++size;
  };
  walk(tree);
  return { brackets, size, words };
}
