/** Tasks of strings that follow one another: counting, memorization, binary sums. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { binarySumsTask } from "../../bindings/systems/stackRNN/binarySums.js";
import { countingTask, type CountingLanguage } from "../../bindings/systems/stackRNN/counting.js";
import { memorizationTask } from "../../bindings/systems/stackRNN/memorization.js";
import type { StringTask } from "../../bindings/systems/stackRNN/stringTask.js";
import type { GenerateOptions } from "../../bindings/tasks/task.js";
import { array, zeros } from "../support/array.js";
import { answered, drawn, sequencesOf } from "../support/answered.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();

interface Text {
  readonly text: string;
  /** Marks under the text: ^ where a character counts. */
  readonly counts: string;
}

/** Texts of sequences, with the last target at the end. */
const textsOf = (task: StringTask, count: number, options: GenerateOptions = {}): Text[] =>
  sequencesOf(drawn(task, count, options, new Random(4))).map(({ inputs, targets, due }) => {
    const read = inputs.map((row) => {
      assert.is(
        row.reduce((a, b) => a + b),
        1,
      );
      return task.alphabet[row.indexOf(1)]!;
    });
    const wanted = targets.map(([code]) => task.alphabet[code!]!);
    assert.equal(read.slice(1), wanted.slice(0, -1), "every character is the target of the step before");
    return { text: read[0] + wanted.join(""), counts: ` ${due.map((is) => (is ? "^" : " ")).join("")}` };
  });

const counting = suite("counting");
const examples: Record<CountingLanguage, RegExp> = {
  anbn: /^(a+)(b+)$/,
  anbncn: /^(a+)(b+)(c+)$/,
  anbncndn: /^(a+)(b+)(c+)(d+)$/,
  anb2n: /^(a+)(b+)$/,
  "anbmcn+m": /^(a+)(b+)(c+)$/,
};
const isOf: Record<CountingLanguage, (...counts: number[]) => boolean> = {
  anbn: (a, b) => a === b,
  anbncn: (a, b, c) => a === b && b === c,
  anbncndn: (a, b, c, d) => a === b && b === c && c === d,
  anb2n: (a, b) => b === 2 * a!,
  "anbmcn+m": (a, b, c) => c === a! + b!,
};
for (const [language, pattern] of Object.entries(examples) as [CountingLanguage, RegExp][]) {
  counting(`${language}: strings of the language one behind the other, and the a behind the last`, () => {
    const task = countingTask({ language, strings: 3, maxLength: 7 });
    const lengths = new Set<number>();
    for (const { text } of textsOf(task, 60)) {
      assert.ok(text.endsWith("a"));
      const strings = text.slice(0, -1).match(/a+[^a]+/g)!;
      assert.is(strings.length, 3);
      for (const string of strings) {
        const counts = pattern
          .exec(string)!
          .slice(1)
          .map(({ length }) => length);
        assert.ok(isOf[language](...counts), string);
        lengths.add(language === "anbmcn+m" ? counts[2]! : counts[0]!);
      }
    }
    assert.equal(
      [...lengths].sort((a, b) => a - b),
      [2, 3, 4, 5, 6, 7],
    );
  });
  counting(`${language}: exactly the characters that follow from those before count, and all are learned`, () => {
    const task = countingTask({ language, strings: 3, maxLength: 5 });
    for (const { text, counts } of textsOf(task, 30)) {
      const followers = task.followers(text);
      assert.is(followers.length, text.length + 1, text);
      const expected = Array.from(text, (_, i) => (i && followers[i]!.length === 1 ? "^" : " ")).join("");
      assert.is(counts, expected, text);
      Array.from(text, (character, i) => assert.ok(followers[i]!.includes(character)));
    }
  });
}
counting("marks by hand, and the length that is asked for", () => {
  const of = (language: CountingLanguage): Text =>
    textsOf(countingTask({ language, strings: 2 }), 1, { length: 3 })[0]!;
  assert.equal(of("anbn"), { text: "aaabbbaaabbba", counts: "    ^^^   ^^^" });
  assert.equal(of("anb2n"), { text: "aaabbbbbbaaabbbbbba", counts: "    ^^^^^^   ^^^^^^" });
  assert.equal(of("anbncn"), { text: "aaabbbcccaaabbbccca", counts: "    ^^^^^^   ^^^^^^" });
});
counting("what no string of the language begins with is followed by nothing", () => {
  const task = countingTask({ language: "anb2n" });
  assert.equal(task.followers(""), ["a"]);
  assert.equal(task.followers("abb"), ["a", "ab", "b", "a"]);
  assert.equal(task.followers("abab"), ["a", "ab", "b"]);
  assert.equal(task.followers("x"), ["a"]);
  assert.equal(countingTask({ language: "anbmcn+m" }).followers("abbcca").at(-1), "c");
});
counting("says which option is wrong", () => {
  const message = (options: object): string => thrownBy(() => countingTask(options)).message;
  assert.match(message({ language: "anbm" }), /^countingTask: language is "anbm", and must be "anbn" or "anbncn" or/);
  assert.match(message({ minLength: 1 }), /minLength is 1, and must be a whole number from 2/);
  assert.match(message({ minLength: 5, maxLength: 4 }), /minLength is 5, and must be at most maxLength, which is 4/);
  assert.match(message({ n: 5 }), /countingTask has no option "n"; it has language,/);
});
counting.run();

const memorization = suite("memorization");
memorization("symbols, a colon and their reverse, of which all behind the colon counts", () => {
  const task = memorizationTask({ symbols: 3, maxLength: 6, strings: 4 });
  assert.is(task.alphabet, "abc:");
  for (const { text, counts } of textsOf(task, 40)) {
    let rest = text;
    let at = 0;
    for (let string = 0; string < 4; ++string) {
      const length = rest.indexOf(":");
      const symbols = rest.slice(0, length);
      assert.ok(length >= 2 && length <= 6);
      assert.is(rest.slice(length + 1, 2 * length + 1), [...symbols].reverse().join(""));
      assert.is(counts.slice(at, at + 2 * length + 1), " ".repeat(length + 1) + "^".repeat(length));
      rest = rest.slice(2 * length + 1);
      at += 2 * length + 1;
    }
    assert.is(rest, "");
    assert.is(task.followers(text).length, text.length + 1);
  }
  assert.equal(task.followers("ab:bb"), ["abc", "abc:", "abc:", "b", "a"]);
  assert.is(task.followers("ab:ba").at(-1), "abc");
});
memorization.run();

const sums = suite("binary sums");
sums("two operands with their highest digit first, and their sum with its lowest first", () => {
  const task = binarySumsTask({ maxLength: 9, strings: 3 });
  const digits = new Set<number>();
  for (const { text, counts } of textsOf(task, 100)) {
    const all = text.match(/[^.]+\./g)!;
    assert.is(all.join(""), text);
    assert.is(all.length, 3);
    let at = 0;
    for (const string of all) {
      const [, a, b, sum] = /^([01]+)\+([01]+)=([01]+)\.$/.exec(string)!;
      for (const operand of [a!, b!]) assert.match(operand, /^(0|1[01]*)$/);
      assert.is(parseInt([...sum!].reverse().join(""), 2), parseInt(a!, 2) + parseInt(b!, 2));
      const behind = string.indexOf("=") + 1;
      const marks = " ".repeat(behind) + "^".repeat(string.length - behind);
      assert.is(counts.slice(at, at + string.length), marks);
      digits.add((a === "0" ? 0 : a!.length) + (b === "0" ? 0 : b!.length));
      at += string.length;
    }
    assert.is(task.followers(text).length, text.length + 1);
  }
  assert.equal(
    [...digits].sort((a, b) => a - b),
    [2, 3, 4, 5, 6, 7, 8, 9],
  );
});
sums("the sheet's example, a sum that is wrong, and leading zeros", () => {
  const task = binarySumsTask();
  assert.equal(task.followers("101+1=011.").slice(6), ["0", "1", "1", ".", "01"]);
  assert.is(task.followers("101+1=1").length, 7, "nothing follows from a wrong digit");
  assert.equal(task.followers("01"), ["01", "+"]);
});
sums.run();

const scores = suite("tasks of strings");
scores("the loss is of all characters, or of the determined ones; errors are of determined ones alone", () => {
  const nats = Math.log(3);
  const counting = countingTask({ language: "anbncn", strings: 1 });
  const batch = drawn(counting, 2, { length: 2 });
  const even = zeros([batch.time, 2, 3]);
  const all = answered(engine, counting, batch, even); // of equal logits the first, a, is chosen
  assert.ok(Math.abs(all["loss"]! - 2 * 6 * nats) < 1e-4);
  assert.is(all["sequenceError"], 2);
  assert.ok(Math.abs(all["characterError"]! - 2 * (3 / 4)) < 1e-6, "b, c and c are wrong, and a is right");
  const addition = binarySumsTask({ strings: 1 });
  const sums = drawn(addition, 1, { length: 2 });
  const due = sums.mask.subarray(0, sums.time).reduce((a, b) => a + b, 0);
  const { loss } = answered(engine, addition, sums, zeros([sums.time, 1, 5]));
  assert.ok(Math.abs(loss! - due * Math.log(5)) < 1e-4);
  const right = array(
    [sums.time, 1, 5],
    Array.from(sums.targets.subarray(0, sums.time)).flatMap((code) => [0, 1, 2, 3, 4].map((i) => Number(i === code))),
  );
  assert.is(answered(engine, addition, sums, right)["sequenceError"], 0);
});
scores.run();
