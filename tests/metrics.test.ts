import fc from "./support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isSameDenotation } from "../bindings/metrics/denotation.js";
import { editDistance } from "../bindings/metrics/editDistance.js";
import { errorRates } from "../bindings/metrics/errorRates.js";
import { bleu } from "../reproduce/bleu.js";
import { thrownBy } from "./support/thrown.js";

const words = (text: string): string[] => text.split(" ").filter(Boolean);

const metrics = suite("metrics");

metrics("edits that make a word of another", () => {
  assert.is(editDistance([..."kitten"], [..."sitting"]), 3);
  assert.is(editDistance([..."flaw"], [..."lawn"]), 2);
  assert.is(editDistance([], [..."abc"]), 3);
  assert.is(editDistance([..."abc"], []), 3);
  assert.is(editDistance([], []), 0);
});

metrics("edits are a distance: 0 for equals alone, the same both ways, no way around is shorter", () => {
  const word = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 7 });
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      assert.is(editDistance(a, b) === 0, String(a) === String(b));
      assert.is(editDistance(a, b), editDistance(b, a));
      assert.ok(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c));
    }),
  );
});

metrics("of several references the nearest counts", () => {
  const rates = errorRates(
    [words("K AE B"), words("K AH T S")],
    [[words("K AE P S"), words("K AE B")], [words("K AE T")]],
  );
  assert.equal(rates, { symbolErrorRate: 2 / 6, sequenceErrorRate: 1 / 2 });
  const refused = /there must be an answer, and one or more references for each/;
  assert.match(thrownBy(() => errorRates([], [])).message, refused);
  assert.match(thrownBy(() => errorRates([[]], [[]])).message, refused);
  assert.match(thrownBy(() => bleu([[]], [])).message, refused);
});

metrics("of references that are equally near the longest counts, wherever it stands", () => {
  const [short, long, far] = [words("K AE"), words("K AE B D"), words("AH AH AH AH AH AH")];
  for (const references of [
    [short, long, far],
    [far, long, short],
    [long, short],
  ]) {
    const rates = errorRates([words("K AE B")], [references]);
    assert.equal(rates, { symbolErrorRate: 1 / 4, sequenceErrorRate: 1 });
  }
});

metrics("an answer is the expected one: as many different items, each equal to one", () => {
  const same = (a: string, b: string): boolean => isSameDenotation(a.split("|"), b.split("|"));
  for (const [a, b] of [
    ["3", "3.0"],
    ["a|b", "b|a"],
    ["a|a|b", "b|a"],
    ["b|a", "a|a|b|b"],
    ["The  Cat", "the cat"],
    ["2014-05-xx", "2014-5-XX"],
    ["xx-05-03", "xxxx-5-3"],
    ["0.1", "0.1000000001"],
  ] as const) {
    assert.ok(same(a, b) && same(b, a), `${a} and ${b}`);
  }
  for (const [a, b] of [
    ["3", "4"],
    ["3", "3.00001"],
    ["a|b", "a"],
    ["a|b", "a|c"],
    ["a|a", "a|b"],
    ["some", "other"],
    ["2014-05-xx", "2014-06-xx"],
    ["2014-05-03", "2014-05-xx"],
    ["2014-13-01", "2014-13-1"],
    ["2014-12-32", "2014-12-032"],
    ["2014-05-03", "other"],
    ["2014", "2014-xx-xx"],
    ["xx-xx-xx", "xxxx-xx-xx"],
  ] as const) {
    assert.ok(!same(a, b) && !same(b, a), `${a} and ${b}`);
  }
});

metrics("BLEU of the examples of its paper", () => {
  // Papineni et al. 2002, example 2: clipping leaves 2 of 7, and there is no common 4-gram.
  const the = bleu(
    [words("the the the the the the the")],
    [[words("the cat is on the mat"), words("there is a cat on the mat")]],
  );
  assert.is(the.precisions[0], 2 / 7);
  assert.is(the.score, 0);
  // Example 1, candidate 1: 17 of 18 words and 10 of 17 pairs are in a reference.
  const candidate = words(
    "it is a guide to action which ensures that the military always obeys the commands of the party",
  );
  const references = [
    "it is a guide to action that ensures that the military will forever heed party commands",
    "it is the guiding principle which guarantees the military forces always being under the command of the party",
    "it is the practical guide for the army always to heed the directions of the party",
  ].map(words);
  const { precisions, brevityPenalty, score } = bleu([candidate], [references]);
  assert.equal(precisions.slice(0, 2), [17 / 18, 10 / 17]);
  assert.is(brevityPenalty, 1);
  // sacrebleu, tokenize none: 50.45666840058487
  assert.ok(Math.abs(score - 50.45666840058487) < 1e-9, String(score));
});

metrics("BLEU: 100 for what is right, less for what is short", () => {
  const sentence = words("one two three four five six");
  assert.is(bleu([sentence], [[sentence]]).score, 100);
  const short = bleu([sentence.slice(0, 4)], [[sentence]]);
  assert.is(short.precisions[3], 1);
  assert.ok(Math.abs(short.score - 100 * Math.exp(1 - 6 / 4)) < 1e-9);
});

metrics.run();
