/** What models of conversation are compared with, checked against known values. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/core.js";
import { KneserNey } from "../../reproduce/conversation/kneserNey.js";
import { SharedWords } from "../../reproduce/conversation/retrieval.js";

const ngrams = suite("n-grams of Kneser & Ney");

const close = (value: number, expected: number): void =>
  assert.ok(Math.abs(value - expected) < 1e-12, `${value} is ${expected}`);

/** < and > begin and end a text; e and g are none of the vocabulary of NLTK's test, and so the same unknown one. */
const numbered = (text: string): number[] => [...text].map((letter) => "<>abcdzy".indexOf(letter.replace(/[eg]/, "y")));

ngrams("have the probabilities that NLTK's tests of KneserNeyInterpolated work out by hand", () => {
  const texts = ["<<<abcd>>", "<<<egadbe>>"].map(numbered);
  const model = new KneserNey(texts, { order: 3, symbols: 8, discount: 0.75 });
  const p = (letter: string, before: string): number => model.probability(numbered(letter)[0]!, numbered(before));
  close(p("c", ""), 1 / 14);
  close(p("z", ""), 0);
  close(p("y", ""), 3 / 14);
  close(p("c", "b"), 0.125 + 0.75 * (1 / 14));
  close(p("c", "ab"), 0.25 + 0.75 * (0.125 + 0.75 * (1 / 14)));
  close(p("c", "zb"), 0.125 + 0.75 * (1 / 14));
});

ngrams("sum to 1 after every context, seen or not, with discounts of Chen & Goodman", () => {
  const random = new Random(3);
  const symbols = 6;
  // Some follow others more often, so that there are n-grams of all counts.
  const next = (last: number): number =>
    random.integer(0, 2) ? (last * 2 + 1) % symbols : random.integer(0, symbols - 1);
  const text = [0];
  for (let i = 0; i < 400; ++i) text.push(next(text.at(-1)!));
  const model = new KneserNey([text], { order: 4, symbols });
  const counts = new Set<number>();
  for (let i = 0; i < 300; ++i) {
    const before = Array.from({ length: i % 5 }, () => random.integer(0, symbols - 1));
    const all = Array.from({ length: symbols }, (_, symbol) => model.probability(symbol, before));
    close(
      all.reduce((a, b) => a + b, 0),
      1,
    );
    assert.ok(all.every((p) => p >= 0));
    counts.add(before.length);
  }
  assert.is(counts.size, 5);
});

ngrams("take from counts what equation 26 says", () => {
  // Bigrams of one text: ab three times; ba and dd twice; bc and cd once.
  const model = new KneserNey([[..."abababcddd"].map((letter) => "abcd".indexOf(letter))], { order: 2, symbols: 4 });
  const y = 2 / (2 + 2 * 2);
  const [d1, d2, d3] = [1 - 2 * y * (2 / 2), 2 - 3 * y * (1 / 2), 3];
  // Of five bigrams one ends with b. After a there is nothing else, and all of it is taken.
  close(model.probability(1, [0]), (3 - d3) / 3 + (d3 / 3) * (1 / 5));
  // After b there are a, twice, and c, once.
  close(model.probability(2, [1]), (1 - d1) / 3 + ((d1 + d2) / 3) * (1 / 5));
});

const shared = suite("shared words");

shared("are told by their rarity", () => {
  const texts = ["do you like the film", "i like the song", "the weather is bad"].map((text) => text.split(" "));
  const retrieval = new SharedWords(texts);
  const like = (a: string, b: string): number => retrieval.likeness(a.split(" "), b.split(" "));
  close(like("a film", "film a"), 1);
  assert.is(like("the film", "the song"), 0); // all texts have "the"
  assert.is(like("", "song"), 0);
  assert.ok(like("the film was good", "what film") > like("i like films", "we like songs"));
});

ngrams.run();
shared.run();
