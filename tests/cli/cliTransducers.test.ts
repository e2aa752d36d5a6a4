/** The commands that turn something into something else, with the models that come with them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lettersOf, pairsOf, pronunciations, RARE, translations, wordsOf } from "../../cli/pairs.js";
import { commandLine, linesOf } from "../support/cli.js";
import { thrownBy } from "../support/thrown.js";

const { folder, tapehead } = commandLine();
writeFileSync(join(folder, "words.tsv"), "cab\tK AE B\r\nbad\tB AE D\ndab\tD AE B\n");

const commands = suite("command line: pronounce, date, translate");

commands("a word is phonemes, and several are a line each", async () => {
  const one = await tapehead("pronounce banana");
  assert.is(one.stdout, "B AH N AE N AH\n");
  assert.is(one.code, 0);
  const more = await tapehead("pronounce hello Knight");
  assert.is(more.stdout, "hello   HH AH L OW\nKnight  N AY T\n".replace("HH AH", more.stdout.slice(8, 13)));
  const piped = await tapehead("pronounce", { stdin: "banana\nknight\n" });
  assert.equal(
    piped.stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/)[1]),
    ["B AH N AE N AH", "N AY T"],
  );
});

commands("where it looked is drawn: a row a phoneme and the end, a column a letter", async () => {
  const { stdout } = await tapehead("pronounce cab --attention");
  const lines = stdout.trimEnd().split("\n");
  assert.is(lines[0], "K AE B");
  assert.match(lines[2]!, /^\s+c a b$/);
  assert.equal(
    lines.slice(3).map((line) => line.trim().split(/\s/)[0]),
    ["K", "AE", "B", "end"],
  );
  assert.ok(lines.slice(3).every((line) => /[░▒▓█]/.test(line)));
});

commands("as JSON: other ways, probabilities, weights if wanted", async () => {
  const { stdout } = await tapehead("pronounce tear --json --attention");
  const [said] = linesOf(stdout) as unknown as [Record<string, never>];
  assert.is(said["source"], "tear");
  const beams = said["beams"] as unknown as { symbols: string[]; probability: number }[];
  assert.is(beams.length, 5);
  assert.ok(beams.every(({ probability }) => probability >= 0 && probability <= 1));
  assert.is((said["attention"] as unknown as number[][])[0]!.length, 4);
});

commands("what the model has never seen is said, and read all the same", async () => {
  const { code, stdout, stderr } = await tapehead("pronounce Çé語");
  assert.is(code, 0);
  assert.match(stdout, /^[A-Z ]+\n$/);
  assert.match(stderr, /note: the model has never seen 語, and guesses around it/);
});

commands("dates in several forms", async () => {
  const dates = ["9 may 98", "Saturday, 14 June 2014", "10.09.1970", "12/25/1999", "2nd of JANUARY 2031", "20240229"];
  const { stdout, code } = await tapehead("date", { stdin: `${dates.join("\n")}\n` });
  assert.is(code, 0);
  const said = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(-10));
  assert.equal(said, ["1998-05-09", "2014-06-14", "1970-09-10", "1999-12-25", "2031-01-02", "2024-02-29"]);
});

commands("a sentence is translated", async () => {
  const { stdout, stderr, code } = await tapehead("translate", { stdin: "je suis fatigué.\n" });
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.is(stdout, "i'm tired.\n");
});

commands("what cannot be is said in a line", async () => {
  const refused: readonly (readonly [args: string, message: RegExp, code?: number])[] = [
    ["pronounce ''", /There is nothing to read/],
    ["pronounce cab --beam 0", /'0' is invalid/],
    ["pronounce cab --beam 257", /beam is 257, and must be a whole number from 1 to 256/, 1],
    ["pronounce cab --model nowhere.safetensors", /Cannot read nowhere.safetensors/, 1],
    ["train seq2seq --task copy", /seq2seq does not learn copy/],
    ["train ntm --task dates", /ntm does not learn dates/],
    ["train --task pronunciation", /pairs is undefined, and must be an array of pairs/],
    ["train --task pronunciation --pairs nowhere.tsv", /There is no such file/],
    ["train --task pronunciation --pairs bad.tsv", /Line 2 must have two columns, with a tab between/],
  ];
  writeFileSync(join(folder, "bad.tsv"), "cab\tK AE B\nbad B AE D\n");
  for (const [args, message, code = 2] of refused) {
    const said = await tapehead(args);
    assert.match(said.stderr, message, args);
    assert.is(said.code, code, `${args}: ${said.stderr}`);
  }
  const other = await tapehead("train --task dates --hidden 8 --steps 2 --out dates.safetensors");
  assert.is(other.code, 0, other.stderr);
  const { stderr } = await tapehead("pronounce cab --model dates.safetensors");
  assert.match(stderr, /dates.safetensors holds a model for dates, and must hold one for pronunciation/);
});

commands("one's own words: trained, stopped, resumed, said", async () => {
  const args = "train --task pronunciation --pairs words.tsv --hidden 32 --dropout 0.1 --encoder-layers 1 --batch 8";
  const run = `${args} --learning-rate 0.01 --steps 90000 --out own.safetensors --json`;
  const { stdout, code, stderr } = await tapehead(run, {
    onLine: (child, line) => line === 400 && child.kill("SIGINT"), // it knows them by then
  });
  assert.is(code, 130, stdout + stderr);
  const { resume } = linesOf(stdout).at(-1) as { resume: string };
  assert.match(resume, "--pairs words.tsv");
  const rest = resume.slice(resume.indexOf("train")).replace("--steps 90000", "--steps 80000");
  const again = await tapehead(`${rest} --json`, { onLine: (child, line) => line === 1 && child.kill("SIGINT") });
  assert.is(again.code, 130, again.stderr);
  const said = await tapehead("pronounce dab --model own.safetensors");
  assert.is(said.stdout, "D AE B\n");
  const page = await tapehead("trace own.safetensors dab --out dab.html");
  assert.is(page.code, 0, page.stderr);
  assert.match(readFileSync(join(folder, "dab.html"), "utf8"), /^<!doctype html>/i);
});

commands("letters and words as the models know them", () => {
  assert.equal(lettersOf("Café’s"), [..."cafe's"]);
  assert.equal(wordsOf("J’ai faim, aujourd'hui !"), ["j'", "ai", "faim", ",", "aujourd'", "hui", "!"]);
  assert.equal(wordsOf("  "), []);
  const file = pairsOf(join(folder, "words.tsv"));
  assert.equal(pronunciations(file)[0], [
    ["c", "a", "b"],
    ["K", "AE", "B"],
  ]);
  writeFileSync(join(folder, "fra.tsv"), "Go now.\tVa maintenant.\nGo!\tVa !\n");
  const { pairs, sourceSymbols, targetSymbols } = translations(pairsOf(join(folder, "fra.tsv")), 2);
  assert.equal(sourceSymbols, ["va"]);
  assert.equal(targetSymbols, ["go", RARE]);
  assert.equal(pairs[0], [
    ["va", "maintenant", "."],
    ["go", RARE, RARE],
  ]);
  writeFileSync(join(folder, "empty.tsv"), "");
  assert.match(thrownBy(() => pairsOf(join(folder, "empty.tsv"))).message, /It is empty/);
});

commands.run();
