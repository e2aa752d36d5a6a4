/** Words pronounced by the small model after int8: as the command says them, and refused as it refuses them. */
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileModel } from "../../bindings/compile.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { models } from "../../bindings/models.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { pronounceWords, type CompiledPronouncer, type PronounceOptions } from "../../bindings/pronounce.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine("release");
const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../checkpoints/${name}`, import.meta.url)));
const { model, task, metadata } = loadCheckpoint(file("pronunciation-small.safetensors"), { models });
const texts = { ...metadata, task: JSON.stringify(task) };
const compiled = (options: Parameters<typeof compileModel>[1] = {}): CompiledPronouncer =>
  loadCompiled(compileModel(model, { metadata: texts, dtype: "int8", ...options }));
const small = compiled({ beam: 5 });

const say = (word: string, options: PronounceOptions = {}, by = small): string => {
  const [answer] = pronounceWords(by, engine, [word], options);
  assert.is(answer!.source, word);
  return answer!.answer ?? answer!.error!.message;
};

const words = suite("pronounceWords");

words("common words are said right, with how often such answers are", () => {
  const known: Readonly<Record<string, string>> = {
    banana: "B AH N AE N AH",
    hello: "HH EH L OW",
    world: "W ER L D",
    night: "N AY T",
    church: "CH ER CH",
  };
  const answers = pronounceWords(small, engine, Object.keys(known));
  assert.equal(Object.fromEntries(answers.map(({ source, answer }) => [source, answer])), known);
  for (const { confidence } of answers) assert.ok(confidence! > 0.5 && confidence! < 1, String(confidence));
});

words("what surrounds a word is folded, and acronyms, contractions and numbers have their own sounds", () => {
  assert.is(say("“Banana!”"), "B AH N AE N AH");
  assert.is(say("BÁNANA"), "B AH N AE N AH");
  assert.is(say("FBI"), "EH F B IY AY");
  assert.is(say("Mr."), "M IH S T ER");
  assert.is(say("don’t"), "D OW N T");
  assert.is.not(say("Mr.", { exceptions: false }), "M IH S T ER");
  assert.is(say("42", { numbers: true }), "F AO R T IY T UW");
  assert.is(say("cab", { spell: true }), "S IY EY B IY");
  assert.is(pronounceWords(small, engine, ["FBI"])[0]!.confidence, 1);
});

words("what cannot be read, or is not sure enough, is refused and named", () => {
  assert.match(say("24"), /^Cannot answer "24": it is a number, which the option numbers reads out/);
  assert.match(say("xkcd"), /has no vowel: the option spell says its letters/);
  assert.match(say("語"), /"語" is of no script/);
  assert.match(say(""), /there is no letter in it/);
  const confidence = pronounceWords(small, engine, ["zyzzyva"])[0]!.confidence!;
  assert.match(say("zyzzyva", { least: confidence + 0.01 }), /is right in \d+% of such cases, and must be in/);
  assert.is(pronounceWords(small, engine, ["zyzzyva"], { least: confidence })[0]!.error, undefined);
});

words("refusals leave the other words what they are, in any number", () => {
  const many = Array.from({ length: 200 }, (_, i) => ["banana", "24", "FBI", "night"][i % 4]!);
  const answers = pronounceWords(small, engine, many);
  assert.equal(
    answers.map(({ answer }) => answer),
    many.map((word) => (word === "24" ? undefined : say(word))),
  );
  assert.equal(pronounceWords(small, engine, []), []);
});

words("it follows the beams that the model was compiled for", () => {
  const greedy = compiled();
  assert.is(say("banana", {}, greedy), "B AH N AE N AH");
  const scored = (by: CompiledPronouncer): number => pronounceWords(by, engine, ["laughter"])[0]!.confidence!;
  assert.ok(scored(small) >= scored(greedy));
});

words("a model that was compiled for these beams alone says the same, in fewer bytes", () => {
  const whole = compileModel(model, { metadata: texts, dtype: "int8", beam: 5 });
  const part = compileModel(model, { metadata: texts, dtype: "int8", beam: 5, methods: ["beam 5"] });
  assert.ok(part.length < whole.length - 10_000, `${part.length} and ${whole.length}`);
  const alone = loadCompiled(part);
  assert.equal(alone.methods, ["beam 5"]);
  const many = ["banana", "FBI", "24", "laughter"];
  assert.equal(pronounceWords(alone, engine, many), pronounceWords(small, engine, many));
  for (const methods of [[], ["run"], "greedy"])
    assert.match(
      thrownBy(() => compileModel(model, { methods: methods as string[] })).message,
      /^compileModel: methods (has|is) .*, and must be an array of at least one of greedy, sampled, stream start, stream step$/,
    );
});

words("a model that does not pronounce, and arguments that are none, are refused", () => {
  const unnamed = compiled({ metadata: {} });
  assert.match(thrownBy(() => say("a", {}, unnamed)).message, /is a AttentionSeq2Seq for undefined, and must be one/);
  const others: readonly (readonly [metadata: string, RegExp])[] = [
    ["{", /for undefined/],
    ['{"name":"dates"}', /for "dates"/],
  ];
  for (const [task, message] of others)
    assert.match(thrownBy(() => say("a", {}, compiled({ metadata: { task } }))).message, message);
  const uncalibrated = compiled({ metadata: { task: texts.task } });
  assert.is(pronounceWords(uncalibrated, engine, ["banana"])[0]!.confidence, null);
  assert.match(say("banana", { least: 0.1 }, uncalibrated), /nothing is known of how often answers are right/);
  assert.match(thrownBy(() => pronounceWords(small, engine, "banana" as never)).message, /must be an array/);
  assert.match(
    thrownBy(() => pronounceWords(small, engine, [1] as never)).message,
    /word 0 is 1, and must be a string/,
  );
  assert.match(thrownBy(() => say("a", { least: 2 })).message, /least is 2/);
  assert.match(thrownBy(() => say("a", { spel: true } as never)).message, /spel/);
});

words.after(() => engine.dispose());
words.run();
