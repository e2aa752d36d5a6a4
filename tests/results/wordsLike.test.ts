/** Words made up by how letters follow each other. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { wordsLike } from "../../reproduce/teaching/wordsLike.js";

const made = suite("wordsLike");

/** All words of an alphabet of three, of one to five letters, that have no letter twice in a row. */
const words = Array.from({ length: 5 }).reduce<string[][]>(
  (all) => [
    ...all,
    (all.at(-1) ?? [""]).flatMap((word) => [..."abc"].filter((x) => !word.endsWith(x)).map((x) => word + x)),
  ],
  [],
);
const known = words.flat().filter((_, i) => i % 3);

made("words are new, differ, and have no run of letters that the given ones do not have", () => {
  const order = 2;
  const runsOf = (all: readonly string[]): Set<string> =>
    new Set(
      all.flatMap((word) => {
        const letters = `${"^".repeat(order)}${word}$`;
        return Array.from({ length: letters.length - order }, (_, i) => letters.slice(i, i + order + 1));
      }),
    );
  const given = runsOf(known);
  const drawn = wordsLike(known, 20, { order, seed: 1 });
  assert.is(drawn.length, 20);
  assert.is(new Set([...known, ...drawn]).size, known.length + 20);
  for (const run of runsOf(drawn)) assert.ok(given.has(run), run);
  assert.ok(drawn.every((word) => word.length <= 5 && word));
});

made("a seed's words are always the same, and another one's are others", () => {
  const [first, again, other] = [1, 1, 2].map((seed) => wordsLike(known, 20, { order: 1, seed }));
  assert.equal(first, again);
  assert.not.equal(first, other);
  assert.equal(wordsLike(known, 10, { order: 1, seed: 1 }), first!.slice(0, 10));
});

made("letters come as often as they do in the given words", () => {
  // So many digits that hardly a word that is drawn is one of these.
  const like = Array.from(
    { length: 400 },
    (_, i) => `${i % 4 ? "ab" : "aa"}${String((i * 7919) % 1e6).padStart(6, "0")}`,
  );
  const drawn = wordsLike(like, 1000, { order: 1, seed: 1 });
  const after = drawn.flatMap((word) => [...word].filter((_, i) => word[i - 1] === "a"));
  const part = after.filter((letter) => letter === "b").length / after.length;
  // 300 b follow an a, 100 a, and 100 digits, behind the second a.
  assert.ok(Math.abs(part - 0.6) < 0.06, `${part}`);
});

made("where there are not so many it says how many there are", () => {
  assert.throws(() => wordsLike(["ab", "ac"], 1, { order: 1, seed: 1 }), /no more than 0/);
  assert.throws(() => wordsLike(["aab", "bba"], 1_000, { order: 1, seed: 1 }), /no more than \d+/);
});

made.run();
