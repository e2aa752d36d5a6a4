import { checkOptions, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { Vocabulary } from "../../common/vocabulary.js";
import { constituentsOf } from "../../parsing/constituents.js";
import { TreeDrawer } from "../../parsing/drawTree.js";
import { linearise, WORD } from "../../parsing/linear.js";
import { labelOf, unrefined } from "../../parsing/refined.js";
import { treeWords, type ParseTree } from "../../parsing/tree.js";
import { fillPairs } from "../../tasks/fillPairs.js";
import { expectCount, expectOrder, seedRule } from "../../tasks/lengths.js";
import { pairLosses, type PairTask } from "../../tasks/pairs.js";
import { smallEnglish } from "./grammar/english.js";

/** What grammarTask draws from. */
export interface GrammarTaskOptions {
  /** Words of the shortest sentence, a comma counted as one. Default: 4. */
  minWords?: number;
  /** Words of the longest. Default: 24. */
  maxWords?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Words of the longest sentence that may be asked for. */
const MOST_WORDS = 100;

/** Default and check of each option; a function, since importing calls nothing. */
export const grammarRules = () =>
  ({
    minWords: [4, whole(1, { most: MOST_WORDS })],
    maxWords: [24, whole(1, { most: MOST_WORDS })],
    seed: seedRule(),
  }) as const;

/**
 * Sentences of a small English grammar, to be parsed: the words, the last first, become a tree in brackets, as Vinyals et al.
 * 2014, arXiv:1412.7449, write it: `(S (NP XX XX )NP (VP XX )VP )S`. All lengths are as likely, and of a length every sentence
 * as likely as the grammar makes it.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = grammarTask({ maxWords: 12, seed: 1 });
 */
export function grammarTask(options: GrammarTaskOptions = {}): PairTask & {
  /** A tree of the grammar, over words. */
  draw(random: Random): ParseTree;
} {
  const checked = checkOptions("grammarTask", options, grammarRules());
  const { minWords, maxWords, seed } = checked;
  expectOrder("grammarTask", ["minWords", minWords], ["maxWords", maxWords]);
  const grammar = smallEnglish();
  const drawer = new TreeDrawer(grammar, maxWords);
  const labels = [...new Set(grammar.rules.map(({ left }) => labelOf(left)))];
  const sourceSymbols = [...new Set([...grammar.words.values()].flatMap((words) => [...words.keys()]))];
  const targetSymbols = [WORD, ...labels.map((label) => `(${label}`), ...labels.map((label) => `)${label}`)];
  const [source, target] = [new Vocabulary(sourceSymbols), new Vocabulary(targetSymbols)];
  const lengths = Array.from({ length: maxWords - minWords + 1 }, (_, i) => minWords + i).filter((n) =>
    drawer.probabilityOf(n),
  );
  if (!lengths.length)
    throw new RangeError(
      `grammarTask: maxWords is ${maxWords}, and must be 2 or more: the grammar has no shorter sentence`,
    );

  const draw = (random: Random): ParseTree =>
    constituentsOf(unrefined(drawer.draw(random, lengths[random.integer(0, lengths.length - 1)]!)))!;

  return {
    name: "grammar",
    options: checked,
    sourceSymbols,
    targetSymbols,
    seed,
    draw,
    generate(random, count, batch) {
      expectCount("grammarTask", count);
      const pairs = Array.from({ length: count }, () => {
        const tree = draw(random);
        return [
          Uint32Array.from(treeWords(tree).reverse(), (word) => source.numberOf(word)!),
          Uint32Array.from(linearise(tree), (symbol) => target.numberOf(symbol)!),
        ] as const;
      });
      fillPairs(batch, pairs);
    },
    ...pairLosses,
  };
}
