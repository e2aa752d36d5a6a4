/** Byte-pair encoding: the paper's own example, a plain reference that counts everything anew, and what must hold. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../bindings/common/random/philox.js";
import { learnSubwords, Subwords } from "../bindings/common/subwords.js";

const subwords = suite("subwords");

subwords("the first pieces of the paper's example are the paper's (Sennrich, Haddow & Birch 2016, algorithm 1)", () => {
  const words = new Map([
    ["low_", 5],
    ["lower_", 2],
    ["newest_", 6],
    ["widest_", 3],
  ]);
  const symbols = learnSubwords(words, { size: 11 + 5, least: 2 });
  assert.equal(symbols.slice(0, 11).sort(), [..."_deilnorstw"]);
  assert.equal(symbols.slice(11), ["es", "est", "est_", "lo", "low"]);
  assert.equal(new Subwords(symbols).of("lowest_"), ["low", "est_"]);
});

/** Counts all neighbours of all words again for each piece. */
function reference(words: ReadonlyMap<string, number>, size: number, least: number): string[] {
  const counts = new Map<string, number>();
  for (const [word, n] of words) for (const c of word) counts.set(c, (counts.get(c) ?? 0) + n);
  const byCount = (a: readonly [string, number], b: readonly [string, number]): number =>
    b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  const symbols = [...counts].sort(byCount).map(([c]) => c);
  while (symbols.length < size) {
    const pairs = new Map<string, number>();
    const known = new Subwords(symbols);
    for (const [word, n] of words) {
      const pieces = known.of(word);
      pieces.slice(1).forEach((piece, i) => pairs.set(pieces[i]! + piece, (pairs.get(pieces[i]! + piece) ?? 0) + n));
    }
    const [best] = [...pairs].filter(([, n]) => n >= least).sort(byCount);
    if (!best) break;
    symbols.push(best[0]);
  }
  return symbols;
}

subwords("counted as words change, it learns what counting everything anew does", () => {
  const random = new Random(5);
  for (const [letters, longest] of [
    ["ab", 9],
    ["abc", 7],
    ["aeiouln ", 8],
  ] as const) {
    const word = (): string =>
      Array.from({ length: random.integer(1, longest) }, () => letters[random.integer(0, letters.length - 1)]!).join(
        "",
      );
    const words = new Map(Array.from({ length: 60 }, () => [word(), random.integer(1, 9)] as const));
    assert.equal(learnSubwords(words, { size: 60, least: 3 }), reference(words, 60, 3), letters);
  }
});

subwords("pieces are the word again, and the longest of those that were learned", () => {
  const cut = new Subwords([..."elorw", "lo", "er", "low"]);
  assert.equal(cut.of("lower"), ["low", "er"]);
  assert.equal(cut.of(""), []);
  for (const word of ["lololow", "🙂low", "naïve", "wol"]) assert.is(cut.of(word).join(""), word);
  assert.equal(cut.of("🙂low"), ["🙂", "low"]);
});

subwords("rare characters are in no piece, and there are no pieces of what is seen too seldom", () => {
  const words = new Map([
    ["abab", 3],
    ["abz", 1],
  ]);
  const symbols = learnSubwords(words, { size: 99, least: 3, leastCharacter: 2 });
  assert.equal(symbols, ["a", "b", "ab", "abab"]);
  assert.equal(new Subwords(symbols).of("abz"), ["ab", "z"]);
  assert.equal(learnSubwords(new Map(), { size: 9, least: 1 }), []);
});

subwords.run();
