import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { BracketError } from "../../bindings/parsing/bracketError.js";
import { readTree, writeTree } from "../../bindings/parsing/brackets.js";
import { constituentsOf, plainLabel, plainTree } from "../../bindings/parsing/constituents.js";
import { delinearise, linearise, WORD } from "../../bindings/parsing/linear.js";
import { MOST_DEPTH, treeWords, type ParseTree } from "../../bindings/parsing/tree.js";
import { thrownBy } from "../support/thrown.js";
import { anyTree } from "./trees.js";

const trees = suite("trees in brackets");

trees("what is written is read as it was, with blanks and lines between", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      assert.equal(readTree(writeTree(tree)), tree);
      const spaced = writeTree(tree).replaceAll("(", "\n ( ").replaceAll(")", " )");
      assert.equal(readTree(spaced), tree);
    }),
  );
});

trees("the Penn Treebank's form: a bracket without a label around all, punctuation as tags", () => {
  const tree = readTree("( (S (NP-SBJ (-LRB- -LRB-) (NN x)) (. .)) )");
  assert.is(tree.label, "");
  assert.equal(treeWords(tree), ["-LRB-", "x", "."]);
});

trees("what is no tree is refused, with the place", () => {
  for (const [text, at, what] of [
    ["", 0, /no tree/],
    ["   ", 0, /no tree/],
    ["dogs bark", 0, /"dogs" is outside all brackets/],
    ["(S (NP dogs)", 0, /never closed/],
    ["(S (NP dogs) (VP bark)", 0, /never closed/],
    ["(S (NP dogs", 3, /never closed/],
    ["(S dogs))", 8, /"\)" behind the end/],
    ["(S dogs) (S bark)", 9, /"\(" behind the end/],
    ["(S (NP) bark)", 3, /nothing in it/],
    ["()", 0, /nothing in it/],
    [")", 0, /outside all brackets/],
    [`${"(S ".repeat(MOST_DEPTH + 1)}x${")".repeat(MOST_DEPTH + 1)}`, 3 * MOST_DEPTH, /deeper than 500/],
  ] as const) {
    const error = thrownBy(() => readTree(text));
    assert.instance(error, BracketError);
    assert.match(error.message, what);
    assert.is((error as BracketError).at, at, text.slice(0, 40));
    assert.match(error.message, new RegExp(`^At character ${at + 1}: `));
  }
});

trees("as deep as it may be is read, walked and written", () => {
  const text = `${"(S ".repeat(MOST_DEPTH)}x${")".repeat(MOST_DEPTH)}`;
  assert.is(writeTree(readTree(text)), text);
  assert.is(linearise(constituentsOf(readTree(text))!).length, 2 * MOST_DEPTH + 1 - 2);
});

trees("labels lose functions and indices, and those that are punctuation stay", () => {
  const plain = { "NP-SBJ-1": "NP", "NP=2": "NP", "PP-LOC": "PP", "ADVP|PRT": "ADVP", "-LRB-": "-LRB-", S: "S" };
  for (const [label, wanted] of Object.entries(plain)) assert.is(plainLabel(label), wanted);
});

trees("constituents of a treebank's tree: no root, no functions, no traces, words for tags", () => {
  const text =
    "(ROOT (S (NP-SBJ (-NONE- *)) (NP-SBJ (DT the) (NN dog)) (VP (VBD barked) (PP (IN at) (NP (NNP Jo)))) (. .)))";
  assert.is(writeTree(constituentsOf(readTree(text))!), "(S (NP the dog) (VP barked (PP at (NP Jo))) .)");
  assert.is(
    writeTree(plainTree(readTree(text))!),
    "(S (NP (DT the) (NN dog)) (VP (VBD barked) (PP (IN at) (NP (NNP Jo)))) (. .))",
  );
  assert.is(constituentsOf(readTree("(ROOT (S (NP (-NONE- *))))")), undefined);
  assert.is(writeTree(constituentsOf(readTree("(ROOT (NN x))"))!), "(NN x)");
});

const strings = suite("trees as strings");

strings("the paper's example", () => {
  const tree = readTree("(S (NP John) (VP has (NP a dog)) .)");
  const symbols = "(S (NP XX )NP (VP XX (NP XX XX )NP )VP XX )S".split(" ");
  assert.equal(linearise(tree), symbols);
  assert.equal(delinearise(symbols, treeWords(tree)).tree, tree);
});

strings("a tree's own string gives the tree, and needs no repair", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const { tree: read, isWellFormed, repairs } = delinearise(linearise(tree), treeWords(tree));
      assert.equal(read, tree);
      assert.ok(isWellFormed);
      assert.equal(repairs, { closed: 0, opened: 0, dropped: 0, words: 0, roots: 0 });
    }),
  );
});

const any = fc.array(fc.constantFrom("(S", ")S", "(NP", ")NP", "(VP", ")VP", WORD), { maxLength: 40 });
const someWords = fc.array(fc.constantFrom("dogs", "bark", "at", "noon"), { minLength: 1, maxLength: 12 });

/** Whether a string is one tree over so many words: counted, without building any. */
function isOneTree(symbols: readonly string[], words: number): boolean {
  const open: [label: string, inside: number][] = [];
  let [seen, trees] = [0, 0];
  for (const symbol of symbols) {
    const label = symbol.slice(1);
    if (!open.length && symbol !== `(${label}`) return false;
    if (symbol === WORD) ++seen;
    if (symbol.startsWith("(")) {
      if (!open.length) ++trees;
      open.push([label, 0]);
    } else if (symbol.startsWith(")")) {
      const [own, inside] = open.pop()!;
      if (own !== label || !inside) return false;
      if (open.length) ++open.at(-1)![1];
    } else ++open.at(-1)![1];
  }
  return !open.length && trees === 1 && seen === words;
}

strings("any string gives one tree over all words, in their order; only what is a tree needs no repair", () => {
  fc.assert(
    fc.property(any, someWords, (symbols, words) => {
      const { tree, isWellFormed } = delinearise(symbols, words);
      assert.equal(treeWords(tree), words);
      assert.ok(isOneTree(linearise(tree), words.length));
      assert.is(isWellFormed, isOneTree(symbols, words.length));
    }),
    { numRuns: 1000 },
  );
});

strings("what is repaired is what the paper says, and is counted", () => {
  const repaired = (text: string, words: string): [string, Partial<Record<string, number>>] => {
    const { tree, repairs } = delinearise(text.split(" ").filter(Boolean), words.split(" "));
    return [writeTree(tree), Object.fromEntries(Object.entries(repairs).filter(([, count]) => count))];
  };
  // Closing brackets are appended, opening ones prepended.
  assert.equal(repaired("(S (NP XX )NP (VP XX", "dogs bark"), ["(S (NP dogs) (VP bark))", { closed: 2 }]);
  assert.equal(repaired("XX )NP (VP XX )VP )S", "dogs bark"), ["(S (NP dogs) (VP bark))", { opened: 2 }]);
  // A bracket that closes an outer constituent closes the inner ones, too.
  assert.equal(repaired("(S (NP XX (VP XX )VP )S", "dogs bark"), ["(S (NP dogs (VP bark)))", { closed: 1 }]);
  // One that closes nothing that is open is left out, and so is one around nothing.
  assert.equal(repaired("(S (NP XX )NP )PP (VP XX )VP )S", "dogs bark"), ["(S (NP dogs) (VP bark))", { dropped: 1 }]);
  assert.equal(repaired("(S (NP )NP XX (VP XX )VP )S", "dogs bark"), ["(S dogs (VP bark))", { dropped: 1 }]);
  // Words: too few, too many.
  assert.equal(repaired("(S (NP XX )NP )S", "dogs bark loudly"), ["(S (NP dogs) bark loudly)", { words: 2 }]);
  assert.equal(repaired("(S (NP XX XX XX )NP )S", "dogs bark"), ["(S (NP dogs bark))", { words: 1 }]);
  // Several trees, or none.
  assert.equal(repaired("(NP XX )NP (VP XX )VP", "dogs bark"), ["(S (NP dogs) (VP bark))", { roots: 1 }]);
  assert.equal(repaired("", "dogs bark"), ["(S dogs bark)", { words: 2, roots: 1 }]);
});

strings("strings of any length and depth are repaired, in time", () => {
  const words = Array.from({ length: 10_000 }, (_, i) => `w${i}`);
  for (const symbols of [
    Array.from({ length: 10_000 }, () => "(NP"),
    [...words.map(() => WORD), ...words.map(() => ")NP")],
    [...words.map(() => "(NP"), ...words.map(() => WORD), ...words.map(() => ")NP")],
    words.flatMap(() => ["(NP", WORD]),
  ]) {
    const { tree, isWellFormed } = delinearise(symbols, words);
    assert.is(isWellFormed, false);
    assert.is(treeWords(tree).length, 10_000);
    assert.ok(readTree(writeTree(tree)));
  }
});

strings("a sentence without words is refused", () => {
  const error = thrownBy(() => delinearise(["(S", ")S"], []));
  assert.instance(error, RangeError);
  assert.match(error.message, /there are no words, and must be at least one/);
});

strings("a symbol is a bracket by how it begins, and else a word", () => {
  const { tree } = delinearise(["(S", "anything", ")S"], ["dogs"]);
  assert.equal(tree, { label: "S", children: ["dogs"] } satisfies ParseTree);
});

trees.run();
strings.run();
