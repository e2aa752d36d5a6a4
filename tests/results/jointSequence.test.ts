/** A joint sequence model, which counts what networks learn: one of those that teach a network to pronounce. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { Alignment } from "../../reproduce/teaching/graphones.js";
import { JointSequence } from "../../reproduce/teaching/jointSequence.js";
import { jointTeacher } from "../../reproduce/teaching/teachers.js";

const joint = suite("joint sequence model");

/** A language: two letters that are one sound, one letter that is two, a silent one, and one that the next letter decides. */
const GRAPHONES = [
  ["a", "A"],
  ["o", "O"],
  ["i", "I"],
  ["t", "T"],
  ["sh", "X"],
  ["x", "K S"],
  ["h", ""],
] as const;

interface Made {
  readonly word: string;
  readonly sounds: string;
  readonly parts: readonly string[];
}

/** Words of the language: c is S before i, and K before all else. */
function made(count: number, seed: number): Made[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const parts = Array.from(
      { length: random.integer(3, 6) },
      () => GRAPHONES[random.integer(0, GRAPHONES.length - 1)]!,
    );
    const word = parts.map(([letters]) => (random.integer(0, 3) ? letters : `c${letters}`)).join("");
    const said: string[] = [];
    const spelled: string[] = [];
    for (let i = 0; i < word.length;) {
      const c = ["c", word[i + 1] === "i" ? "S" : "K"] as const;
      const [letters, sounds] = word[i] === "c" ? c : GRAPHONES.find(([of]) => word.startsWith(of, i))!;
      if (sounds) said.push(sounds);
      spelled.push(`${letters}:${sounds}`);
      i += letters.length;
    }
    return { word, sounds: said.join(" "), parts: spelled };
  });
}

const learned = made(3000, 1);
const model = new JointSequence(learned.map(({ word, sounds }) => [[...word], sounds.split(" ")]));

joint("an alignment is found from words and sounds alone", () => {
  const words = learned.map(({ word, sounds }) => [[...word], sounds.split(" ")] as const);
  const alignment = new Alignment(words);
  const found = words.map((word) =>
    alignment.graphones(word)!.map(({ letters, sounds }) => `${letters}:${sounds.trimEnd()}`),
  );
  // A silent letter may as well be one half of two letters that are one sound.
  const certain = learned.flatMap(({ parts }, i) => (parts.includes("h:") ? [] : i));
  const right = certain.filter((i) => found[i]!.join() === learned[i]!.parts.join()).length;
  assert.ok(certain.length > 1000);
  assert.is(right, certain.length);
  assert.is(alignment.graphones([["a"], ["A", "A", "A"]]), undefined);
});

joint("words that it has not seen are pronounced, the likeliest answer first", () => {
  const seen = new Set(learned.map(({ word }) => word));
  const asked = made(300, 2).filter(({ word }) => !seen.has(word));
  assert.ok(asked.length > 100);
  for (const { word, sounds } of asked) {
    const answers = model.answers([...word]);
    assert.is(answers[0]!.sounds, sounds, word);
    const logs = answers.map(({ logProbability }) => logProbability);
    assert.equal(
      logs,
      [...logs].sort((a, b) => b - a),
    );
  }
});

joint(
  "an answer is as likely when it is asked for as when it is found, and what no graphones make is impossible",
  () => {
    for (const { word } of made(50, 3)) {
      const [first] = model.answers([...word]);
      const score = model.score([...word], first!.sounds.split(" "));
      assert.ok(Math.abs(score - first!.logProbability) < 1e-9, `${score} is ${first!.logProbability}`);
    }
    assert.is(model.score([..."tat"], ["O", "O", "O"]), -Infinity);
    assert.equal(model.answers([..."taz"]), []);
  },
);

joint("the answers of all lengths to a word are no more likely than that there is this word", () => {
  // All words of a letter: what they sound like and how likely each is together are a part of one.
  const whole = [..."aoitxhc"].flatMap((letter) => model.answers([letter]).map(({ logProbability }) => logProbability));
  const sum = whole.reduce((all, logProbability) => all + Math.exp(logProbability), 0);
  assert.ok(sum > 0 && sum < 1, String(sum));
});

joint("as a teacher it offers what is nearly as likely as its first answer, and nothing where it has none", () => {
  const [some, none] = jointTeacher(model).answers([[..."ticot"], [..."zz"]]);
  assert.is(some![0], "T I K O T");
  assert.ok(some!.length <= 3);
  assert.equal(none, []);
});

joint.run();
