/** The command line with a memory network: training on stories, answers about a story, and how it is compiled. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { decodeSafetensors } from "../../bindings/checkpoint/safetensors.js";
import { DynamicMemoryNetwork, EndToEndMemoryNetwork, MemoryNetwork } from "../../bindings/models.js";
import { commandLine, linesOf } from "../support/cli.js";

const { folder, tapehead } = commandLine();
const symbols = ["garden", "is", "kitchen", "mary", "john", "the", "to", "went", "where"];
const model = new EndToEndMemoryNetwork({ symbols, slots: 2, words: 5, embeddingSize: 4, seed: 2 });
writeFileSync(join(folder, "model.safetensors"), save(model));
const sizes = { symbols, slots: 2, words: 5, embeddingSize: 4, hiddenSize: 4, episodes: 2, seed: 2 };
writeFileSync(join(folder, "dmn.safetensors"), save(new DynamicMemoryNetwork(sizes)));
const chosen = { symbols, slots: 2, words: 5, embeddingSize: 4, hops: 2, seed: 2 };
writeFileSync(join(folder, "memnn.safetensors"), save(new MemoryNetwork(chosen)));

const STORY = "1 Mary went to the garden.\n2 John went to the kitchen.\n3 Where is Mary?\tgarden\t1\n";
writeFileSync(join(folder, "stories.txt"), `## qa1_one\n${STORY}## qa7_other\n${STORY.repeat(20)}`);
writeFileSync(join(folder, "task.txt"), STORY);
writeFileSync(join(folder, "wrong.txt"), "1 Mary went to the garden.\n3 Where is Mary?\tgarden\t1\n");

const stories = suite("command line: stories");
stories("run: the answer to the question at the end of a story, and what each hop reads", async () => {
  const text = "Mary went to the garden. John went to the kitchen! Where is Mary?";
  const { code, stdout, stderr } = await tapehead(`run model.safetensors ${text}`);
  assert.is(code, 0, stderr);
  const [first, head, ...rows] = stdout.trimEnd().split("\n");
  assert.match(first!, /^Where is Mary\? \w+ \(\d+\.\d%\)$/);
  assert.match(head!, /^ +hop 1 +hop 2 +hop 3$/);
  assert.equal(
    rows.map((row) => row.trim().split(/ {2,}/)[0]),
    ["Mary went to the garden.", "John went to the kitchen!"],
  );
  const json = await tapehead(`run model.safetensors ${text} --json`);
  const { answer, attention, forgotten } = linesOf(json.stdout)[0] as never as ReturnType<typeof model.answer>;
  assert.ok(symbols.includes(answer));
  assert.equal([attention.length, attention[0]!.length, forgotten], [3, 2, 0]);
});

stories("run: a longer story says what it has not read", async () => {
  const { stdout } = await tapehead("run model.safetensors Mary went. Mary went. John went. Where is John?");
  assert.match(stdout, /\nThe first 1 sentence of the story is not read: the memory holds 2\.\n$/);
});

stories("run: what it cannot read is refused by name", async () => {
  const refused = async (text: string): Promise<string> => {
    const { code, stderr } = await tapehead(`run model.safetensors ${text}`);
    assert.is(code, 2);
    return stderr;
  };
  assert.match(await refused("Where is Mary?"), /The text has 1 sentence, and must have at least one and a question/);
  assert.match(
    await refused("Mary went to the zoo. Where is Mary?"),
    /sentence 1's word "zoo" is not in the vocabulary/,
  );
  assert.match(await refused("Mary went. Where is the king?"), /the question's word "king" is not in the vocabulary/);
});

stories("trace: a page of what each hop reads, of a story that is given or made up", async () => {
  const given = await tapehead(
    "trace model.safetensors Mary went. John went. Mary went. Where is John? --out page.html",
  );
  assert.is(given.code, 0, given.stderr);
  const page = readFileSync(join(folder, "page.html"), "utf8");
  assert.match(page, /<tr class="forgotten"><th scope="row">Mary went\.<\/th>/);
  assert.is(page.match(/<td class="hop/g)!.length, 4 * 3);
  const none = await tapehead("trace model.safetensors --out none.html");
  assert.match(none.stderr, /model.safetensors does not say which stories it was trained on/);
  const flag = await tapehead("trace model.safetensors Mary went. Where is Mary? --beam 2");
  assert.match(flag.stderr, /holds a model that reads stories: leave out --beam/);
});

stories("dmn: an answer, and the gates of each episode; a page of them; words that it does not know", async () => {
  const text = "Mary went to the garden. John went to the kitchen! Where is Mary?";
  const { code, stdout, stderr } = await tapehead(`run dmn.safetensors ${text}`);
  assert.is(code, 0, stderr);
  const [first, head, ...rows] = stdout.trimEnd().split("\n");
  assert.match(first!, /^Where is Mary\? \w+ \(\d+\.\d%\)$/);
  assert.match(head!, /^ +episode 1 +episode 2$/);
  assert.match(rows[1]!, /^ {2}John went to the kitchen! +\d+\.\d% +\d+\.\d%$/);
  const drawn = await tapehead(`trace dmn.safetensors Mary went. ${text} --out dmn.html`);
  assert.is(drawn.code, 0, drawn.stderr);
  const page = readFileSync(join(folder, "dmn.html"), "utf8");
  assert.match(page, "What each episode reads");
  assert.match(page, '<tr class="forgotten"><th scope="row">Mary went.</th>');
  assert.is(page.match(/<td class="hop/g)!.length, 3 * 2);
  assert.is.not(page.includes("places that are empty"), true);
  const unknown = await tapehead("run dmn.safetensors Mary went to the zoo. Where is Mary?");
  assert.is(unknown.code, 2);
  assert.match(unknown.stderr, /sentence 1's word "zoo" is not in the vocabulary/);
  const compiled = await tapehead("compile dmn.safetensors --out dmn.tapehead");
  assert.is(compiled.code, 0, compiled.stderr);
});

stories("dmn: trains on stories, with their supporting facts and without, and goes on", async () => {
  const train = "train dmn --task babi --hidden 4 --embedding 4 --batch 4 --bucket 8 --steps 3 --stories stories.txt";
  for (const flags of [
    "",
    "--support-weight 1",
    "--attention softmax --encoding fusion --support-weight 0.5 --dropout 0.1",
  ]) {
    const { code, stderr } = await tapehead(`${train} ${flags} --out trained.safetensors`);
    assert.is(code, 0, stderr);
  }
  const resumed = await tapehead("train --resume trained.safetensors --stories stories.txt --steps 4");
  assert.is(resumed.code, 0, resumed.stderr);
});

stories(
  "memnn: an answer, and the sentences that were read; a page of them; trains on their supporting facts",
  async () => {
    const text = "Mary went to the garden. John went to the kitchen! Where is Mary?";
    const { code, stdout, stderr } = await tapehead(`run memnn.safetensors ${text}`);
    assert.is(code, 0, stderr);
    const [first, head, ...rows] = stdout.trimEnd().split("\n");
    assert.match(first!, /^Where is Mary\? \w+ \(\d+\.\d%\)$/);
    assert.match(head!, /^ +fact 1 +fact 2$/);
    for (const row of rows) assert.match(row, /^ {2}(Mary|John) went to the \w+[.!]( +(0|100)\.0%){2}$/);
    const drawn = await tapehead(`trace memnn.safetensors ${text} --out memnn.html`);
    assert.is(drawn.code, 0, drawn.stderr);
    const page = readFileSync(join(folder, "memnn.html"), "utf8");
    assert.match(page, "Which sentences are read");
    assert.is(page.match(/<td class="hop/g)!.length, 2 * 2);
    const compiled = await tapehead("compile memnn.safetensors --out memnn.tapehead");
    assert.is(compiled.code, 0, compiled.stderr);
    const train = "train memnn --task babi --hops 2 --embedding 4 --batch 4 --steps 3 --stories stories.txt";
    const trained = await tapehead(`${train} --features words --no-nonlinear --out facts.safetensors`);
    assert.is(trained.code, 0, trained.stderr);
    const resumed = await tapehead("train --resume facts.safetensors --stories stories.txt --steps 4");
    assert.is(resumed.code, 0, resumed.stderr);
  },
);

stories("train: on stories of a file, all of them or some of its tasks", async () => {
  const train = "train memn2n --embedding 4 --hops 2 --batch 4 --steps 3";
  for (const [flags, trained] of [
    ["--stories stories.txt", "babi.safetensors"],
    ["--stories stories.txt --babi-tasks 7 --linear-steps 1 --out seven.safetensors", "seven.safetensors"],
    ["--babi-tasks 1 --questions-each 60 --out made.safetensors", "made.safetensors"],
  ] as const) {
    const { code, stderr } = await tapehead(`${train} ${flags}`);
    assert.is(code, 0, stderr);
    const { stdout } = await tapehead(`inspect ${trained}`);
    assert.match(stdout, /EndToEndMemoryNetwork/);
  }
  const made = await tapehead("trace made.safetensors --seed 3 --out made.html");
  assert.is(made.code, 0, made.stderr);
  assert.match(readFileSync(join(folder, "made.html"), "utf8"), /<tr class="support">/);
  const resumed = await tapehead("train --resume babi.safetensors --stories stories.txt --steps 4");
  assert.is(resumed.code, 0, resumed.stderr);
});

stories("train: files that hold no stories, and tasks that they have not, are refused", async () => {
  const wrong = await tapehead("train memn2n --stories wrong.txt");
  assert.is(wrong.code, 2);
  assert.match(wrong.stderr, /It holds no stories of bAbI: parseBabi: line 2 has ID 3, and must have 2/);
  const none = await tapehead("train memn2n --stories stories.txt --babi-tasks 3");
  assert.is(none.code, 2);
  assert.match(none.stderr, /stories.txt has no task 3; it has 1, 7/);
  const both = await tapehead("train memn2n --stories task.txt --questions-each 3");
  assert.match(both.stderr, /there are questions and count, and must be one of them/);
});

stories("train: --momentum is for optimizers that have one", async () => {
  const train = "train memn2n --babi-tasks 1 --questions-each 9 --steps 2 --batch 2 --out m.safetensors";
  assert.is((await tapehead(`${train} --optimizer sgd --momentum 0.5`)).code, 0);
  const { code, stderr } = await tapehead(`${train} --optimizer adam --momentum 0.5`);
  assert.is(code, 2);
  assert.match(stderr, /--momentum is for sgd and rmsprop, and the optimizer is adam/);
  assert.match((await tapehead(`${train} --momentum 1`)).stderr, /must be a number from 0 to below 1/);
});

stories("train: --weight-decay is for adam, and is kept by what is resumed", async () => {
  const train = "train memn2n --babi-tasks 1 --questions-each 9 --steps 2 --batch 2 --out d.safetensors --optimizer";
  const { code, stderr } = await tapehead(`${train} sgd --weight-decay 0.5`);
  assert.is(code, 2);
  assert.match(stderr, /--weight-decay is for adam, and the optimizer is sgd/);
  assert.is((await tapehead(`${train} adam --weight-decay 0.5`)).code, 0);
  const decay = (): unknown => {
    const { metadata } = decodeSafetensors(readFileSync(join(folder, "d.safetensors")), "d.safetensors");
    return (JSON.parse(metadata["training"]!) as { optimizer: { options: object } }).optimizer.options;
  };
  assert.is((decay() as { weightDecay: number }).weightDecay, 0.5);
  assert.is((await tapehead("train --resume d.safetensors --steps 3")).code, 0);
  assert.is((decay() as { weightDecay: number }).weightDecay, 0.5);
});

const KITCHEN =
  "Mary went to the kitchen. John moved to the garden.\nMary took the milk there! Mary journeyed to the office.";
writeFileSync(join(folder, "story.txt"), KITCHEN);
writeFileSync(join(folder, "empty.txt"), "");

stories("story: the answer of the shipped model, what each hop reads, and a page of it", async () => {
  const { code, stdout, stderr } = await tapehead("story story.txt where is the milk?");
  assert.is(code, 0, stderr);
  const [first, head, ...rows] = stdout.trimEnd().split("\n");
  assert.match(first!, /^where is the milk\? office \(\d+\.\d%\)$/);
  assert.match(head!, /^ +hop 1 +hop 2 +hop 3$/);
  assert.equal(
    rows.map((row) => row.trim().split(/ {2,}/)[0]),
    [
      "Mary went to the kitchen.",
      "John moved to the garden.",
      "Mary took the milk there!",
      "Mary journeyed to the office.",
    ],
  );
  const piped = await tapehead("story - 'is Mary in the office?' --json --trace story.html", { stdin: KITCHEN });
  assert.is(piped.code, 0, piped.stderr);
  const [json] = linesOf(piped.stdout) as [Record<string, unknown>];
  assert.is(json["answer"], "yes");
  assert.ok((json["confidence"] as number) >= 0.98);
  assert.equal(
    (json["attention"] as number[][]).map(({ length }) => length),
    [4, 4, 4],
  );
  assert.match(readFileSync(join(folder, "story.html"), "utf8"), /<th scope="row">Mary took the milk there!<\/th>/);
});

stories("story: what is not understood, or not sure enough, is refused", async () => {
  const refused = async (args: string, code = 2): Promise<string> => {
    const ended = await tapehead(`story ${args}`);
    assert.equal([ended.code, ended.stdout], [code, ""], args);
    return ended.stderr;
  };
  assert.match(await refused("empty.txt where is Mary?"), /The story is empty/);
  assert.match(await refused("- where is Mary?"), /The story is empty/);
  assert.match(await refused("story.txt who am I?"), /"am", "i", which the model does not know/);
  assert.match(
    await refused("story.txt is Daniel in the office?"),
    /is about "daniel", and the story tells nothing of it/,
  );
  assert.match(await refused("story.txt where is the football?"), /is about "football"/);
  assert.match(await refused("none.txt where is Mary?", 1), /Cannot read none.txt/);
  assert.match(
    await refused("story.txt where is the milk? --min-confidence 1", 1),
    /Cannot answer "where is the milk\?"/,
  );
  assert.match(
    await refused("story.txt where is the milk? --model model.safetensors"),
    /has "milk", which the model does not know/,
  );
  assert.match(
    await refused("story.txt where is Mary? --model model.safetensors --min-confidence 0.5"),
    /model.safetensors does not tell how sure it is: `tapehead calibrate` measures that/,
  );
});

stories("calibrate: a model that says which stories it was trained on draws them", async () => {
  const train =
    "train memn2n --embedding 4 --hops 1 --steps 2 --batch 2 --babi-tasks 1 --questions-each 9 --out c.safetensors";
  assert.is((await tapehead(train)).code, 0);
  const { code, stdout, stderr } = await tapehead("calibrate c.safetensors");
  assert.is(code, 0, stderr);
  assert.match(stdout, /^1,000 answers, [\d.]+% right; calibration error/);
  const again = await tapehead("story story.txt where is Mary? --model c.safetensors");
  assert.is.not(again.code, 0);
  const pairs = await tapehead("calibrate c.safetensors --pairs story.txt");
  assert.is(pairs.code, 2);
  const none = await tapehead("calibrate model.safetensors");
  assert.match(none.stderr, /model.safetensors does not say which stories it was trained on/);
});

stories("compile: programs for tapehead/run, whose answers are called in code", async () => {
  const { code, stderr } = await tapehead("compile model.safetensors --out compiled.tapehead");
  assert.is(code, 0, stderr);
  const run = await tapehead("run compiled.tapehead Mary went. Where is Mary?");
  assert.is(run.code, 2);
  assert.match(run.stderr, /in code, tapehead\/run calls its answer/);
});
stories.run();
