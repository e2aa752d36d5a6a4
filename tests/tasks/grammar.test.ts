import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { readTree, writeTree } from "../../bindings/parsing/brackets.js";
import { ChartParser } from "../../bindings/parsing/chartParser.js";
import { constituentsOf } from "../../bindings/parsing/constituents.js";
import { delinearise } from "../../bindings/parsing/linear.js";
import { unrefined } from "../../bindings/parsing/refined.js";
import { bracketScore, countBrackets } from "../../bindings/parsing/score.js";
import { treeWords, type ParseTree } from "../../bindings/parsing/tree.js";
import { grammarTask } from "../../bindings/systems/attentionSeq2Seq/grammar.js";
import { smallEnglish } from "../../bindings/systems/attentionSeq2Seq/grammar/english.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { pairLayout } from "../../bindings/tasks/fillPairs.js";
import { expectUniform } from "../support/chiSquare.js";
import { thrownBy } from "../support/thrown.js";

const grammar = suite("grammarTask");

const drawn = (count: number, options = {}): ParseTree[] => {
  const task = grammarTask(options);
  const random = new Random(3);
  return Array.from({ length: count }, () => task.draw(random));
};

grammar("the chart finds a tree for every sentence, and mostly the one that was drawn", () => {
  const parser = new ChartParser(smallEnglish());
  const trees = drawn(400);
  const found = trees.map((tree) => constituentsOf(unrefined(parser.parse(treeWords(tree))!.tree))!);
  const { f1, exact } = bracketScore(countBrackets(found, trees));
  // The language is ambiguous: not even who knows its grammar is always right.
  assert.ok(f1 > 0.96 && f1 < 0.995, `F1 ${f1}`);
  assert.ok(exact > 0.85 && exact < 0.97, `${exact} exact`);
});

grammar("all lengths are as likely", () => {
  const counts = Array.from({ length: 21 }, () => 0);
  for (const tree of drawn(4200)) ++counts[treeWords(tree).length - 4]!;
  assert.is(
    counts.reduce((a, b) => a + b),
    4200,
  );
  expectUniform(counts);
});

grammar("a batch has sentences from their end, and their trees", () => {
  const task = grammarTask({ maxWords: 9, seed: 4 });
  const batch = new Batch(pairLayout);
  task.generate(new Random(1), 20, batch);
  const [source, targets, lengths] = ["source", "targets", "lengths"].map((name) => batch.block(name)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const random = new Random(1);
  for (let i = 0; i < 20; ++i) {
    const words = Array.from({ length: lengths[i]! }, (_, t) => task.sourceSymbols[source[t * 20 + i]! - 1]!).reverse();
    const symbols = Array.from(
      { length: batch.lengths[i]! - 1 },
      (_, t) => task.targetSymbols[targets[t * 20 + i]! - 1]!,
    );
    const { tree, isWellFormed } = delinearise(symbols, words);
    assert.ok(isWellFormed);
    assert.is(writeTree(tree), writeTree(task.draw(random)));
  }
});

grammar("what belongs where is as in English", () => {
  const parser = new ChartParser(smallEnglish());
  const parsed = (text: string): string => writeTree(constituentsOf(unrefined(parser.parse(text.split(" "))!.tree))!);
  for (const [text, tree] of [
    ["the old dog barked at the mailman", "(S (NP the old dog) (VP barked (PP at (NP the mailman))))"],
    ["Mary saw the king of the castle", "(S (NP Mary) (VP saw (NP (NP the king) (PP of (NP the castle)))))"],
    ["Mary saw the king in the castle", "(S (NP Mary) (VP (VP saw (NP the king)) (PP in (NP the castle))))"],
    ["Tom and Anna slept", "(S (NP (NP Tom) and (NP Anna)) (VP slept))"],
    ["Tom saw Anna and Paul", "(S (NP Tom) (VP saw (NP (NP Anna) and (NP Paul))))"],
    ["Tom saw Anna and Paul slept", "(S (S (NP Tom) (VP saw (NP Anna))) and (S (NP Paul) (VP slept)))"],
    ["Mary 's dogs did n't see mice", "(S (NP (NP Mary 's) dogs) (VP did n't (VP see (NP mice))))"],
    [
      "a dog that chased the cat slept",
      "(S (NP (NP a dog) (SBAR (WHNP that) (S (VP chased (NP the cat))))) (VP slept))",
    ],
    ["Tom saw Anna and slept", "(S (NP Tom) (VP (VP saw (NP Anna)) and (VP slept)))"],
  ] as const)
    assert.is(parsed(text), writeTree(readTree(tree)));
});

grammar("options that cannot be are refused", () => {
  assert.match(
    thrownBy(() => grammarTask({ minWords: 9, maxWords: 4 })).message,
    /minWords is 9, and must be at most maxWords, which is 4/,
  );
  assert.match(thrownBy(() => grammarTask({ maxWords: 101 })).message, /maxWords.*from 1 to 100/);
  assert.match(
    thrownBy(() => grammarTask({ minWords: 1, maxWords: 1 })).message,
    /maxWords is 1, and must be 2 or more/,
  );
  assert.match(thrownBy(() => grammarTask({ words: 3 } as never)).message, /words/);
});

grammar.run();
