/** The command line on questions in words: a file to learn from, and a table to ask. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { questionsOf } from "../../cli/questions.js";
import { rowOperations } from "../../bindings/systems/tableProgrammer/rowMachine.js";
import { commandLine, linesOf } from "../support/cli.js";
import { faultsOf, programIn } from "../support/page.js";
import { thrownBy } from "../support/thrown.js";

const { folder, tapehead } = commandLine();
const write = (file: string, lines: readonly object[]): void =>
  writeFileSync(join(folder, file), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

const games = [
  ["1996", "Atlanta"],
  ["2000", "Sydney"],
  ["2004", "Athens"],
];
write("tables.jsonl", [
  { id: "games", header: ["Year", "City"], rows: games, num: [[1996, 2000, 2004], null] },
  { id: "long", header: ["Year"], rows: Array.from({ length: 9 }, (_, i) => [`${i}`]) },
]);
write("train.jsonl", [
  { q: "which city was the last?", t: "games", a: ["Athens"], dev: [] },
  { q: "how many cities?", t: "games", a: ["3"], dev: [1] },
  { q: "which city was the first?", t: "games", a: ["Atlanta"], c: ["atlanta"], dev: [2] },
  { q: "how many years?", t: "long", a: ["9"], dev: [] },
]);
write("lost.jsonl", [{ q: "which?", t: "nowhere", a: ["Athens"] }]);
writeFileSync(join(folder, "bad.jsonl"), "{");
writeFileSync(join(folder, "cities.csv"), "City,Country,Population\nBerlin,Germany,3645000\nBasel,Switzerland,n/a\n");

const files = suite("files of questions");
files("questions with their tables and answers, and which of them are not to be learned from", () => {
  const { questions, ...file } = questionsOf(join(folder, "train.jsonl"));
  assert.equal(questions[0]!.table, { header: ["Year", "City"], rows: games, numbers: [[1996, 2000, 2004], null] });
  assert.is(questions[0]!.table, questions[1]!.table);
  assert.equal(
    questions.map(({ expected }) => expected),
    [["Athens"], ["3"], ["atlanta"], ["9"]],
  );
  assert.is(file.file, join(folder, "train.jsonl"));
  const asked = questionsOf(join(folder, "train.jsonl"));
  assert.equal(
    asked.part("dev", 1).map(({ question }) => question),
    ["how many cities?"],
  );
  assert.is(asked.part("train", 1).length, 3);
  assert.is(asked.part("train", 0).length, 4);
});
files("what cannot be read is refused with the reason", () => {
  assert.match(thrownBy(() => questionsOf(join(folder, "none.jsonl"))).message, /There is no file .*none\.jsonl/);
  assert.match(thrownBy(() => questionsOf(join(folder, "train.jsonl.gz"))).message, /There is no file/);
  assert.match(thrownBy(() => questionsOf(join(folder, "lost.jsonl"))).message, /there is no table nowhere/);
  assert.match(thrownBy(() => questionsOf(join(folder, "bad.jsonl"))).message, /It cannot be read: .*JSON/);
});
files.run();

const commands = suite("command line: questions in words");
const TRAIN = "train table-programmer --questions train.jsonl --table-rows 5 --table-columns 2 --hidden 4";
commands("trains on a file of questions, and on none that do not fit", async () => {
  const args = "--program-steps 2 --dropout 0 --recurrent-dropout 0 --word-dropout 0 --batch 2 --steps 4 --split 1";
  const { code, stdout, stderr } = await tapehead(`${TRAIN} ${args} --evaluate-every 4 --out asked.safetensors --json`);
  assert.is(stderr, "");
  assert.is(code, 0);
  const [start, ...rest] = linesOf(stdout);
  assert.is(start!["model"], "TableProgrammer");
  assert.equal(Object.keys(rest.at(-1)!["measured"] as object), ["answerError"]);
  assert.match((await tapehead("inspect asked.safetensors")).stdout, /asked.safetensors: TableProgrammer, /);
});
commands("what was stopped is resumed with the file, and has the bytes of what was not", async () => {
  const args = `${TRAIN} --batch 2 --checkpoint-every 2`;
  assert.is((await tapehead(`${args} --steps 6 --out whole.safetensors --model-only`)).code, 0);
  assert.is((await tapehead(`${args} --steps 4 --decay 1 --out part.safetensors`)).code, 0);
  const resumed = await tapehead("train --resume part.safetensors --questions train.jsonl --steps 6 --decay 1");
  assert.is(resumed.code, 0, resumed.stderr);
});
commands("answers about a CSV file, and says the program, as text and as JSON", async () => {
  const { code, stdout, stderr } = await tapehead(
    "ask cities.csv --model asked.safetensors which city was the last? --guess",
  );
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^A guess: this model answers any words/);
  assert.match(stdout, /^ {2}2 {2}\w+/m);
  const refused = await tapehead("ask cities.csv --model asked.safetensors which city was the last?");
  assert.is(refused.code, 2);
  assert.match(refused.stderr, /its answers are guesses, which --guess asks for/);
  assert.match(stdout, /Read as: (… )+<column>\. Not read: column "Population"\./);
  const json = await tapehead("ask cities.csv --model asked.safetensors which city was the last? --guess --json");
  const answer = JSON.parse(json.stdout) as { lines: { operation: string }[]; probability: number };
  assert.is(answer.lines.length, 2);
  assert.ok(answer.probability > 0 && answer.probability < 0.5);
});
commands("draws the program in a page, and a question without a table is told where to go", async () => {
  const { code, stderr } = await tapehead(
    "ask cities.csv --model asked.safetensors how many in Germany? --guess --trace drawn.html",
  );
  assert.is(stderr, "");
  assert.is(code, 0);
  const html = readFileSync(join(folder, "drawn.html"), "utf8");
  assert.equal(faultsOf(html), []);
  const { words, choices, rows } = programIn(html);
  assert.equal(words.at(-1), { role: "entry", text: "Germany?" });
  assert.equal(Object.keys(choices["Operations"]!), rowOperations);
  assert.equal(Object.keys(choices["Columns"]!), ["City", "Country"]);
  assert.is(rows.length, 2);
  const lost = await tapehead("trace asked.safetensors 'how many?'");
  assert.is(lost.code, 2);
  assert.match(
    lost.stderr,
    /for this one there is `tapehead ask table\.csv "how many\?" --model asked\.safetensors --trace page\.html`/,
  );
});
commands("training without questions is refused", async () => {
  const { code, stderr } = await tapehead("train table-programmer --steps 4");
  assert.is(code, 2);
  assert.match(stderr, /questions is undefined, and must be an array/);
});
commands.run();
