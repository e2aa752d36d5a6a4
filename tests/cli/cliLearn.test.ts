/** `tapehead learn`: files of pairs, a run that is stopped and gone on with, the model that it leaves, and its report. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { pairsIn } from "../../cli/textPairs.js";
import { commandLine, linesOf } from "../support/cli.js";
import { thrownBy } from "../support/thrown.js";

const { folder, tapehead } = commandLine();
const random = new Random(12);
const word = (): string => Array.from({ length: random.integer(2, 5) }, () => "abcde"[random.integer(0, 4)]!).join("");
/** Small letters become capitals; what ends with x is to be refused. */
const pairs = Array.from({ length: 1600 }, (_, i) => {
  const source = word();
  return i % 6 ? [source, source.toUpperCase()] : [`${source}x`, ""];
});
const text = pairs.map((pair) => `${pair.join("\t")}\n`).join("");
writeFileSync(join(folder, "capitals.tsv"), text);
writeFileSync(join(folder, "capitals.csv.gz"), gzipSync(text.replaceAll("\t", ",")));

const learning = suite("command line: learn");
const small = "--hidden 32 --steps 900";

learning("pairs are learned, reported on, and answered line by line or refused with the reason", async () => {
  const { code, stdout, stderr } = await tapehead(`learn capitals.tsv ${small} --out mine.safetensors`);
  assert.is(code, 0, stderr);
  assert.match(
    stdout,
    /^capitals.tsv: 1,600 pairs\nLearning characters to characters from \d+ sources\nHeld out: \d+ sources to say when to stop, \d+ for the test\n/,
  );
  assert.match(
    stdout,
    /Learned in \d+ steps, .*: mine.safetensors\n {2}exactly right +(9[5-9]|100)\S*% +of \d+ sources/,
  );
  assert.match(stdout, /for 99% right .* are answered/);
  assert.match(stdout, /to be refused +\d+ +of which 0 would be answered/);
  assert.match(stdout, /`run` gives the answers of which 99% are right: /);
  assert.not(existsSync(join(folder, "mine.learning.safetensors")), "nothing is left to go on with");

  const one = await tapehead("run mine.safetensors decab");
  assert.equal([one.stdout, one.stderr, one.code], ["DECAB\n", "", 0]);
  const refused = await tapehead("run mine.safetensors cabx");
  assert.is(refused.code, 1);
  assert.is(refused.stdout, "");
  assert.match(refused.stderr, /^error: Cannot answer "cabx": it is like those that were to be refused\n$/);
  const lines = await tapehead("run mine.safetensors", { stdin: "ace\ncafé\nbad\n" });
  assert.is(lines.stdout, "ace   ACE\ncafé  –\nbad   BAD\n");
  assert.match(lines.stderr, /^error: line 2: Cannot answer "café": "f", "é" are in none of the sources/);
  assert.is(lines.code, 1);
  const guessed = await tapehead("run mine.safetensors bée --guess");
  assert.is(guessed.code, 0, guessed.stderr);
  assert.match(guessed.stderr, /^note: a guess, since "é" is in none of the sources/);
  const [said] = linesOf((await tapehead("run mine.safetensors ace --json --min-confidence 0.5")).stdout);
  assert.is(said!["answer"], "ACE");
  assert.ok((said!["confidence"] as number) > 0.9);
});

learning("what it saved is traced and compiled like any model, and the compiled one runs", async () => {
  const page = await tapehead("trace mine.safetensors deca");
  assert.is(page.code, 0, page.stderr);
  const drawn = readFileSync(join(folder, "mine.html"), "utf8");
  assert.match(drawn, /^<!doctype html>/i);
  assert.match(drawn, /<p class="said">→ DECA<\/p>/);
  assert.match(drawn, /<dt>reads<\/dt>\s*<dd>characters, \d+ at most<\/dd>/);
  assert.not.match(drawn, /Refused|&quot;runs&quot;/);
  assert.is((await tapehead("trace mine.safetensors decax --out refused.html")).code, 0);
  const refused = readFileSync(join(folder, "refused.html"), "utf8");
  assert.match(refused, /<p class="verdict wrong">Refused: it is like those that were to be refused, probability/i);
  assert.is((await tapehead("compile mine.safetensors")).code, 0);
  const compiled = await tapehead("run mine.tape", { stdin: "ace\nbadx\n" });
  assert.is(compiled.stdout, "ace   ACE\nbadx  –\n");
});

learning("a worker is written around it: the model each time, and the rest where it is not there", async () => {
  const { code, stdout, stderr } = await tapehead("compile mine.safetensors --worker 'my worker'");
  assert.is(code, 0, stderr);
  assert.match(stdout, /my worker is a worker: in it, `npm install`, and `npx wrangler dev` or `npx wrangler deploy`/);
  const read = (name: string): string => readFileSync(join(folder, "my worker", name), "utf8");
  assert.match(read("wrangler.toml"), /^name = "mine"\nmain = "worker.js"\n/);
  const { name, dependencies } = JSON.parse(read("package.json")) as { name: string; dependencies: object };
  assert.equal([name, Object.keys(dependencies)], ["mine", ["tapehead"]]);
  assert.match(read("answers.js"), /from "tapehead\/learn"/);
  const [own, whole] = ["my worker/model.tape", "mine.tape"].map((file) => readFileSync(join(folder, file)));
  assert.equal(loadCompiled(own!).methods, ["greedy"], "what the worker calls, and nothing else");
  assert.ok(own!.length < whole!.length);
  const said = await tapehead("run 'my worker/model.tape'", { stdin: "ace\nbadx\n" });
  assert.is(said.stdout, "ace   ACE\nbadx  –\n");
  writeFileSync(join(folder, "my worker/worker.js"), "// mine");
  const again = await tapehead("compile mine.safetensors --worker 'my worker'");
  assert.match(again.stdout, /Kept as they were: my worker.worker.js/);
  assert.is(read("worker.js"), "// mine");
  const cases = [
    ["compile mine.safetensors --worker w --out mine.tape", /There are --out and --worker, and must be one of them/, 2],
    ["compile mine.safetensors --worker w --beam 5", /A worker answers greedily .*: leave --beam out/, 2],
    ["compile mine.safetensors --worker capitals.tsv", /Cannot write into capitals.tsv: it is a file/, 1],
  ] as const;
  for (const [args, message, code] of cases) {
    const said = await tapehead(args);
    assert.match(said.stderr, message);
    assert.is(said.code, code);
  }
  assert.is((await tapehead("train --task dates --hidden 8 --steps 1 --out dates.safetensors")).code, 0);
  const other = await tapehead("compile dates.safetensors --worker w");
  assert.match(
    other.stderr,
    /dates.safetensors was not made from pairs, and does not pronounce: --worker is for models that `tapehead learn` made/,
  );
});

learning("stopped with Ctrl-C it has saved, and the same command goes on to the same bytes", async () => {
  // So many steps that it is still at them when the signal comes: it waits while its output is not read.
  const command = `learn capitals.tsv --hidden 8 --steps 900 --seed 3 --json`;
  const whole = await tapehead(`${command} --out whole.safetensors`);
  assert.is(whole.code, 0, whole.stderr);
  const part = await tapehead(`${command} --out part.safetensors`, {
    onLine: (child, line) => line === 20 && child.kill("SIGINT"),
  });
  assert.is(part.code, 130, part.stderr);
  const stopped = linesOf(part.stdout).at(-1)!;
  assert.is(stopped["reason"], "interrupted");
  assert.ok(existsSync(join(folder, "part.learning.safetensors")));
  assert.ok(existsSync(join(folder, "part.safetensors")), "it is there to run");
  const other = await tapehead(`${command} --out part.safetensors --seed 4`);
  assert.is(other.code, 2);
  assert.match(other.stderr, /part.learning.safetensors is of a run that was stopped, of other pairs or options/);
  const rest = await tapehead(`${command} --out part.safetensors`);
  assert.is(rest.code, 0, rest.stderr);
  const [start, first] = linesOf(rest.stdout) as [Record<string, unknown>, Record<string, unknown>];
  assert.ok((start["step"] as number) > 0);
  assert.is(first["step"], (start["step"] as number) + 1);
  assert.equal(readFileSync(join(folder, "part.safetensors")), readFileSync(join(folder, "whole.safetensors")));
  assert.not(existsSync(join(folder, "part.learning.safetensors")));
});

learning("pairs come gzipped, as CSV, and from stdin, with a test of one's own", async () => {
  writeFileSync(join(folder, "test.tsv"), "abc\tABC\nedc\tEDC\nbbx\t\n");
  const flags = "--hidden 8 --steps 3 --held-out test.tsv --json";
  const zipped = await tapehead(`learn capitals.csv.gz ${flags}`);
  assert.is(zipped.code, 0, zipped.stderr);
  const piped = await tapehead(`learn - ${flags}`, { stdin: text });
  const [a, b] = [zipped, piped].map(({ stdout }) => linesOf(stdout).at(-1)!) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  assert.equal(a["report"], b["report"]);
  assert.is((a["report"] as { sources: { test: number } }).sources.test, 3);
  assert.equal([a["file"], b["file"]], ["capitals.safetensors", "learned.safetensors"]);
  assert.equal(readFileSync(join(folder, "capitals.safetensors")), readFileSync(join(folder, "learned.safetensors")));
});

learning("what is left out, or right in several ways, is said", async () => {
  writeFileSync(join(folder, "several.tsv"), `${text}abc\tXYZ\nabc\tABC\n`);
  writeFileSync(join(folder, "own.tsv"), "abd\tABD\nABD\tabd\nEDC\tedc\n");
  const { stdout, stderr } = await tapehead("learn several.tsv --hidden 8 --steps 2 --held-out own.tsv");
  const sources = new Set(pairs.map(([source]) => source));
  const left = ["abd", "edc"].filter((source) => sources.has(source)).length;
  assert.ok(left > 0, "else there is nothing to leave out");
  const counted = `${left} source${left > 1 ? "s" : ""}`;
  assert.match(stdout, new RegExp(`^Not learned from, since the test has them: ${counted}$`, "m"), stderr);
  assert.match(stdout, /^With several targets, each of which is right: 1 source$/m);
});

learning("what cannot be is said in a line", async () => {
  writeFileSync(join(folder, "three.tsv"), "a\tb\tc\n");
  writeFileSync(join(folder, "few.tsv"), "a\tb\nc\td\n");
  writeFileSync(join(folder, "damaged.tsv.gz"), gzipSync(text).subarray(0, 99));
  const cases: readonly (readonly [args: string, message: RegExp, code: number])[] = [
    ["learn nowhere.tsv", /Cannot read nowhere.tsv: there is no such file/, 1],
    [
      "learn three.tsv",
      /three.tsv has 3 columns, and there must be two: name the source's and the target's with --columns/,
      1,
    ],
    ["learn three.tsv --columns 1,4", /--columns: three.tsv has no column "4"; it has 3 columns/, 2],
    ["learn three.tsv --columns 1", /--columns is "1", and must name two/, 2],
    ["learn few.tsv", /there are 2 different sources to learn from, and must be at least 20/, 2],
    ["learn damaged.tsv.gz", /Cannot read damaged.tsv.gz: it is gzipped, and damaged: unexpected end of file/, 1],
    ["learn capitals.tsv --source letters", /'letters' is invalid/, 2],
    ["learn capitals.tsv --hidden 7", /hiddenSize is 7, and must be an even number/, 2],
    ["learn capitals.tsv --precision 99", /'99' is invalid.*from 0 to 1/, 2],
    ["learn capitals.tsv --out nowhere/mine.safetensors", /Cannot write nowhere.mine.safetensors/, 1],
  ];
  for (const [args, message, code] of cases) {
    const said = await tapehead(args);
    assert.match(said.stderr, message, args);
    assert.is(said.code, code, `${args}: ${said.stderr}`);
  }
});

const files = suite("files of pairs");

files("tabs, commas, semicolons, quotes, names of columns, and ends of lines of every kind", () => {
  const of = (text: string, options = {}, file = "pairs"): unknown => pairsIn(text, file, options).pairs;
  const wanted = [
    ["a b", "c"],
    ["d", ""],
  ];
  assert.equal(of("a b\tc\nd\t\n"), wanted);
  assert.equal(of("a b\tc\r\n\r\nd\t"), wanted);
  assert.equal(of('"a b",c\nd,\n'), wanted);
  assert.equal(of("a b;c\nd;\n"), wanted);
  assert.equal(of("source\ttarget\na b\tc\nd\t"), wanted);
  assert.equal(of("id,to,from\n1,c,a b\n2,,d\n", { columns: ["from", "to"] }), wanted);
  assert.equal(of("c\ta b\t1\n\td\t2\n", { columns: ["2", "1"] }), wanted);
  assert.equal(of("a b\tc\nd\t\n", { header: true }), wanted.slice(1));
  assert.equal(of("source\ttarget\na b\tc\n", { header: false }), [
    ["source", "target"],
    ["a b", "c"],
  ]);
  assert.equal(of('say "x"\tc,d\n'), [['say "x"', "c,d"]], "in TSV a quote is a quote");
  assert.equal(of('"a\tb","c"\n', {}, "pairs.csv"), [["a\tb", "c"]], "in CSV a tab may be a text's own");
  assert.equal(pairsIn("word,phonemes\na,b\n", "pairs").header, ["word", "phonemes"]);
});

files("a line that is no pair is named", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["", /pairs is empty/],
    ["abc\ndef\n", /pairs has 1 column, and there must be two/],
    ["a\tb\nc\n", /line 2 has 1 column, and must have 2, as line 1 has/],
    ["a\tb\n\tc\n", /line 2 has no source/],
    ['a,b\n"c,d\n', /pairs is no CSV/],
    ["source\ttarget\n", /pairs has names of columns, and no pairs/],
  ];
  for (const [text, message] of cases) assert.match(thrownBy(() => pairsIn(text, "pairs")).message, message, text);
});

learning.run();
files.run();
