import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { calibrate } from "../../bindings/metrics/calibration.js";
import { UnsureError } from "../../bindings/metrics/unsureError.js";
import { readTree, writeTree } from "../../bindings/parsing/brackets.js";
import { isDerived } from "../../bindings/parsing/derived.js";
import { delinearise, linearise } from "../../bindings/parsing/linear.js";
import { tokensOf } from "../../bindings/parsing/tokens.js";
import { treeWords } from "../../bindings/parsing/tree.js";
import { grammarTask } from "../../bindings/systems/attentionSeq2Seq/grammar.js";
import { smallEnglish } from "../../bindings/systems/attentionSeq2Seq/grammar/english.js";
import { grammarAnswer } from "../../bindings/systems/attentionSeq2Seq/grammar/grammarAnswer.js";
import type { SentenceParse } from "../../bindings/systems/attentionSeq2Seq/parsing/parseSentences.js";
import { thrownBy } from "../support/thrown.js";

const answers = suite("answers of a grammar");

answers("trees that are drawn are derived, and with a label or a bracket changed they are not", () => {
  const grammar = smallEnglish();
  const task = grammarTask({ maxWords: 16 });
  const random = new Random(5);
  for (let i = 0; i < 300; ++i) {
    const tree = task.draw(random);
    assert.ok(isDerived(grammar, tree), writeTree(tree));
    assert.is(isDerived(grammar, { ...tree, label: "NP" }), false);
    const words = treeWords(tree);
    const flat = { label: "S", children: words };
    assert.is(isDerived(grammar, flat), false);
    const symbols = linearise(tree);
    const at = symbols.findIndex((symbol) => symbol === ")NP");
    const shifted = [...symbols.slice(0, at), "XX", ")NP", ...symbols.slice(at + 1)];
    const { tree: other, isWellFormed } = delinearise(shifted, words);
    assert.is(isWellFormed, false);
    assert.is(isDerived(grammar, other) && writeTree(other) === writeTree(tree), false);
  }
});

answers("readings that are both the grammar's are both derived", () => {
  const grammar = smallEnglish();
  for (const text of [
    "(S (NP Tom) (VP saw (NP (NP Anna) (PP with (NP the telescope)))))",
    "(S (NP Tom) (VP (VP saw (NP Anna)) (PP with (NP the telescope))))",
  ])
    assert.ok(isDerived(grammar, readTree(text)), text);
  for (const text of [
    "(S (NP Tom) (VP saw (NP Anna) (PP with (NP the telescope))))",
    "(S (NP Tom) (VP (VP saw (NP Anna)) (PP of (NP the telescope))))",
    "(VP saw (NP Anna))",
  ])
    assert.is(isDerived(grammar, readTree(text)), false, text);
});

/** A parse as a model would bring it. */
const parseOf = (sentence: string, tree: string, score = -0.01): SentenceParse => {
  const words = sentence.split(" ");
  const symbols = tree ? linearise(readTree(tree)) : [];
  return {
    ...delinearise(symbols, words),
    words,
    unknown: [],
    source: words.map((word) => word.replace("The", "the")).reverse(),
    symbols,
    score,
    attention: null,
  };
};

const barked = parseOf("The dog barked", "(S (NP The dog) (VP barked))");

answers("a tree that the grammar has is answered, with how sure it is", () => {
  assert.is(grammarAnswer(barked), null);
  const judged = Array.from({ length: 2000 }, (_, i) => ({ score: -i / 200, isRight: i < 1000 }));
  const calibration = calibrate(judged, { precision: 0.9 });
  assert.ok(grammarAnswer(barked, { calibration })! > 0.9);
  const unsure = thrownBy(() => grammarAnswer({ ...barked, score: -9 }, { calibration }));
  assert.instance(unsure, UnsureError);
  assert.is((unsure as UnsureError).guess!.answer, "(S (NP The dog) (VP barked))");
  assert.ok(grammarAnswer({ ...barked, score: -9 }, { calibration, least: 0 })! < 0.1);
});

answers("what is not understood is said", () => {
  const refused = (parse: SentenceParse): string => {
    const error = thrownBy(() => grammarAnswer(parse));
    assert.instance(error, UnsureError);
    return (error as UnsureError).reason;
  };
  assert.is(
    refused({ ...barked, unknown: ["quasar", "zebra"] }),
    'the small English grammar that it learned does not have "quasar", "zebra"',
  );
  assert.match(refused({ ...barked, unknown: [..."abcdefg"] }), /"e" and 2 more$/);
  assert.match(
    refused(parseOf("dog the barked", "(S (NP dog the) (VP barked))")),
    /it is no sentence of the small English/,
  );
  assert.match(
    refused(parseOf("The dog barked", "(S (NP The) (VP dog barked))")),
    /makes "\(S \(NP The\) \(VP dog barked\)\)" of it, which is no tree that the grammar has/,
  );
  assert.match(refused(parseOf("The dog barked", "(NP The dog)")), /no tree that the grammar has/);
});

const tokens = suite("words of a sentence");

tokens("punctuation, clitics and quotes are words as treebanks have them", () => {
  for (const [sentence, words] of [
    ["The old dog barked at the mailman.", "The old dog barked at the mailman ."],
    ["  Mary's  dog  didn't bark,\ndid it?", "Mary 's dog did n't bark , did it ?"],
    ["“Yes,” he said; (perhaps) 3.5% of $1,000...", '" Yes , " he said ; ( perhaps ) 3.5% of $1,000 ...'],
    ["The U.S. has well-known e.g. Ph.D. texts!", "The U.S. has well-known e.g. Ph.D. texts !"],
    ["it’s John’s", "it 's John 's"],
    [". , 's", ". , ' s"],
    ["", ""],
  ] as const)
    assert.equal(tokensOf(sentence).join(" "), words);
});

answers.run();
tokens.run();
