/** Transductions: words of a source, and the words that are to be made of them. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import type { Transduction } from "../../bindings/systems/neuralStack/mappings.js";
import {
  transductionTask,
  type TransductionTask,
  type TransductionTaskOptions,
} from "../../bindings/systems/neuralStack/transductionTask.js";
import type { GenerateOptions } from "../../bindings/tasks/task.js";
import { array, zeros } from "../support/array.js";
import { answered, drawn, sequencesOf } from "../support/answered.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();

interface Read {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** Pairs of words, and a check of everything that is around them. */
function pairsOf(task: TransductionTask, count: number, options: GenerateOptions = {}, seed = 4): Read[] {
  const { sourceWords, targetWords } = task;
  return sequencesOf(drawn(task, count, options, new Random(seed))).map(({ inputs, targets, due }) => {
    const numbers = inputs.map((row) => {
      assert.is(
        row.reduce((a, b) => a + b),
        1,
      );
      return row.indexOf(1);
    });
    const separator = numbers.indexOf(1);
    assert.is(numbers[0], 0, "the start comes first");
    assert.equal(
      due,
      numbers.map((_, step) => step >= separator),
      "what counts is behind the separator",
    );
    const outputs = targets.map(([output]) => output!);
    assert.is(outputs.at(-1), 0, "the end comes last");
    assert.ok(outputs.slice(separator, -1).every((output) => output > 0));
    const source = numbers.slice(1, separator).map((number) => sourceWords[number - 2]!);
    const target = outputs.slice(separator, -1).map((output) => targetWords[output - 1]!);
    const fed = numbers.slice(separator + 1).map((number) => targetWords[number - 2 - sourceWords.length]!);
    assert.equal(fed, target, "each word of the target is the next input");
    assert.equal(task.targetOf(source), target);
    return { source, target };
  });
}

const small: TransductionTaskOptions = { symbols: 5, minLength: 2, maxLength: 8 };
const mappings = suite("transductions");
const rearranged: Partial<Record<Transduction, (words: readonly string[]) => string[]>> = {
  copy: (words) => [...words],
  reversal: (words) => words.toReversed(),
  "bigram-flip": (words) => words.map((_, i) => words[i % 2 ? i - 1 : i + 1]!),
};
for (const [mapping, rearrange] of Object.entries(rearranged) as [
  Transduction,
  (words: readonly string[]) => string[],
][]) {
  mappings(`${mapping}: random words and their rearrangement, of every length there is`, () => {
    const pairs = pairsOf(transductionTask({ ...small, mapping }), 200);
    for (const { source, target } of pairs) assert.equal(target, rearrange(source));
    const lengths = new Set(pairs.map(({ source }) => source.length));
    assert.equal([...lengths].sort(), mapping === "bigram-flip" ? [2, 4, 6, 8] : [2, 3, 4, 5, 6, 7, 8]);
    assert.equal([...new Set(pairs.flatMap(({ source }) => source))].sort(), ["a", "b", "c", "d", "e"]);
  });
}

/** Class of a word: its name without its number. */
const classOf = (word: string): string => word.replace(/\d+$/, "");

/** Words of a phrase of nouns, with relative clauses. */
const NOUNS = (noun: string): string => `(?:${noun}|rp|v)+`;

mappings("svo-sov: the object comes in front of the last verb that is not of a relative clause", () => {
  const task = transductionTask({ mapping: "svo-sov", symbols: 3, minLength: 3, maxLength: 10 });
  let relative = 0;
  for (const { source, target } of pairsOf(task, 200)) {
    const classes = source.map(classOf).join("");
    assert.match(classes, new RegExp(`^${NOUNS("s")}v${NOUNS("o")}$`));
    const object = source.findIndex((word) => classOf(word) === "o");
    const verb = object - 1;
    assert.equal(target, [...source.slice(0, verb), ...source.slice(object), source[verb]!]);
    relative += Number(source.includes("rp"));
  }
  assert.ok(relative > 0);
});

mappings("gender: every article gets the gender of its noun, and all other words stay or have their own", () => {
  const task = transductionTask({ mapping: "gender", symbols: 3, minLength: 5, maxLength: 12 });
  const articles: Readonly<Record<string, string>> = {
    "the m": "der",
    "the f": "die",
    "the n": "das",
    "a m": "ein",
    "a f": "eine",
    "a n": "ein",
  };
  const others: Readonly<Record<string, string>> = { and: "und", or: "oder" };
  const seen = new Set<string>();
  for (const { source, target } of pairsOf(task, 300)) {
    const expected = source.map((word, i) => {
      const of = articles[`${word} ${classOf(source[i + 1] ?? "")}`];
      seen.add(of ?? word);
      return of ?? others[word] ?? word;
    });
    assert.equal(target, expected);
    assert.equal(source.filter((word) => ["the", "a"].includes(word)).length % 2, 0, "nouns are in pairs");
  }
  for (const word of ["der", "die", "das", "ein", "eine", "and", "or"]) assert.ok(seen.has(word), word);
});

mappings("lengths of a grammar are as probable as among sentences that are drawn freely", () => {
  const random = new Random(9);
  const noun = (): number => {
    const draw = random.uniform();
    return draw < 1 / 5 ? noun() + noun() : draw < 2 / 5 ? noun() + noun() + 2 : 1;
  };
  const most = 7;
  const free = Array.from({ length: 20_000 }, () => noun() + 1 + noun()).filter((length) => length <= most);
  const task = transductionTask({ mapping: "svo-sov", symbols: 2, minLength: 3, maxLength: most });
  const own = pairsOf(task, 4_000).map(({ source }) => source.length);
  const shareOf = (lengths: readonly number[], length: number): number =>
    lengths.filter((each) => each === length).length / lengths.length;
  for (let length = 3; length <= most; ++length) {
    const [expected, actual] = [shareOf(free, length), shareOf(own, length)];
    assert.ok(Math.abs(expected - actual) < 0.03, `${length}: ${actual}, and freely ${expected}`);
  }
});

mappings("a length that is asked for is that of every source", () => {
  for (const mapping of ["copy", "reversal", "bigram-flip", "svo-sov", "gender"] as const) {
    const task = transductionTask({ ...small, minLength: 5, mapping });
    for (const { source } of pairsOf(task, 10, { length: 20 })) assert.is(source.length, 20);
  }
});

mappings("what no source can be has no target", () => {
  const of = (mapping: Transduction, text: string) =>
    transductionTask({ ...small, minLength: 5, mapping }).targetOf(text ? text.split(" ") : []);
  for (const mapping of ["copy", "reversal", "bigram-flip", "svo-sov", "gender"] as const) {
    assert.is(of(mapping, ""), undefined);
    assert.is(of(mapping, "a z"), undefined);
  }
  assert.is(of("bigram-flip", "a b c"), undefined);
  for (const text of ["s1 v1", "v1 s1 o1", "s1 v1 o1 o2 v2", "s1 rp v1 o1"]) assert.is(of("svo-sov", text), undefined);
  assert.equal(of("svo-sov", "s1 rp s2 v1 v2 o3"), ["s1", "rp", "s2", "v1", "o3", "v2"]);
  for (const text of ["the m1", "the m1 and a", "the w1 and a m1", "the m1 or a f1"]) {
    assert.is(of("gender", text), undefined);
  }
  assert.equal(of("gender", "the m1 and a f2 w1"), ["der", "m1", "und", "eine", "f2", "w1"]);
});

mappings("the same seed draws the same, and another other pairs", () => {
  const task = transductionTask({ ...small, mapping: "svo-sov", minLength: 3 });
  assert.equal(pairsOf(task, 20), pairsOf(task, 20));
  assert.not.equal(pairsOf(task, 20), pairsOf(task, 20, {}, 5));
});

mappings("has the words and lengths of the paper unless told otherwise", () => {
  const sizes = (mapping: Transduction): number[] => {
    const { sourceWords, targetWords, options } = transductionTask({ mapping });
    return [sourceWords.length, targetWords.length, options["minLength"] as number, options["maxLength"] as number];
  };
  assert.equal(sizes("copy"), [128, 128, 8, 64]);
  assert.equal(sizes("svo-sov"), [100, 100, 8, 64]);
  assert.equal(sizes("gender"), [104, 107, 8, 64]);
});

mappings("says which of its options is wrong", () => {
  const error = (options: object): Error => thrownBy(() => transductionTask(options));
  assert.match(error({ mapping: "sort" }).message, /^transductionTask: mapping is "sort", and must be /);
  assert.match(
    error({ minLength: 9, maxLength: 3 }).message,
    /^transductionTask: minLength is 9, and must be at most /,
  );
  const flip = { mapping: "bigram-flip", minLength: 3, maxLength: 3 };
  assert.match(error(flip).message, /^transductionTask: no source of "bigram-flip" has from 3 to 3 words$/);
  const gender = transductionTask({ mapping: "gender", symbols: 2, minLength: 5, maxLength: 6 });
  const asked = thrownBy(() => drawn(gender, 1, { length: 4 }, new Random(1)));
  assert.match(asked.message, /^transductionTask: no source of "gender" has 4 words$/);
  assert.instance(asked, RangeError);
});
mappings.run();

const metrics = suite("transductions: metrics");
metrics("a mistake makes a sequence wrong, and its target from there on", () => {
  const task = transductionTask({ ...small, mapping: "copy" });
  const { outputSize } = task;
  const batch = drawn(task, 2, { length: 3 }, new Random(4));
  const due = sequencesOf(batch).map(({ targets, due }) => ({ targets, first: due.indexOf(true) }));
  const logits = zeros([batch.time, 2, outputSize]);
  due.forEach(({ targets }, sequence) =>
    targets.forEach(([output], t) => (logits.data[(t * 2 + sequence) * outputSize + output!] = 5)),
  );
  const measured = (): Readonly<Record<string, number>> =>
    answered(engine, task, batch, array(logits.shape, Array.from(logits.data)));
  const near = (actual: Readonly<Record<string, number>>, sequenceError: number, prefixError: number): void => {
    assert.is(actual["sequenceError"], sequenceError);
    assert.ok(Math.abs(actual["prefixError"]! - prefixError) < 1e-6, String(actual["prefixError"]));
  };
  near(measured(), 0, 0);
  const spoil = (sequence: number, step: number): void => {
    const at = ((due[sequence]!.first + step) * 2 + sequence) * outputSize;
    const right = due[sequence]!.targets[due[sequence]!.first + step]![0]!;
    logits.data[at + ((right + 1) % outputSize)] = 9;
  };
  spoil(0, 3); // its end
  near(measured(), 1, 1 / 4);
  spoil(0, 1);
  near(measured(), 1, 3 / 4);
  spoil(1, 0);
  near(measured(), 2, 7 / 4);
});
metrics.run();
