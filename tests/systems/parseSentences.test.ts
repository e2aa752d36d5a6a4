import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeTree } from "../../bindings/parsing/brackets.js";
import { delinearise } from "../../bindings/parsing/linear.js";
import { treeWords } from "../../bindings/parsing/tree.js";
import { AttentionSeq2Seq } from "../../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { parseSentences } from "../../bindings/systems/attentionSeq2Seq/parsing/parseSentences.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine("release");
const targetSymbols = ["XX", "(S", "(NP", ")S", ")NP"];
const model = new AttentionSeq2Seq({
  sourceSymbols: ["the", "dog", "Mary", "‹x~ing›"],
  targetSymbols,
  hiddenSize: 8,
  embeddingSize: 4,
  attentionSize: 4,
  seed: 3,
});

const parsing = suite("parseSentences");

const sentences = ["the dog", "dog", "the dog the dog the dog", "Mary barking The dog", "mary unheard"].map((text) =>
  text.split(" "),
);

parsing("a model that has learned nothing says trees over all words, too", () => {
  for (const beam of [1, 3]) {
    const parses = parseSentences(model, engine, sentences, { beam });
    parses.forEach(({ tree, words, symbols, isWellFormed, repairs }, i) => {
      assert.equal(words, sentences[i]);
      assert.equal(treeWords(tree), sentences[i]);
      assert.equal({ tree, repairs, isWellFormed }, delinearise(symbols, words));
    });
  }
});

parsing("a sentence has the same tree alone as among others", () => {
  const together = parseSentences(model, engine, sentences);
  sentences.forEach((words, i) => {
    const [alone] = parseSentences(model, engine, [words]);
    assert.is(writeTree(alone!.tree), writeTree(together[i]!.tree));
    assert.ok(Math.abs(alone!.score - together[i]!.score) < 1e-4);
  });
});

parsing("the model reads the last word first, in the form that it knows, or its class", () => {
  const [, , , third, fourth] = parseSentences(model, engine, sentences);
  assert.equal(third!.source, ["dog", "the", "‹x~ing›", "Mary"]);
  assert.equal(third!.unknown, ["barking"]);
  assert.equal(fourth!.source, ["‹x›", "Mary"]);
  assert.equal(fourth!.unknown, ["unheard"]);
});

parsing("attention is of each symbol over the words", () => {
  const [{ attention, symbols }] = parseSentences(model, engine, [["the", "dog"]], { attention: true }) as [
    ReturnType<typeof parseSentences>[number],
  ];
  assert.ok(attention!.length >= symbols.length);
  for (const row of attention!) assert.ok(Math.abs([...row].reduce((a, b) => a + b) - 1) < 1e-5);
  assert.is(parseSentences(model, engine, [["the"]])[0]!.attention, null);
  assert.equal(parseSentences(model, engine, []), []);
});

parsing("what is no sentence is refused", () => {
  const refused = (given: unknown, options = {}): Error =>
    thrownBy(() => parseSentences(model, engine, given as string[][], options));
  assert.match(refused("the dog").message, /the sentences are "the dog", and must be an array/);
  assert.match(refused(["the dog"]).message, /sentence 0 is "the dog", and must be an array of words/);
  assert.match(refused([["the"], ["dog", " "]]).message, /sentence 1 is an array, and must be an array of words/);
  const none = refused([["the"], []]);
  assert.instance(none, RangeError);
  assert.match(none.message, /sentence 1 has 0 words, and must have 1 to 200/);
  const long = refused([Array.from({ length: 10_000 }, () => "dog")]);
  assert.instance(long, RangeError);
  assert.match(long.message, /sentence 0 has 10000 words/);
  assert.match(refused([["the"]], { beam: 0 }).message, /beam is 0/);
  assert.match(refused([["the"]], { bean: 1 }).message, /bean/);
});

parsing.after(() => {
  model.release(engine);
  engine.dispose();
});
parsing.run();
