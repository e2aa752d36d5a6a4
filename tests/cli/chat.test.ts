/** The command line with a model of conversation: replies, what they are drawn from, and what is refused. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { AttentionSeq2Seq } from "../../bindings/models.js";
import { pairsTask } from "../../bindings/tasks.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { Conversation } from "../../cli/conversation.js";
import { contextOf, conversations, DialoguesFile, dialoguesOf } from "../../cli/dialogues.js";
import { RARE } from "../../cli/pairs.js";
import { written } from "../../cli/sentences.js";
import { commandLine, linesOf } from "../support/cli.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const { folder, tapehead } = commandLine();
const file = (name: string): string => join(folder, name);
const jsonLines = (dialogues: readonly object[]): string => dialogues.map((each) => JSON.stringify(each)).join("\n");

const dialogues = suite("dialogues");

dialogues("become pairs of the latest two turns and the next, with marks for turns and rare words", () => {
  const read = new DialoguesFile(
    "a.jsonl",
    jsonLines([{ turns: ["Hi there!", "Hello.", "Seen Jaws?"], topic: "films" }, { turns: ["Hi there!", "Hi."] }]),
  );
  const { pairs, sourceSymbols, targetSymbols } = conversations(read, 2);
  assert.equal(pairs, [
    [
      ["hi", "there", "!"],
      [RARE, "."],
    ],
    [
      ["hi", "there", "!", "⏎", "hello", "."],
      [RARE, RARE, RARE],
    ],
    [
      ["hi", "there", "!"],
      ["hi", "."],
    ],
  ]);
  assert.equal(targetSymbols, ["hi", "!", ".", "there", RARE]);
  assert.equal(sourceSymbols, ["hi", "!", ".", "there", "⏎"]);
});

dialogues("of many words lend a reply the last of them", () => {
  const context = contextOf(["first", `${"a ".repeat(60)}`, "b c"]);
  assert.is(context.length, 48);
  assert.equal(context.slice(-4), ["a", "⏎", "b", "c"]);
});

dialogues("that are none are refused with their line", () => {
  const refused = (text: string): string => thrownBy(() => new DialoguesFile("a.jsonl", text)).message;
  assert.match(refused(`{"turns":["a","b"]}\n{"turns":["a"]}`), /line 2 must have "turns", two texts or more/);
  assert.match(refused("hello"), /line 1 is no JSON/);
  assert.match(refused("\n"), /it is empty/);
  assert.match(refused("null"), /line 1 must have "turns"/);
  assert.match(thrownBy(() => dialoguesOf(file("none.jsonl"))).message, /There is no such file/);
});

dialogues("are written as people write them", () => {
  assert.is(
    written(["i", "don'", "t", "know", ",", "it", "'", "s", "fun", ".", "what", "is", "?"]),
    "I don't know, it ' s fun. What is?",
  );
});

const [hello, bye] = [
  ["hello", "there"],
  ["good", "bye"],
];
const words = [...hello!, ...bye!, "i", "am", "here", "."];
const task = pairsTask({
  pairs: [
    [hello!, ["hello", "."]],
    [
      ["hello", "there", "⏎", "good", "bye"],
      ["good", "bye", "."],
    ],
    [
      ["hello", ".", "⏎", "good", "bye"],
      ["good", "bye", "."],
    ],
    [bye!, ["i", "am", "here", "."]],
  ],
  name: "conversation",
  sourceSymbols: [...words, "⏎"],
  targetSymbols: [...words, RARE],
});

/** A model that has learned these replies by heart. */
async function learned(): Promise<AttentionSeq2Seq> {
  const { sourceSymbols, targetSymbols } = task;
  const model = new AttentionSeq2Seq({ sourceSymbols, targetSymbols, hiddenSize: 16, embeddingSize: 8, seed: 1 });
  const steps = train(await testEngine("release"), model, task, {
    optimizer: adam({ learningRate: 0.02 }),
    batch: 8,
    steps: 150,
  });
  for await (const _ of steps);
  return model;
}

const model = await learned();
mkdirSync(folder, { recursive: true });
writeFileSync(file("talk.safetensors"), save(model, { task }));
const chat = "chat --model talk.safetensors";

const talking = suite("command line: chat");

talking("replies to words, to lines of a pipe with their history, and begins anew", async () => {
  assert.is((await tapehead(`${chat} Hello there`)).stdout, "Hello.\n");
  const { stdout, code } = await tapehead(chat, { stdin: "Hello there\ngood bye\n/new\ngood bye\n" });
  assert.equal(stdout.trim().split("\n"), ["Hello.", "Good bye.", "I am here."]);
  assert.is(code, 0);
});

talking("says what it does not know, and refuses when it knows nothing", async () => {
  const { stdout, stderr } = await tapehead(`${chat} hello xylophone there`);
  assert.match(stdout, /^.+\n$/);
  assert.match(stderr, /\(it does not know xylophone\)/);
  const none = await tapehead(`${chat} xylophone`);
  assert.is(none.code, 2);
  assert.match(none.stderr, /It knows none of these words: xylophone/);
  const piped = await tapehead(chat, { stdin: "?!\nhello there\n" });
  assert.match(piped.stderr, /error: It knows none of these words/);
  assert.is(piped.stdout, "Hello.\n");
  assert.is(piped.code, 1);
});

talking("draws replies from a seed, and refuses flags that say two things", async () => {
  const drawn = async (seed: number): Promise<string> =>
    (await tapehead(`${chat} --temperature 3 --seed ${seed} hello there`)).stdout;
  const seeds = [1, 2, 3, 4];
  const all = await Promise.all(seeds.map(drawn));
  assert.ok(new Set(all).size > 1, all.join());
  assert.is(await drawn(1), all[0]);
  assert.match((await tapehead(`${chat} --temperature 1 --beam 2 hi`)).stderr, /leave out one of them/);
  assert.match((await tapehead(`${chat} --seed 1 hi`)).stderr, /it needs --temperature/);
});

talking("`run` and `trace` read what is said as `chat` does, with its capitals and stops", async () => {
  const { stdout, stderr } = await tapehead("run talk.safetensors Good, bye.");
  assert.is(stdout, "I am here.\n");
  assert.match(stderr, /has never seen ,/); // and nothing else: "Good" and "bye" are words
  assert.is((await tapehead("trace talk.safetensors Hello there --out page.html")).code, 0);
});

talking("prints JSON for programs", async () => {
  const { stdout } = await tapehead(`${chat} --json`, { stdin: "hello there\nxylophone\n" });
  const [first, second] = linesOf(stdout);
  assert.is(first!["reply"], "Hello.");
  assert.ok((first!["probability"] as number) > 0.5);
  assert.match(String(second!["error"]), /It knows none of these words/);
});

talking("takes no model that was trained for something else", async () => {
  writeFileSync(file("other.safetensors"), save(model));
  const { stderr, code } = await tapehead("chat --model other.safetensors hello");
  assert.is(code, 2);
  assert.match(stderr, /chat takes one for conversation/);
});

const replies = suite("replies");

replies("have no rare word where there is one without", async () => {
  const engine = await testEngine("release");
  const conversation = new Conversation(model);
  for (let seed = 1; seed < 20; ++seed) {
    conversation.forget();
    const { text } = conversation.reply(engine, "hello there", { temperature: 2, seed });
    assert.not.ok(text.includes("…"), text);
  }
});

dialogues.run();
talking.run();
replies.run();
