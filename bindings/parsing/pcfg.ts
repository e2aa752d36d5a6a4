import { binarise, unbinarise, type Markovisation } from "./binarise.js";
import { ChartParser } from "./chartParser.js";
import { estimateGrammar } from "./estimate.js";
import type { Grammar } from "./grammar.js";
import { isTag, treeWords, type ParseTree } from "./tree.js";
import { frequentWords, wordClass, WordReader } from "./wordClasses.js";

/** How a grammar is estimated. */
export interface TreebankGrammarOptions extends Markovisation {
  /** Words that are seen less often are read as their class, such as ‹Xx~ing›, as unknown ones are. */
  readonly leastWords: number;
}

const ROOT = "ROOT";
/** Any word, for a class that training has not seen. */
const ANY = "‹›";
/** How often it is under a tag whose words are all seen more than once. */
const HARDLY = 0.01;

/**
 * A grammar of a treebank by maximum likelihood, as the baseline of a parser: words under tags, rules of markovised
 * constituents, and classes of unknown words.
 *
 * @example
 * const parser = new TreebankParser(readTreebank(text), { horizontal: 1, parents: true, leastWords: 2 });
 * const tree = parser.parse(["the", "dog", "barked"]);
 */
export class TreebankParser {
  readonly grammar: Grammar;
  readonly #reader: WordReader;
  readonly #chart: ChartParser;

  /** Trees with tags over words. @throws RangeError when there are none. */
  constructor(trees: readonly ParseTree[], { leastWords, ...markovisation }: TreebankGrammarOptions) {
    const known = new Set(frequentWords(trees.map(treeWords), leastWords));
    const read = (node: ParseTree | string): ParseTree | string =>
      typeof node === "string"
        ? known.has(node)
          ? node
          : wordClass(node)
        : { ...node, children: node.children.map(read) };
    const binary = trees.map((tree) => binarise(read(tree) as ParseTree, markovisation));
    this.grammar = withAnyWord(estimateGrammar(binary, ROOT));
    this.#reader = new WordReader(known);
    this.#chart = new ChartParser(this.grammar);
  }

  /** The likeliest tree, with tags over words, or undefined where the grammar has none. @throws RangeError as ChartParser does. */
  parse(words: readonly string[]): ParseTree | undefined {
    const read = words.map((word) => {
      const known = this.#reader.read(word);
      return this.#chart.knows(known) ? known : ANY;
    });
    const parsed = this.#chart.parse(read);
    if (!parsed) return undefined;
    let next = 0;
    const spoken = (node: ParseTree): ParseTree =>
      isTag(node)
        ? { ...node, children: [words[next++]!] }
        : { ...node, children: node.children.map((child) => spoken(child as ParseTree)) };
    return spoken(unbinarise(parsed.tree.children[0] as ParseTree));
  }
}

/** With a word under every tag that stands for any other: as often as words of the tag that are seen once, or hardly ever. */
function withAnyWord(grammar: Grammar): Grammar {
  const once = (of: ReadonlyMap<string, number>): number => [...of.values()].filter((count) => count === 1).length;
  const words = new Map(
    [...grammar.words].map(([tag, of]) => [tag, new Map([...of, [ANY, once(of) + HARDLY]])] as const),
  );
  return { ...grammar, words };
}
