import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readTree } from "../../bindings/parsing/brackets.js";
import { bracketScore, countBrackets, isPunctuation } from "../../bindings/parsing/score.js";
import { treeWords } from "../../bindings/parsing/tree.js";
import { thrownBy } from "../support/thrown.js";
import { anyTree } from "./trees.js";

const score = suite("labelled brackets");

const counts = (found: string, gold: string) => countBrackets([readTree(found)], [readTree(gold)]);

score("by hand: a phrase that belongs elsewhere", () => {
  // Gold: S 0-5, NP 0-1, VP 1-5, NP 2-5, NP 2-3, PP 3-5, NP 4-5; found has NP 2-3, PP 3-5 under VP, and no NP 2-5.
  const gold = "(S (NP I) (VP saw (NP (NP men) (PP with (NP hats)))))";
  const found = "(S (NP I) (VP saw (NP men) (PP with (NP hats))))";
  assert.equal(counts(found, gold), { found: 6, gold: 7, matched: 6, sentences: 1, exact: 0 });
  const { precision, recall, f1 } = bracketScore(counts(found, gold));
  assert.is(precision, 1);
  assert.is(recall, 6 / 7);
  assert.is(f1, 12 / 13);
});

score("labels count, and of equal brackets each counts once", () => {
  assert.equal(counts("(S (VP a) (VP b))", "(S (NP a) (VP b))"), {
    found: 3,
    gold: 3,
    matched: 2,
    sentences: 1,
    exact: 0,
  });
  assert.equal(counts("(NP (NP (NP a)))", "(NP (NP a))"), { found: 3, gold: 2, matched: 2, sentences: 1, exact: 0 });
  assert.equal(counts("(NP a)", "(NP (NP a))"), { found: 1, gold: 2, matched: 1, sentences: 1, exact: 0 });
});

score("punctuation has no place, wherever it hangs", () => {
  const gold = "(S (NP dogs) (VP bark) .)";
  assert.is(counts("(S (NP dogs) (VP bark .))", gold).exact, 1);
  assert.is(counts("(S (NP dogs , ) (VP bark) (X .))", "(S (NP dogs) , (VP bark) .)").exact, 1);
  for (const word of [".", ",", "``", "''", "--", "–", "…", "?!"]) assert.ok(isPunctuation(word), word);
  for (const word of ["%", "$", "-LRB-", "'s", "1.5", "a.m.", "("]) assert.is(isPunctuation(word), false, word);
});

score("a tree is all right beside itself, and F1 is the harmonic mean whichever is right", () => {
  fc.assert(
    fc.property(anyTree, anyTree, (a, b) => {
      assert.is(bracketScore(countBrackets([a], [a])).f1, 1);
      if (treeWords(a).length !== treeWords(b).length) return;
      const [there, back] = [bracketScore(countBrackets([a], [b])), bracketScore(countBrackets([b], [a]))];
      assert.is(there.f1, back.f1);
      assert.is(there.precision, back.recall);
      const { precision: p, recall: r } = there;
      if (p + r) assert.ok(Math.abs(there.f1 - (2 * p * r) / (p + r)) < 1e-12);
    }),
  );
});

score("trees over other words, or of another number, are refused", () => {
  const tree = readTree("(S a b)");
  assert.match(thrownBy(() => countBrackets([tree], [])).message, /there are 1 trees, and must be 0/);
  assert.match(
    thrownBy(() => countBrackets([readTree("(S a)")], [tree])).message,
    /tree 0 is over 1 words, and must be over 2/,
  );
  assert.equal(bracketScore(countBrackets([], [])), { precision: 0, recall: 0, f1: 0, exact: 0 });
});

score.run();
