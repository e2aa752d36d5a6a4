import { Random } from "../bindings/core.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { constituentsOf } from "../bindings/parsing/constituents.js";
import { bracketScore, countBrackets } from "../bindings/parsing/score.js";
import { treeWords, type ParseTree } from "../bindings/parsing/tree.js";
import { parseSentences } from "../bindings/systems/attentionSeq2Seq/parsing/parseSentences.js";
import { grammarTask, type GrammarTaskOptions } from "../bindings/tasks.js";
import {
  attachmentScore,
  dependenciesOf,
  dependencyTree,
  type Dependencies,
} from "../bindings/parsing/dependencies.js";
import type { TreesFile } from "../cli/trees.js";
import type { Decoding } from "../recipes/attentionSeq2Seq.js";
import { readData } from "./data.js";
import type { Examination, Measured } from "./system.js";

/** Tasks whose targets are trees. */
export const parsed: readonly string[] = ["grammar", "parsing"];

/** Sentences of the grammar that a test has. */
const SENTENCES = 1000;

/** Trees of a small grammar, other than those of training. */
export function drawnTrees(options: GrammarTaskOptions, count = SENTENCES): ParseTree[] {
  const task = grammarTask(options);
  const random = new Random(1_000_000, 1); // training has another stream
  return Array.from({ length: count }, () => task.draw(random));
}

/** A sentence, and what is known of it: its constituents, if brackets can say them, and its dependencies, if it has any. */
export interface GoldSentence {
  readonly words: readonly string[];
  readonly tree: ParseTree | undefined;
  readonly dependencies?: Dependencies;
}

/** Sentences of a treebank. */
export function goldOf({ trees, dependencies }: TreesFile): GoldSentence[] {
  if (!dependencies) return trees.map((tree) => ({ words: treeWords(tree), tree: constituentsOf(tree) }));
  return dependencies.map((each) => ({ words: each.words, tree: dependencyTree(each), dependencies: each }));
}

/** Labelled brackets, where brackets can say the right tree, and attachment, where the right dependencies are known. */
export function scoreOf(found: readonly ParseTree[], gold: readonly GoldSentence[]): Measured {
  const bracketed = gold.flatMap(({ tree }, i) => (tree ? [[found[i]!, tree] as const] : []));
  const counts = countBrackets(
    bracketed.map(([ours]) => ours),
    bracketed.map(([, right]) => right),
  );
  const right = gold.flatMap(({ dependencies }) => dependencies ?? []);
  const attached = right.length
    ? attachmentScore(
        found.map((tree) => dependenciesOf(tree)),
        right,
      )
    : {};
  return { ...bracketScore(counts), ...attached };
}

/**
 * Labelled precision, recall and F1 of what a model parses freely, the part of the sentences that are all right, and the
 * part whose trees had to be repaired.
 */
export function measureParsing({
  engine,
  model,
  task,
  experiment,
  test,
}: Examination<AttentionSeq2Seq, Decoding>): Measured {
  const { beam = 1, sequences, words } = test;
  // A task without data draws its sentences.
  const all = experiment.data
    ? goldOf(readData(experiment, "test") as TreesFile)
    : drawnTrees({ ...task.options, ...test.changed }, sequences).map((tree) => ({ words: treeWords(tree), tree }));
  const gold = all
    .filter(({ words: { length } }) => !words || (length >= words[0] && length <= words[1]))
    .slice(0, sequences);
  const begin = performance.now();
  const found = parseSentences(
    model,
    engine,
    gold.map(({ words }) => words),
    { beam },
  );
  const milliseconds = (performance.now() - begin) / gold.length;
  return {
    ...scoreOf(
      found.map(({ tree }) => tree),
      gold,
    ),
    malformed: found.filter(({ isWellFormed }) => !isWellFormed).length / gold.length,
    sources: gold.length,
    milliseconds,
  };
}
