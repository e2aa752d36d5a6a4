/** Pairs of texts are learned: held out, trained, calibrated, answered, saved, compiled, stopped and gone on with. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileModel } from "../../bindings/compile.js";
import { Random } from "../../bindings/common/random/philox.js";
import {
  answerTexts,
  learn,
  loadLearned,
  type LearningState,
  type LearnOptions,
  type TextPair,
} from "../../bindings/learn.js";
import { load } from "../../bindings/load.js";
import { AttentionSeq2Seq } from "../../bindings/models.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { testEngine } from "../support/engine.js";
import { rejectedBy } from "../support/thrown.js";

const engine = await testEngine("release");
const learning = suite("learn");

const random = new Random(11);
const letters = (least: number, most: number, of: string): string =>
  Array.from({ length: random.integer(least, most) }, () => of[random.integer(0, of.length - 1)]!).join("");

/** Small letters become capitals; what has an x in it is to be refused. */
const pairs = Array.from({ length: 1200 }, (): TextPair => {
  const isRefused = random.integer(0, 5) === 0;
  const word = letters(2, 5, "abcde");
  return isRefused ? [`${word}x`, ""] : [word, word.toUpperCase()];
});
const small: LearnOptions = { hiddenSize: 24, steps: 700, seed: 1 };
const learned = await learn(engine, pairs, small);

learning("what it learned it answers, and what was to be refused it refuses", () => {
  const [abc, refused] = learned.answer(engine, ["deca", "bbx"]);
  assert.is(abc!.answer, "DECA");
  assert.ok(abc!.confidence! > 0.97 && abc!.confidence! < 1);
  assert.match(refused!.error!.message, /Cannot answer "bbx": it is like those that were to be refused/);
});

learning("the report is of sources that nothing else has seen", () => {
  const { sources, exact, errorRate, coverage, refusals, isComplete } = learned.report;
  const distinct = new Set(pairs.map(([source]) => source)).size;
  assert.is(sources.training + sources.development + sources.test, distinct);
  assert.ok(sources.test >= distinct / 10);
  assert.ok(exact > 0.95, `${exact}`);
  assert.ok(errorRate < 0.03, `${errorRate}`);
  assert.ok(refusals.wanted > 0);
  assert.is(coverage.length, 3);
  assert.ok(isComplete);
});

learning("a text that is empty, has what was not learned, or is longer than all that was, is refused by name", () => {
  const reasons: readonly (readonly [text: string, reason: RegExp])[] = [
    [" ", /it is empty/],
    ["axa", /none of the sources that were learned has "\S+" in this place/],
    ["abé", /"é" is in none of the sources that were learned/],
    ["abcdeabc", /it has 8 characters, and those that were learned had 6 at most/],
  ];
  for (const [text, reason] of reasons) assert.match(learned.answer(engine, [text])[0]!.error!.message, reason);
  assert.equal(learned.answer(engine, []), []);
});

learning("how sure it must be is the caller's to say", () => {
  const [sure] = learned.answer(engine, ["abc"], { least: 1 });
  assert.match(sure!.error!.message, /its likeliest reading is "ABC", which is right in .*, and must be in 100%/);
  assert.is(sure!.error!.guess!.answer, "ABC");
  assert.is(learned.answer(engine, ["abc"], { least: 0 })[0]!.answer, "ABC");
});

learning("its file holds all of it, is a model like any other, and compiled it gives the same answers", async () => {
  const bytes = learned.save();
  const texts = ["abc", "e", "abx", "", "abcq", "ddde"];
  const wanted = learned.answer(engine, texts);
  const again = loadLearned(bytes);
  assert.equal(again.answer(engine, texts), wanted);
  assert.equal(again.report, learned.report);
  const model = load(bytes, { models: [AttentionSeq2Seq] });
  assert.is(model.run(engine, ["ab"])[0]!.symbols.join(""), "AB");
  const compiled = loadCompiled(compileModel(learned.model, { metadata: learned.metadata }));
  const run = await testEngine("run");
  assert.equal(answerTexts(compiled, run, texts), wanted);
  run.dispose();
  const bare = loadCompiled(compileModel(learned.model));
  assert.throws(() => answerTexts(bare, engine, texts), /a AttentionSeq2Seq that was not made by learn/);
});

learning("by subwords it reads and says words that it has never seen, also compiled", async () => {
  const stems = ["walk", "jump", "talk", "call", "open", "clean", "paint", "help", "cook", "play", "visit", "laugh"];
  const all = stems.flatMap((a) => stems.map((b) => [`they ${a}${b} now`, `${a}${b}ed!`] as const));
  const options: LearnOptions = { source: "subwords", target: "subwords", hiddenSize: 32, steps: 500, seed: 1 };
  const model = await learn(engine, all, options);
  assert.equal([model.sides.source, model.sides.target], ["subwords", "subwords"]);
  assert.ok(model.report.exact > 0.8, `${model.report.exact}`);
  const known = model.symbolsOf("they walkjump now");
  assert.is(known.join(""), " they walkjump now");
  assert.ok(known.length < 8, known.join("|"));
  const texts = ["they walkjump now", "they helpcook now", "they ügh now"];
  const answers = model.answer(engine, texts, { least: 0 });
  assert.is(answers[0]!.answer, "walkjumped!");
  assert.match(answers[2]!.error!.message, /"ü" is in none of the sources that were learned/);
  assert.equal(loadLearned(model.save()).answer(engine, texts, { least: 0 }), answers);
  const compiled = loadCompiled(compileModel(model.model, { metadata: model.metadata }));
  assert.equal(answerTexts(compiled, engine, texts, { least: 0 }), answers);
});

learning("stopped and gone on with, it comes to the same bytes as one that never was", async () => {
  const options: LearnOptions = { hiddenSize: 8, steps: 60, seed: 2 };
  const whole = await learn(engine, pairs, options);
  let state: LearningState | undefined;
  let steps = 0;
  const end = whole.report.steps;
  assert.ok(end > 40, `${end}`);
  for (const stop of [7, 31, end]) {
    const signal = { aborted: false };
    const part = await learn(engine, pairs, {
      ...options,
      ...(state && { resume: state }),
      signal,
      onStep: ({ step }) => {
        ++steps;
        signal.aborted = step === stop;
      },
      onSave: (saved) => void (state = saved),
    });
    assert.is(part.report.isComplete, stop === end);
    assert.is(part.report.steps, stop);
    assert.equal(loadLearned(state!.model).sides, whole.sides);
    if (stop === end) assert.equal(part.save(), whole.save());
  }
  assert.is(steps, end);
});

learning("what cannot be gone on with is said", async () => {
  let state: LearningState | undefined;
  const options: LearnOptions = { hiddenSize: 8, steps: 4, seed: 2 };
  await learn(engine, pairs, { ...options, onSave: (saved) => void (state ??= saved) });
  const others = pairs.map(([source, target]): TextPair => [source, target && `${target}Z`]);
  const cases: readonly (readonly [readonly TextPair[], LearnOptions, RegExp])[] = [
    [others, { ...options, resume: state! }, /Cannot resume: the checkpoint's model options is/],
    [pairs, { ...options, seed: 3, resume: state! }, /Cannot resume/],
    [pairs, { ...options, resume: { ...state!, training: state!.model } }, /holds no state of learning/],
    [pairs, { ...options, resume: { ...state!, model: new Uint8Array(9) } }, /load|too short|damaged|no safetensors/i],
  ];
  for (const [given, with_, message] of cases)
    assert.match((await rejectedBy(learn(engine, given, with_))).message, message);
});

learning("options and pairs out of range are refused", async () => {
  const cases: readonly (readonly [unknown, unknown, RegExp])[] = [
    [[], {}, /pairs is an array, and must be an array of pairs of texts, at least one/],
    [[["a"]], {}, /pairs\[0\] must be two strings, the first not empty/],
    [[["", "a"]], {}, /pairs\[0\] must be two strings/],
    [pairs, { source: "bytes" }, /source is "bytes", and must be "characters" or "words" or "subwords" or "symbols"/],
    [pairs, { precision: 2 }, /precision is 2, and must be a number from 0 to 1/],
    [pairs, { heldOut: [] }, /heldOut is an array/],
    [pairs, { onStep: 1 }, /onStep is 1, and must be a function/],
    [pairs, { depth: 1 }, /learn has no option "depth"/],
    [pairs, null, /the options are null, and must be an object/],
    [pairs, { hiddenSize: 7 }, /hiddenSize is 7, and must be an even number/],
  ];
  for (const [given, options, message] of cases) {
    const error = await rejectedBy(learn(engine, given as readonly TextPair[], options as LearnOptions));
    assert.match(error.message, message);
  }
});

learning.run();
