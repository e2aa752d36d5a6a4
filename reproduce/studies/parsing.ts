import { ChartParser, MOST_PARSED } from "../../bindings/parsing/chartParser.js";
import { constituentsOf } from "../../bindings/parsing/constituents.js";
import { TreebankParser, type TreebankGrammarOptions } from "../../bindings/parsing/pcfg.js";
import { unrefined } from "../../bindings/parsing/refined.js";
import { treeWords, type ParseTree } from "../../bindings/parsing/tree.js";
import { smallEnglish } from "../../bindings/systems/attentionSeq2Seq/grammar/english.js";
import { treesOf } from "../../cli/trees.js";
import { LENGTHS, MOST_WORDS, TREEBANKS, type Treebank, type TreebankName } from "../../recipes/parsing.js";
import { dataFile, dataFolder } from "../data.js";
import type { StudyOptions } from "../page.js";
import { drawnTrees, goldOf, scoreOf, type GoldSentence } from "../parsing.js";
import type { Measured } from "../system.js";

/** Labelled brackets of a parser on some sentences, and attachment where dependencies are known. */
export interface ParserScore extends Measured {
  readonly sentences: number;
  /** Sentences of which it has no tree. */
  readonly none: number;
  readonly milliseconds: number;
}

/** A grammar of a treebank, and how well it parses the rest of it. */
export interface GrammarScore {
  readonly options: TreebankGrammarOptions;
  readonly rules: number;
  readonly dev: ParserScore;
}

/** Grammars of a treebank beside which networks parse. */
export interface TreebankStudy {
  /** Trees of training. */
  readonly sentences: number;
  /** Of these, too long for the network. */
  readonly skipped: number;
  /** Sentences of training that brackets cannot say. */
  readonly crossing: number;
  readonly grammars: readonly GrammarScore[];
  /** The best of the grammars on the dev part, by the lengths of the sentences. */
  readonly test: Readonly<Record<string, ParserScore>>;
}

/** The charts beside which networks parse. */
export interface ParsingStudy {
  /** The drawn sentences, by the grammar that they are drawn from. */
  readonly grammar: ParserScore;
  readonly treebanks?: Readonly<Partial<Record<TreebankName, TreebankStudy>>>;
}

/** Grammars that are tried on the dev part. */
const GRAMMARS: readonly TreebankGrammarOptions[] = [
  { horizontal: 0, parents: false, leastWords: 3 },
  { horizontal: 1, parents: false, leastWords: 3 },
  { horizontal: 1, parents: true, leastWords: 3 },
];

/** Sentences of the dev part that choose a grammar: as far from each other as they can be. */
const CHOOSING = 200;
/** Sentences that are enough to see that all of it works. */
const QUICK = 4;

export function studyParsing({ quick, report }: Pick<StudyOptions, "quick" | "report">): ParsingStudy {
  const drawn = drawnTrees({}, quick ? QUICK : undefined).map((tree) => ({ words: treeWords(tree), tree }));
  const chart = new ChartParser(smallEnglish());
  const grammar = scored((words) => {
    const parsed = chart.parse(words);
    return parsed && constituentsOf(unrefined(parsed.tree));
  }, drawn);
  report(`its own grammar: F1 ${grammar["f1"]}`);
  if (dataFolder() === undefined) return { grammar };
  const names = Object.keys(TREEBANKS) as TreebankName[];
  const treebanks = names.map((name) => [name, studyTreebank(TREEBANKS[name], quick, report)] as const);
  return { grammar, treebanks: Object.fromEntries(treebanks) };
}

/** Grammars of a treebank: they are chosen on its dev part, and the best is measured on its test part. */
export function studyTreebank(data: Treebank, quick: boolean, report: (line: string) => void): TreebankStudy {
  const [train, dev, test] = [data.train, data.dev, data.test].map((file) => treesOf(dataFile(file)));
  const some = <T>(all: readonly T[]): readonly T[] => (quick ? all.slice(0, QUICK) : all);
  const spread = <T>(all: readonly T[]): readonly T[] =>
    all.filter((_, i) => i % Math.ceil(all.length / CHOOSING) === 0);
  const tried = some(GRAMMARS).map((options) => {
    const parser = new TreebankParser(train!.trees, options);
    const parse = (words: readonly string[]): ParseTree | undefined => {
      const tree = parser.parse(words);
      return tree && constituentsOf(tree);
    };
    const score = scored(parse, some(spread(goldOf(dev!))));
    report(`${data.train}, ${JSON.stringify(options)}: F1 ${score["f1"]} on dev`);
    return { parse, grammar: { options, rules: parser.grammar.rules.length, dev: score } };
  });
  const best = tried.reduce((a, b) => (b.grammar.dev["f1"]! > a.grammar.dev["f1"]! ? b : a));
  const parsed = parsedBy(best.parse, some(goldOf(test!)));
  const tests = Object.entries(LENGTHS).map(
    ([
      name,
      {
        words: [least, most],
      },
    ]) => {
      const isAsked = ({ gold: { words } }: ParsedGold): boolean => words.length >= least && words.length <= most;
      return [name, scoredOf(parsed.filter(isAsked))] as const;
    },
  );
  return {
    sentences: train!.trees.length,
    skipped: train!.trees.filter((tree) => treeWords(tree).length > MOST_WORDS).length,
    crossing: (train!.dependencies ?? train!.trees).length - train!.trees.length,
    grammars: tried.map(({ grammar }) => grammar),
    test: Object.fromEntries(tests),
  };
}

/** A sentence and the tree that a parser has of it, if it has one. */
interface ParsedGold {
  readonly gold: GoldSentence;
  readonly tree: ParseTree | undefined;
  readonly milliseconds: number;
}

type Parse = (words: readonly string[]) => ParseTree | undefined;

/** Trees of sentences; there is none of those that are too long for a chart. */
const parsedBy = (parse: Parse, sentences: readonly GoldSentence[]): ParsedGold[] =>
  sentences.map((gold) => {
    const begin = performance.now();
    const tree = gold.words.length <= MOST_PARSED ? parse(gold.words) : undefined;
    return { gold, tree, milliseconds: performance.now() - begin };
  });

/** Sentences without a tree are flat: they count. */
const scoredOf = (parsed: readonly ParsedGold[]): ParserScore => ({
  ...scoreOf(
    parsed.map(({ gold, tree }) => tree ?? { label: "S", children: gold.words }),
    parsed.map(({ gold }) => gold),
  ),
  sentences: parsed.length,
  none: parsed.filter(({ tree }) => !tree).length,
  milliseconds: parsed.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / Math.max(1, parsed.length),
});

const scored = (parse: Parse, sentences: readonly GoldSentence[]): ParserScore => scoredOf(parsedBy(parse, sentences));
