import { Random } from "../bindings/core.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { constituentsOf } from "../bindings/parsing/constituents.js";
import { bracketScore, countBrackets } from "../bindings/parsing/score.js";
import { readTreebank } from "../bindings/parsing/treebank.js";
import { treeWords, type ParseTree } from "../bindings/parsing/tree.js";
import { parseSentences } from "../bindings/systems/attentionSeq2Seq/parsing/parseSentences.js";
import { grammarTask, type GrammarTaskOptions } from "../bindings/tasks.js";
import type { TextFile } from "../cli/input.js";
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

/** Constituents of a treebank's trees. */
export const treesOf = ({ text }: TextFile): ParseTree[] => readTreebank(text).map((tree) => constituentsOf(tree)!);

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
  const all =
    task.name === "grammar"
      ? drawnTrees({ ...task.options, ...test.changed }, sequences)
      : treesOf(readData(experiment, "test") as TextFile);
  const trees = all
    .filter((tree) => {
      const { length } = treeWords(tree);
      return !words || (length >= words[0] && length <= words[1]);
    })
    .slice(0, sequences);
  const begin = performance.now();
  const found = parseSentences(model, engine, trees.map(treeWords), { beam });
  const milliseconds = (performance.now() - begin) / trees.length;
  return {
    ...bracketScore(
      countBrackets(
        found.map(({ tree }) => tree),
        trees,
      ),
    ),
    malformed: found.filter(({ isWellFormed }) => !isWellFormed).length / trees.length,
    sources: trees.length,
    milliseconds,
  };
}
