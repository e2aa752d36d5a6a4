import { suite } from "uvu";
import * as assert from "uvu/assert";
import { BracketError } from "../../bindings/parsing/bracketError.js";
import { writeTree } from "../../bindings/parsing/brackets.js";
import { parsingPairs } from "../../bindings/parsing/parsingPairs.js";
import { TreebankParser } from "../../bindings/parsing/pcfg.js";
import { readTreebank } from "../../bindings/parsing/treebank.js";
import { frequentWords, wordClass, WordReader } from "../../bindings/parsing/wordClasses.js";
import { thrownBy } from "../support/thrown.js";

const treebank = suite("treebanks");

treebank("lines with and without the name of a document are trees, blank ones are none", () => {
  const text =
    "news\t(ROOT (S (NP-SBJ (NN rain)) (VP (VBD fell)) (. .)))\r\n\n(ROOT (NP (NN rain)))\n(ROOT (NP (-NONE- *)))\n";
  assert.equal(readTreebank(text).map(writeTree), ["(S (NP (NN rain)) (VP (VBD fell)) (. .))", "(NP (NN rain))"]);
  assert.equal(readTreebank(""), []);
});

treebank("a line that is no tree is named, with the place", () => {
  const error = thrownBy(() => readTreebank("(NP (NN rain))\nnews\t(S (NP rain)\n"));
  assert.instance(error, BracketError);
  assert.is(error.message, "Line 2, at character 1: a bracket is never closed");
});

treebank("classes of words that are not known", () => {
  const classes = {
    barking: "‹x~ing›",
    Jumped: "‹Xx~ed›",
    NATO: "‹XX›",
    "1,000.5": "‹0›",
    "1990s": "‹x0›",
    "well-known": "‹x-›",
    "(": "‹?›",
    I: "‹Xx›",
    is: "‹x›",
    élan: "‹x›",
    Élan: "‹Xx›",
  };
  for (const [word, wanted] of Object.entries(classes)) assert.is(wordClass(word), wanted, word);
});

treebank("words are read as they are, or small, or as their class", () => {
  const reader = new WordReader(["The", "dog", "the"]);
  assert.equal(
    ["The", "the", "Dog", "DOG", "dogs", "Dogs"].map((word) => reader.read(word)),
    ["The", "the", "dog", "dog", "‹x~s›", "‹Xx~s›"],
  );
  const sentences = [
    ["b", "a", "a"],
    ["c", "b"],
  ];
  assert.equal(frequentWords(sentences, 2), ["a", "b"]);
  assert.equal(frequentWords(sentences, 1), ["a", "b", "c"]);
});

treebank("a grammar of a treebank parses words that it has never seen, and keeps them", () => {
  const trees = readTreebank(
    ["dogs", "men", "cats"]
      .flatMap((noun) =>
        ["barked", "slept"].map((verb) => `(ROOT (S (NP (DT the) (NNS ${noun})) (VP (VBD ${verb})) (. .)))`),
      )
      .join("\n"),
  );
  const parser = new TreebankParser(trees, { horizontal: 1, parents: true, leastWords: 3 });
  assert.is(
    writeTree(parser.parse(["the", "mailmen", "jumped", "."])!),
    "(S (NP (DT the) (NNS mailmen)) (VP (VBD jumped)) (. .))",
  );
  assert.is(parser.parse(["the", "the"]), undefined);
  assert.match(thrownBy(() => parser.parse([])).message, /there are 0 words/);
});

treebank("pairs are sentences from their end and trees without tags; rare words are classes", () => {
  const trees = readTreebank(
    "(S (NP-SBJ (DT the) (NN rain)) (VP (VBD fell) (PP (IN on) (NP (NP (DT the) (NN roof)) (PP (IN of) (NP (NN Rome)))))))\n(NP (DT the) (NN end))",
  );
  const { pairs, sourceSymbols, targetSymbols, skipped } = parsingPairs(trees, { leastWords: 2, maxWords: 20 });
  assert.equal(
    pairs.map(([source]) => source.join(" ")),
    ["‹Xx› ‹x› ‹x› the ‹x› ‹x› ‹x› the", "‹x› the"],
  );
  assert.is(pairs[1]![1].join(" "), "(NP XX XX )NP");
  assert.equal(sourceSymbols, ["‹x›", "the", "‹Xx›"]);
  assert.equal(targetSymbols, ["XX", "(NP", "(PP", "(S", "(VP", ")NP", ")PP", ")S", ")VP"]);
  assert.is(skipped, 0);
  assert.is(parsingPairs(trees, { leastWords: 2, maxWords: 5 }).skipped, 1);
  assert.match(
    thrownBy(() => parsingPairs(trees, { leastWords: 2, maxWords: 1 })).message,
    /no tree has at most 1 words/,
  );
});

treebank("phrases of a length are sentences of their own, too, and words count once", () => {
  const trees = readTreebank("(S (NP (DT the) (NN rain)) (VP (VP (VBD fell) (PP (IN on) (NP (NN Rome))))))");
  const { pairs, sourceSymbols } = parsingPairs(trees, { leastWords: 2, maxWords: 20, phrases: 2 });
  assert.equal(
    pairs.map(([, target]) => target.join(" ")),
    [
      "(S (NP XX XX )NP (VP (VP XX (PP XX (NP XX )NP )PP )VP )VP )S",
      "(NP XX XX )NP",
      "(VP XX (PP XX (NP XX )NP )PP )VP",
      "(PP XX (NP XX )NP )PP",
    ],
  );
  assert.equal([...sourceSymbols].sort(), ["‹Xx›", "‹x›"]);
});

treebank.run();
