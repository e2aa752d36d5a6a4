/** The command line with other models and tasks than copying with a Turing machine. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { load } from "../../bindings/load.js";
import { ArithmeticProgrammer } from "../../bindings/models.js";
import { QuestionsFile } from "../../cli/questions.js";
import { CaptionsFile } from "../../cli/captions.js";
import { DialoguesFile } from "../../cli/dialogues.js";
import { TreesFile } from "../../cli/trees.js";
import { shippedDatabase } from "../../cli/shipped.js";
import { theoremsOf } from "../../cli/theorems.js";
import { PairsFile } from "../../cli/pairs.js";
import { tasks } from "../../cli/tasks.js";
import { programIn } from "../support/page.js";
import { commandLine, linesOf } from "../support/cli.js";

const { folder, tapehead } = commandLine();
const TEXT = "the cat sat on the mat, and the dog sat on the log. ".repeat(8);
writeFileSync(join(folder, "text.txt"), TEXT);
writeFileSync(join(folder, "other.txt"), TEXT.toUpperCase());

const models = suite("command line: models and tasks");

const ways: readonly (readonly [args: string, model: string, metrics: readonly string[]])[] = [
  [
    "ntm --task repeat-copy --max-length 2 --max-repeats 2 --hidden 4 --slots 5 --width 3",
    "NeuralTuringMachine",
    ["bitError"],
  ],
  ["ntm --task associative-recall --max-items 3 --hidden 4 --slots 5 --width 3", "NeuralTuringMachine", ["bitError"]],
  [
    "--task dynamic-ngrams --context 2 --length 12 --hidden 4 --slots 5 --width 3",
    "NeuralTuringMachine",
    ["bits", "optimalBits"],
  ],
  ["lstm --task priority-sort --vectors 4 --wanted 2 --hidden 4 --layers 2", "RecurrentNetwork", ["bitError"]],
  ["gru --task copy --hidden 4 --max-length 2", "RecurrentNetwork", ["bitError"]],
  ["act --bits 4 --hidden 8 --time-penalty 0.01", "AdaptiveComputationTime", ["sequenceError", "bitError", "ponder"]],
  ["rnn --task parity --bits 4 --hidden 8", "RecurrentNetwork", ["sequenceError", "bitError"]],
  [
    "act --task logic --max-length 2 --max-gates 2 --cell lstm --hidden 8",
    "AdaptiveComputationTime",
    ["sequenceError", "bitError", "ponder"],
  ],
  [
    "act --task addition --max-digits 2 --max-length 2 --cell gru --hidden 8",
    "AdaptiveComputationTime",
    ["sequenceError", "ponder"],
  ],
  ["act --task sort --max-length 3 --cell ntm --hidden 8", "AdaptiveComputationTime", ["sequenceError", "ponder"]],
  [
    "arithmetic-programmer --max-operators 2 --curriculum 2,3 --numbers 4 --hidden 8 --reach 2",
    "ArithmeticProgrammer",
    ["sequenceError"],
  ],
  [
    "neural-programmer --columns 2 --max-rows 6 --groups 2 --evenly groups --curriculum 2,3 --hidden 8 --initial-range 0.2 --joining minimum",
    "NeuralProgrammer",
    ["sequenceError"],
  ],
  ["lstm --task arithmetic --max-operators 1 --hidden 8", "RecurrentNetwork", ["sequenceError"]],
  [
    "act --task text --text text.txt --length 9 --hidden 8",
    "AdaptiveComputationTime",
    ["bitsPerCharacter", "characterError", "ponder"],
  ],
];
for (const [way, [args, model, names]] of ways.entries()) {
  models(`train ${args}`, async () => {
    const common = `--batch 2 --steps 4 --evaluate-every 4 --checkpoint-every 2 --out way${way}.safetensors`;
    const { code, stdout, stderr } = await tapehead(`train ${args} ${common} --json`);
    assert.is(stderr, "");
    assert.is(code, 0);
    const [start, ...rest] = linesOf(stdout);
    assert.is(start!["model"], model);
    assert.equal(Object.keys(rest.at(-1)!["measured"] as object), names);
    const inspected = await tapehead(`inspect way${way}.safetensors`);
    assert.match(inspected.stdout, `way${way}.safetensors: ${model}, `);
    assert.match(inspected.stdout, /step 4, 8 sequences: .* lately/);
  });
}

models(
  "a run whose learning rate and price fall, stopped in between and resumed, has the bytes of one never stopped",
  async () => {
    const args =
      "train act --bits 6 --hidden 8 --learning-rate 0.01 --decay 0.1 --cost-decay 0.5 --cost-halving 700 --batch 64 --steps 3000";
    assert.is((await tapehead(`${args} --out whole.safetensors`)).code, 0);
    // What nobody reads stops it after some hundred steps, so that it cannot end before the signal comes.
    const stopped = await tapehead(`${args} --out part.safetensors --json`, {
      onLine: (child, line) => line === 1 && child.kill("SIGINT"),
    });
    assert.is(stopped.code, 130, stopped.stdout);
    const { resume } = linesOf(stopped.stdout).at(-1) as { resume: string };
    assert.match(resume, "--steps 3000 --learning-rate 0.01 --decay 0.1 --cost-decay 0.5 --cost-halving 700");
    assert.is((await tapehead(resume.slice(resume.indexOf("train")))).code, 0);
    const [whole, part] = ["whole", "part"].map((name) => readFileSync(join(folder, `${name}.safetensors`)));
    assert.ok(whole!.equals(part!));
  },
);

models("training begins with another file's parameters, if they fit", async () => {
  const train = "train --task arithmetic --hidden 8 --numbers 4 --batch 2 --steps 1 --model-only --learning-rate 1e-30";
  assert.is((await tapehead(`${train} --max-operators 1 --out one.safetensors`)).code, 0);
  assert.is(
    (await tapehead(`${train} --max-operators 3 --seed 5 --from one.safetensors --out three.safetensors`)).code,
    0,
  );
  const valuesOf = (file: string): Float32Array =>
    load(readFileSync(join(folder, file)), { models: [ArithmeticProgrammer] }).parameters.values;
  const [three, one] = [valuesOf("three.safetensors"), valuesOf("one.safetensors")];
  // A step at this rate moves what is 0 by less than this, and nothing else.
  assert.ok(three.every((value, i) => Math.abs(value - one[i]!) < 1e-29));
  const other = await tapehead(
    `${train.replace("--hidden 8", "--hidden 9")} --from one.safetensors --out x.safetensors`,
  );
  assert.is(other.code, 2);
  assert.match(
    other.stderr,
    /Cannot begin with one.safetensors: it holds ArithmeticProgrammer .*"hiddenSize":8.*"hiddenSize":9/,
  );
  const both = await tapehead("train --from one.safetensors --resume one.safetensors");
  assert.match(both.stderr, /--resume and --from, and must be one of them/);
});

models("a model of arithmetic writes a program for an expression, and says that it is not sure", async () => {
  const { code, stdout, stderr } = await tapehead("run one.safetensors '(3 + 4) * 5'");
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^\(3 \+ 4\) \* 5 = -?[\d.e+-]+\n {2}r1 = .*\n {2}r2 = /);
  assert.match(stdout, /The model is not sure: this program has a probability of/);
  const wrong = await tapehead("run one.safetensors '(3 + 4'");
  assert.is(wrong.code, 2);
  assert.match(wrong.stderr, /The expression has the end, where there must be/);
  const page = await tapehead("trace one.safetensors '(3 + 4) * 5' --out page.html");
  assert.is(page.code, 0, page.stderr);
  const html = readFileSync(join(folder, "page.html"), "utf8");
  for (const title of ["The program", "Operations", "First argument", "add, subtract, multiply, divide, first"])
    assert.match(html, title);
});

models("a page of a model of tables shows the program for an example", async () => {
  const train = "train --task table --columns 2 --hidden 8 --steps 1 --batch 2 --model-only --out tables.safetensors";
  assert.is((await tapehead(train)).code, 0);
  const page = await tapehead("trace tables.safetensors --out tables.html");
  assert.is(page.code, 0, page.stderr);
  const html = readFileSync(join(folder, "tables.html"), "utf8");
  assert.match(page.stdout, /^tables\.html: \d+ words?, [\d,]+ bytes\. Open it in a browser\.\n$/);
  assert.match(html, "NeuralProgrammer on the task <b>table</b>, drawn with seed 1<");
  const { choices, header, rows, lines } = programIn(html);
  assert.equal(Object.keys(choices["Columns"]!), ["A", "B"]);
  assert.is(lines.length, 4);
  assert.equal(
    header.map((name) => name[0]),
    ["A", "B"],
  );
  assert.ok(rows.length >= 5 && rows.every(({ cells }) => cells.every((cell) => Number.isFinite(Number(cell)))));
  assert.is((await tapehead(train.replace("--steps", "--text-columns 1 --steps"))).code, 0);
  await tapehead("trace tables.safetensors --out texts.html");
  const texts = programIn(readFileSync(join(folder, "texts.html"), "utf8"));
  assert.ok(Object.keys(texts.choices["Operations"]!).includes("textMatch"));
  assert.ok(
    texts.rows.every(({ cells }) => cells.length === 3 && cells.filter((cell) => /^w\d+$/.test(cell)).length === 1),
  );
  const question = await tapehead("trace tables.safetensors how many?");
  assert.is(question.code, 2);
  assert.match(
    question.stderr,
    /tables\.safetensors holds a model that is asked about tables: `tapehead ask table.csv/,
  );
});

models("a stopped run on a text says which text to go on with", async () => {
  const args =
    "train act --task text --text text.txt --length 20 --hidden 12 --batch 64 --steps 9000000 --out long.safetensors";
  // The first line says what is to be trained, the second that it is.
  const { code, stdout } = await tapehead(args, { onLine: (child, line) => line === 2 && child.kill("SIGINT") });
  assert.is(code, 130, stdout);
  const [, resume] = /Go on with: \S+ \S+ (.*)/.exec(stdout)!;
  assert.match(resume!, "--text text.txt");
  const { code: ended, stderr } = await tapehead(`${resume!.replace("--steps 9000000", "--steps 8000000")} --json`, {
    onLine: (child, line) => line === 1 && child.kill("SIGINT"),
  });
  assert.is(ended, 130, stderr);
});

models("a flag of another model or task is refused, with those there are", async () => {
  const refused: readonly (readonly [args: string, message: RegExp])[] = [
    ["train lstm --slots 5", /--slots is no option of lstm; it has --hidden, --cell-options, --layers/],
    ["train --task parity --max-length 5", /--max-length is no option of parity; it has --bits/],
    ["train act --cell tape", /--cell of act is "tape", and must be "rnn" or "gru" or "lstm" or "ntm"/],
    ["train seq2seq --cell ntm", /--cell of seq2seq is "ntm", and must be "rnn" or "gru" or "lstm"$/m],
    ["train programmer", /It is called arithmetic-programmer now/],
    ["train question-programmer", /It is called table-programmer now/],
    ["train pointer", /It is called pointer-network now/],
    ["train table-programmer --task table", /table-programmer does not learn table, and neural-programmer does/],
    ["train --task text", /needs the option "text"/],
    ["train --task text --text nowhere.txt", /'nowhere.txt' is invalid. There is no such file/],
    ["train --task text --text text.txt --length 9999", /the text has 416 characters, and must have at least 10000/],
  ];
  for (const [args, message] of refused) {
    const { code, stderr } = await tapehead(args);
    assert.match(stderr, message);
    assert.is(code, 2, args);
  }
});

models("another text does not go on with what was learned from the first", async () => {
  const args = "--batch 2 --steps 4 --hidden 4 --length 9 --out read.safetensors";
  await tapehead(`train act --task text --text text.txt ${args}`);
  const { code, stderr } = await tapehead("train --resume read.safetensors --text other.txt --steps 8");
  assert.match(stderr, /it is another text/);
  assert.is(code, 2);
  assert.is((await tapehead("train --resume read.safetensors --text text.txt --steps 8")).code, 0);
});
models.run();

const reading = suite("command line: reading a text");

reading.before(async () => {
  await tapehead("train act --task text --text text.txt --length 20 --hidden 12 --steps 60 --out act.safetensors");
  await tapehead("train lstm --task text --text text.txt --length 20 --hidden 12 --steps 60 --out lstm.safetensors");
  await tapehead("compile act.safetensors --trace ponder");
});

reading("draws how long it pondered on each character, with a mean where words start", async () => {
  const { code, stdout } = await tapehead("run act.safetensors 'the dog sat'");
  assert.is(code, 0);
  const [bars, text] = stdout.split("\n");
  assert.match(bars!, /^[▁▂▃▄▅▆▇█]{11}$/);
  assert.is(text, "the dog sat");
  assert.match(stdout, /ponder steps a character: .* where a new word starts, .* elsewhere/);
});

reading("as JSON it says what each character cost, which sums up; compiled it says the same", async () => {
  const { stdout } = await tapehead("run act.safetensors 'the dog sat' --json");
  const [read] = linesOf(stdout) as unknown as [
    { characters: { bits?: number; ponder: number }[]; bitsPerCharacter: number },
  ];
  const bits = read.characters.slice(0, -1).map((one) => one.bits!);
  assert.is(bits.length, 10);
  assert.ok(Math.abs(bits.reduce((a, b) => a + b, 0) / 10 - read.bitsPerCharacter) < 1e-9);
  assert.ok(read.characters.every(({ ponder }) => ponder >= 1));
  assert.is(read.characters.at(-1)!.bits, undefined);
  const compiled = await tapehead("run act.tape 'the dog sat' --json");
  const { file: _, ...same } = linesOf(compiled.stdout)[0]!;
  const { file: __, ...first } = read as object as Record<string, unknown>;
  assert.equal(same, first);
});

reading("of a model that does not ponder it draws what the next character cost", async () => {
  const { stdout } = await tapehead("run lstm.safetensors 'the dog sat'");
  assert.match(stdout, "Bars: bits that the next character cost");
});

reading("refuses what it has never seen, and what is too short", async () => {
  assert.match(
    (await tapehead("run act.safetensors 'the d\u00f6g'")).stderr,
    /Character 6 of the text, "ö", is none of the/,
  );
  assert.match((await tapehead("run act.safetensors t")).stderr, /at least two characters/);
  assert.match((await tapehead("run act.safetensors 'the dog' --piece 3")).stderr, /--piece is for models that copy/);
});
reading.run();

const tracing = suite("command line: trace");

tracing("draws an example of every task, of what was trained on it above", async () => {
  for (const [way, [args]] of ways.entries()) {
    const text = args.includes("--task text") ? " 'the dog'" : "";
    const { code, stderr } = await tapehead(`trace way${way}.safetensors${text} --out drawn.html`);
    assert.is(stderr, "", args);
    assert.is(code, 0);
    assert.match(readFileSync(join(folder, "drawn.html"), "utf8"), /^<!doctype html>/i);
  }
  const { code, stderr } = await tapehead("trace act.safetensors");
  assert.match(stderr, /act.safetensors holds a model of text: give it one to read/);
  assert.is(code, 2);
});
tracing.run();

const tables = suite("command line: tables");
tables("say of every task what it metrics, in its order", () => {
  const pairs = new PairsFile("pairs.tsv", "word\tW ER D\n".repeat(25));
  const line = (fields: object): string => `${JSON.stringify(fields)}\n`;
  const questions = new QuestionsFile(
    "questions.jsonl",
    line({ q: "which city?", t: "1", a: ["Rome"] }),
    line({ id: "1", header: ["City"], rows: [["Rome"]] }),
  );
  const picture = { height: 8, width: 8, channels: 1, pixels: new Float32Array(64) };
  const needed: Readonly<Record<string, object>> = {
    text: { text: TEXT, length: 9 },
    pronunciation: { pairs },
    translation: { pairs },
    captions: { captions: new CaptionsFile("captions.tsv", [{ picture, caption: ["cat"], split: "train" }]) },
    conversation: { dialogues: new DialoguesFile("talks.jsonl", line({ turns: ["hello", "hello"] })) },
    parsing: { trees: new TreesFile("trees.ptb", "(S (NN rain))") },
    proving: { theorems: theoremsOf(shippedDatabase()) },
    "table-questions": { questions },
  };
  for (const [name, { create, metrics }] of Object.entries(tasks)) {
    const task = create({ ...needed[name] });
    assert.is(task.name, name);
    assert.equal(Object.keys(task.metrics), metrics);
  }
});
tables.run();
