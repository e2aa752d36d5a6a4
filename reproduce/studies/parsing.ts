import { ChartParser, MOST_PARSED } from "../../bindings/parsing/chartParser.js";
import { constituentsOf } from "../../bindings/parsing/constituents.js";
import { TreebankParser, type TreebankGrammarOptions } from "../../bindings/parsing/pcfg.js";
import { unrefined } from "../../bindings/parsing/refined.js";
import { bracketScore, countBrackets, type BracketScore } from "../../bindings/parsing/score.js";
import { treeWords, type ParseTree } from "../../bindings/parsing/tree.js";
import { smallEnglish } from "../../bindings/systems/attentionSeq2Seq/grammar/english.js";
import type { TextFile } from "../../cli/input.js";
import { treesOf as treesIn } from "../../cli/trees.js";
import { DATA, LENGTHS, MOST_WORDS } from "../../recipes/parsing.js";
import { dataFile, dataFolder } from "../data.js";
import type { StudyOptions } from "../page.js";
import { drawnTrees, treesOf } from "../parsing.js";

/** Labelled brackets of a parser on some sentences. */
export interface ParserScore extends BracketScore {
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

/** The charts beside which networks parse. */
export interface ParsingStudy {
  /** The drawn sentences, by the grammar that they are drawn from. */
  readonly grammar: ParserScore;
  readonly treebank?: {
    readonly sentences: number;
    /** Of training, that are too long for the network. */
    readonly skipped: number;
    readonly grammars: readonly GrammarScore[];
    /** The best of the grammars on the dev part, by the lengths of the sentences. */
    readonly test: Readonly<Record<string, ParserScore>>;
  };
}

/** Grammars that are tried on the dev part. */
const GRAMMARS: readonly TreebankGrammarOptions[] = [
  { horizontal: 0, parents: false, leastWords: 3 },
  { horizontal: 1, parents: false, leastWords: 3 },
  { horizontal: 1, parents: true, leastWords: 3 },
  { horizontal: 2, parents: true, leastWords: 3 },
];

/** Sentences that are enough to see that all of it works. */
const QUICK = 4;

export function studyParsing({ quick, report }: Pick<StudyOptions, "quick" | "report">): ParsingStudy {
  const drawn = drawnTrees({}, quick ? QUICK : undefined);
  const chart = new ChartParser(smallEnglish());
  const grammar = scoreOf((words) => {
    const parsed = chart.parse(words);
    return parsed && constituentsOf(unrefined(parsed.tree));
  }, drawn);
  report(`its own grammar: F1 ${grammar.f1}`);
  return { grammar, ...(dataFolder() !== undefined && { treebank: ofTreebank(quick, report) }) };
}

function ofTreebank(quick: boolean, report: (line: string) => void): ParsingStudy["treebank"] {
  const [train, dev, test] = [DATA.train, DATA.dev, DATA.test].map((file) => treesIn(dataFile(file)));
  const some = <T>(all: readonly T[]): readonly T[] => (quick ? all.slice(0, QUICK) : all);
  const tried = some(GRAMMARS).map((options) => {
    const parser = new TreebankParser(train!.trees, options);
    const parse = (words: readonly string[]): ParseTree | undefined => constituents(parser.parse(words));
    const score = scoreOf(parse, some(gold(dev!)));
    report(`${JSON.stringify(options)}: F1 ${score.f1} on dev`);
    return { parse, grammar: { options, rules: parser.grammar.rules.length, dev: score } };
  });
  const best = tried.reduce((a, b) => (b.grammar.dev.f1 > a.grammar.dev.f1 ? b : a));
  const tests = Object.entries(LENGTHS).map(
    ([
      name,
      {
        words: [least, most],
      },
    ]) => {
      const trees = some(gold(test!)).filter(
        (tree) => treeWords(tree).length >= least && treeWords(tree).length <= most,
      );
      return [name, scoreOf(best.parse, trees)] as const;
    },
  );
  return {
    sentences: train!.trees.length,
    skipped: train!.trees.filter((tree) => treeWords(tree).length > MOST_WORDS).length,
    grammars: tried.map(({ grammar }) => grammar),
    test: Object.fromEntries(tests),
  };
}

const constituents = (tree: ParseTree | undefined): ParseTree | undefined => tree && constituentsOf(tree);
const gold = (file: TextFile): ParseTree[] => treesOf(file);

/** Sentences without a tree, or too long for a chart, are flat: they count. */
function scoreOf(parse: (words: readonly string[]) => ParseTree | undefined, trees: readonly ParseTree[]): ParserScore {
  let none = 0;
  const begin = performance.now();
  const found = trees.map((tree): ParseTree => {
    const words = treeWords(tree);
    const parsed = words.length <= MOST_PARSED ? parse(words) : undefined;
    if (parsed) return parsed;
    ++none;
    return { label: "S", children: words };
  });
  const milliseconds = (performance.now() - begin) / Math.max(1, trees.length);
  return { ...bracketScore(countBrackets(found, trees)), sentences: trees.length, none, milliseconds };
}
