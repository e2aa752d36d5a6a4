/** What is decided about pairs before they are learned: how they are read, and which are held out. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { lessonOf } from "../../bindings/learn/lesson.js";
import { areRuns, closedRuns, strangeRun } from "../../bindings/learn/runs.js";
import { symbolsOf, textOf, type Reading } from "../../bindings/learn/reading.js";
import { evenly, readingOf } from "../../bindings/learn/sides.js";
import { examplesOf, splitExamples, type TextPair } from "../../bindings/learn/splitting.js";
import { numberWordPairs, romanPairs, snakeCasePairs } from "../../reproduce/ownPairs.js";
import { thrownBy } from "../support/thrown.js";

const readings = suite("readings");

readings("symbols make the text again, whatever is in it, but for blanks at its ends and their number", () => {
  const texts = [
    "hello",
    "it's 3.14, isn’t it?",
    "a  b   c",
    " «Ça va ?» ",
    "e\u0301tude",
    "日本語 テスト",
    "🙂 ok",
    "x_y-z",
    "1,000.5",
    "",
  ];
  for (const text of texts) {
    const whole = text.normalize("NFC").trim();
    assert.is(textOf("characters", symbolsOf("characters", text)), whole);
    const single = whole.replace(/\s+/g, " ");
    assert.is(textOf("words", symbolsOf("words", text)), single, text);
    assert.is(textOf("symbols", symbolsOf("symbols", text)), single, text);
  }
});

readings(
  "words keep apostrophes and separators, marks are by themselves, and a blank goes with what it is in front of",
  () => {
    assert.equal(symbolsOf("words", "Don't pay 1,000.50 (now)!"), [
      " Don't",
      " pay",
      " 1,000.50",
      " (",
      "now",
      ")",
      "!",
    ]);
    assert.equal(symbolsOf("symbols", " K  AE B "), ["K", "AE", "B"]);
    assert.equal(symbolsOf("characters", "né e"), ["n", "é", " ", "e"]);
  },
);

const random = new Random(3);
const one = (list: readonly string[]): string => list[random.integer(0, list.length - 1)]!;
const many = (count: number, draw: () => string): string[] => Array.from({ length: count }, draw);
const phonemes = "AA AE AH B D EH F G IY K L M N OW P R S T UW Z".split(" ");
const vocabulary = many(400, () => many(random.integer(2, 7), () => one([..."aeioulnrst"])).join(""));
const sentence = (): string => `${many(random.integer(4, 9), () => one(vocabulary)).join(" ")}.`;

readings("what texts are made of is seen from them", () => {
  const cases: readonly (readonly [Reading, string, readonly string[]])[] = [
    ["characters", "roman numerals", romanPairs().pairs.map(([source]) => source)],
    ["characters", "numbers", romanPairs().pairs.map(([, target]) => target)],
    ["characters", "names in code", snakeCasePairs().pairs.map(([source]) => source)],
    ["symbols", "number words", numberWordPairs().pairs.map(([, target]) => target)],
    ["symbols", "phonemes", many(2000, () => many(random.integer(2, 8), () => one(phonemes)).join(" "))],
    ["symbols", "labels", many(500, () => one(["positive", "negative", "neutral"]))],
    ["words", "prose", many(3000, sentence)],
    ["characters", "few sentences", many(30, sentence)],
    [
      "characters",
      "dates",
      many(3000, () => `${random.integer(1, 31)}.${random.integer(1, 12)}. ${random.integer(1000, 2999)}`),
    ],
    [
      "characters",
      "names of people",
      many(3000, () => many(2, () => many(7, () => one([..."abcdefghijklmnop"])).join("")).join(" ")),
    ],
    ["characters", "nothing", ["", " "]],
  ];
  for (const [reading, what, texts] of cases) assert.is(readingOf(texts), reading, what);
});

readings(
  "prose is read by subwords where it has more words than a vocabulary, and by words where it is asked to be",
  () => {
    const word = (): string => many(random.integer(3, 8), () => one([..."aeioulnrst"])).join("");
    const words = many(2600, word);
    const pairs = many(6000, () => "").map((): TextPair => [
      `${many(6, () => one(words)).join(" ")}.`,
      one(["yes", "no"]),
    ]);
    const lesson = lessonOf(pairs, 1, {});
    assert.equal([lesson.sides.source, lesson.sides.target], ["subwords", "symbols"]);
    assert.is(lesson.sourceSymbols.length, 2000);
    const known = new Set(lesson.sourceSymbols);
    for (const [source] of lesson.pairs) assert.ok(source.every((symbol) => known.has(symbol)));
    assert.ok(lesson.pairs.some(([source]) => source.length > 7));
    assert.is(lessonOf(pairs, 1, { source: "words" }).sides.source, "words");
    assert.throws(() => symbolsOf("subwords", "a"), /needs them as its third argument/);
  },
);

readings("a sample is evenly from all of a list", () => {
  assert.equal(evenly([1, 2, 3], 5), [1, 2, 3]);
  assert.equal(evenly([0, 1, 2, 3, 4, 5, 6, 7], 4), [0, 2, 4, 6]);
});

const splits = suite("splits");

splits("a source has all its targets on one side, and pairs that are there twice count once", () => {
  const examples = examplesOf([
    ["read", "red"],
    ["read ", "reed"],
    ["read", "red"],
    ["nonsense", ""],
  ]);
  assert.equal(examples, [
    { source: "read", targets: ["red", "reed"] },
    { source: "nonsense", targets: [""] },
  ]);
});

splits("no source is on two sides, also where only case or blanks differ, and none is lost", () => {
  const pairs = Array.from({ length: 900 }, (_, i): TextPair => {
    const word = `word  ${i % 300}`;
    return [i < 300 ? word : i < 600 ? word.toUpperCase() : word.replace("  ", " "), `w${i}`];
  });
  for (const seed of [1, 2, 3]) {
    const { training, development, test } = splitExamples(examplesOf(pairs), seed);
    const families = [training, development, test].map(
      (part) => new Set(part.map(({ source }) => source.toLowerCase().replace(/\s+/g, " "))),
    );
    assert.equal(
      families.map(({ size }) => size),
      [210, 60, 30],
    );
    assert.is(new Set(families.flatMap((each) => [...each])).size, 300);
    assert.is(training.length + development.length + test.length, 900);
  }
});

splits("a seed splits in one way, and another in another", () => {
  const examples = examplesOf(romanPairs().pairs);
  const of = (seed: number): string =>
    splitExamples(examples, seed)
      .test.map(({ source }) => source)
      .join();
  assert.is(of(1), of(1));
  assert.is.not(of(1), of(2));
});

splits("one's own test is the test, and its sources are learned from nowhere", () => {
  const { pairs } = romanPairs();
  const heldOut = examplesOf([
    ["mm", "2000"],
    ["nulla", "0"],
  ]);
  const { training, development, test } = splitExamples(examplesOf(pairs), 1, heldOut);
  assert.is(test, heldOut);
  assert.is(training.length + development.length, pairs.length - 1);
  assert.not([...training, ...development].some(({ source }) => source === "MM"));
});

splits("parts have the sizes that hold: a tenth, more of few, and 2,000 at most", () => {
  const sizes = (count: number): number[] => {
    const examples = examplesOf(Array.from({ length: count }, (_, i): TextPair => [`s${i}`, "t"]));
    const { training, development, test } = splitExamples(examples, 1);
    return [training.length, development.length, test.length];
  };
  assert.equal(sizes(100), [70, 20, 10]);
  assert.equal(sizes(1000), [700, 200, 100]);
  assert.equal(sizes(5000), [4000, 500, 500]);
  assert.equal(sizes(50_000), [46_000, 2000, 2000]);
});

const lessons = suite("lessons");

lessons("pairs become symbols; vocabularies are those of what is learned from, and a limit is a little more", () => {
  const { pairs } = numberWordPairs({ count: 3000 });
  const lesson = lessonOf(pairs, 1, {});
  const { source, target, longest, limit } = lesson.sides;
  assert.equal([source, target, longest], ["characters", "symbols", 6]);
  assert.equal(lesson.sourceSymbols, [..."0123456789"]);
  assert.ok(lesson.targetSymbols.includes("twenty-one"));
  const most = Math.max(...lesson.pairs.map(([, symbols]) => symbols.length));
  assert.ok(limit > most && limit < 1.5 * most + 3, `${limit}`);
  assert.is(lessonOf(pairs, 1, { target: "characters" }).sides.target, "characters");
});

lessons("rare words of a source are unknown ones", () => {
  const pairs = many(600, sentence).map((text, i): TextPair => [
    `${text} rare${[...String(i)].map((digit) => "abcdefghij"[Number(digit)]!).join("")}`,
    one(["a", "b"]),
  ]);
  const { sourceSymbols, sides } = lessonOf(pairs, 1, { source: "words" });
  assert.is(sides.target, "symbols");
  assert.ok(sourceSymbols.length > 300);
  assert.not(sourceSymbols.some((word) => word.includes("rare")));
});

lessons("what cannot be learned is said", () => {
  const few = Array.from({ length: 24 }, (_, i): TextPair => [`s${i}`, "t"]);
  assert.match(
    thrownBy(() => lessonOf(few.slice(0, 15), 1, {})).message,
    /there are 15 different sources .* at least 20/,
  );
  const all = thrownBy(() => lessonOf(few, 1, { heldOut: few })).message;
  assert.match(all, /every source is held out, and some must be left to learn from/);
  const empty = few.map(([source]): TextPair => [source, " "]);
  assert.match(thrownBy(() => lessonOf(empty, 1, {})).message, /every target is empty, and some must not be/);
});

const runs = suite("runs");

runs("those of Roman numerals are a closed list, and what is none has others", () => {
  const { pairs, heldOut } = romanPairs();
  const closed = lessonOf(pairs, 1, {}).sides.runs!;
  assert.ok(areRuns(JSON.parse(JSON.stringify(closed))));
  const strange = (text: string): string | undefined => strangeRun(closed, [...text], "");
  const refused = heldOut.filter(([source]) => strange(source) !== undefined).length;
  assert.ok(refused <= 0.01 * heldOut.length, `${refused} of ${heldOut.length} are refused`);
  for (const text of ["VX", "MCMXCIVX", "IIX", "IXX", "LL", "XM"]) assert.ok(strange(text), text);
  assert.is(strange("XIV"), undefined);
});

runs("texts of symbols in any order have no closed list", () => {
  const symbols = Array.from({ length: 300 }, (_, i) => String.fromCharCode(0x4e00 + i));
  const all = Array.from({ length: 1000 }, () =>
    many(random.integer(3, 9), () => one(symbols))
      .join("")
      .split(""),
  );
  assert.is(closedRuns(all.slice(0, 900), all.slice(900)), undefined);
  assert.not(areRuns({ length: 9, seen: [] }));
  assert.not(areRuns({ length: 2, seen: [1] }));
});

readings.run();
runs.run();
splits.run();
lessons.run();
