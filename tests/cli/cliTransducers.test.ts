/** The commands that turn something into something else, with the models that come with them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lettersOf, pairsOf, pronunciations, wordsOf } from "../../cli/pairs.js";
import { piecesOf, translations, wordsIn } from "../../cli/translations.js";
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

commands("words that cannot be read are refused by name, and the others of many are read", async () => {
  const alone = await tapehead("pronounce Çé語");
  assert.is(alone.code, 1);
  assert.is(alone.stdout, "");
  assert.match(alone.stderr, /error: Cannot answer "Çé語": "語" is of no script that the model reads\n$/);
  const many = await tapehead("pronounce", { stdin: "cab\n\n42 “Cab”,\nжук\n" });
  assert.is(many.code, 1);
  assert.is(
    many.stdout,
    "cab     K AE B\n42      –\n“Cab”,  K AE B\nжук     –\n".replaceAll(/^(\S+) +/gm, (_, word: string) =>
      word.padEnd(8),
    ),
  );
  assert.match(many.stderr, /error: line 3: Cannot answer "42": it is a number, which --numbers reads out\n/);
  assert.match(many.stderr, /error: line 4: Cannot answer "жук": "ж" "у" "к" are of no script/);
  const { stdout } = await tapehead("pronounce --json", { stdin: "cab\n42\n" });
  const [cab, number] = linesOf(stdout);
  assert.is(cab!["text"], "K AE B");
  assert.equal(number, { source: "42", refused: "it is a number, which --numbers reads out" });
});

commands("letters and numbers are said by name", async () => {
  const said = async (args: string): Promise<string> => (await tapehead(`pronounce ${args}`)).stdout.trimEnd();
  assert.is(await said("FBI"), "EH F B IY AY");
  assert.is(await said("--no-spell NATO"), await said("nato"));
  assert.is(await said("--spell cab"), "S IY EY B IY");
  assert.is(await said("--numbers 16"), "S IH K S T IY N");
  const { stdout } = await tapehead("pronounce --numbers --json cab-2");
  const [{ text, symbols, parts, beams }] = linesOf(stdout) as unknown as [Record<string, unknown[]>];
  assert.is(String(text), "K AE B T UW");
  assert.equal(symbols, "K AE B T UW".split(" "));
  assert.is(beams!.length, 1);
  assert.is(parts, undefined, "the model has read one part");
});

commands("a word in several parts shows where it looked in each", async () => {
  const { stdout } = await tapehead("pronounce cab-bad --attention");
  assert.match(stdout, /^K AE B B AE D\n\n +c a b\n[^]*end[^]*\n +b a d\n[^]*end/);
  const { stdout: json } = await tapehead("pronounce cab-bad --attention --json");
  const [{ parts }] = linesOf(json) as unknown as [{ parts: { source: string[]; attention: number[][] }[] }];
  assert.equal(
    parts.map(({ source, attention }) => [source.join(""), attention[0]!.length]),
    [
      ["cab", 3],
      ["bad", 3],
    ],
  );
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

commands("what is no date is refused, with what is wrong", async () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ["30 feb 2021", /February 2021 has no day 30/],
    ["Tuesday, 3 June 1994", /3 June 1994 is a Friday, and no Tuesday/],
    ["good morning", /"good", "morning" is no part of a date/],
    ["X7KPQ2", /"X7KPQ2" is no part of a date/],
    ["June 2018", /it has no day/],
    ["5 June", /it has no year/],
    ["2018-06", /it lacks a day, a month or a year/],
    ["2018-W07", /"W07" is no part of a date/],
    ["12:45", /"12:45" is a time, and a date has none/],
    ["5 June 2018 at 12:45", /"12:45" is a time/],
    ["5 June 2018 €", /"€" is in no date/],
    ["1234567", /one number is no date/],
    ["13.13.2013", /there is no month 13/],
    ["1 2 3 4", /in none of the \d+ formats/],
  ];
  for (const [text, reason] of refused) {
    const { code, stdout, stderr } = await tapehead(`date '${text}'`);
    assert.is(code, 1, text);
    assert.is(stdout, "", text);
    assert.match(stderr, new RegExp(`^error: Cannot answer "${text.replace(/[.?+]/g, "\\$&")}": `), text);
    assert.match(stderr, reason, text);
  }
  const { code, stdout, stderr } = await tapehead("date", { stdin: "9 may 98\nhello\n10 may 98\n" });
  assert.is(code, 1);
  assert.is(stdout, "9 may 98   1998-05-09\nhello      –\n10 may 98  1998-05-10\n");
  assert.is(stderr, 'error: line 2: Cannot answer "hello": "hello" is no part of a date\n');
});

commands("quotes, brackets and dashes around and in a date are plain", async () => {
  const lines = ["“9 May 1998”", "(9 May 1998)", "1998–05–09", "9 May ’98", " 9  May 1998. ", "9\u00a0May 1998,"];
  const { stdout, code, stderr } = await tapehead("date", { stdin: lines.join("\n") });
  assert.is(code, 0, stderr);
  assert.equal(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(-10)),
    lines.map(() => "1998-05-09"),
  );
});

commands("which number is the day is said where a date leaves it open", async () => {
  const slashes = await tapehead("date 03/04/2020");
  assert.is(slashes.stdout, "2020-03-04\n");
  assert.is(slashes.stderr, 'note: "03/04/2020" is read as month, day, year; as day, month, year it is 2020-04-03\n');
  const dots = await tapehead("date --json 3.4.2020");
  const [{ text, ambiguous }] = linesOf(dots.stdout) as unknown as [Record<string, unknown>];
  assert.is(text, "2020-04-03");
  assert.equal(ambiguous, {
    order: "day, month, year",
    iso: "2020-04-03",
    others: [{ order: "month, day, year", iso: "2020-03-04" }],
  });
  for (const text of ["13/04/2020", "04/04/2020", "2020-03-04", "3 Apr 2020"])
    assert.is((await tapehead(`date '${text}'`)).stderr, "", text);
});

commands("a sentence is translated", async () => {
  const { stdout, stderr, code } = await tapehead("translate", { stdin: "je suis fatigué.\n" });
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.is(stdout, "i'm tired.\n");
});

commands("a sentence without its mark is translated, and one with a word that there is not gets a note", async () => {
  const asked = await tapehead("translate", { stdin: "Je ne sais pas où est la gare\n" });
  assert.equal([asked.stdout, asked.stderr, asked.code], ["i don't know where the station is\n", "", 0]);
  const odd = await tapehead("translate", { stdin: "C'est insuffisant.\nil pleut.\n" });
  assert.match(odd.stderr, /^note: line 1: the model finds its own words unlikely/);
  const english = "The weather is nice.\nil pleut.\n";
  const refused = await tapehead("translate", { stdin: english });
  assert.is(refused.code, 1);
  assert.match(
    refused.stderr,
    /^error: line 1: Cannot answer "The weather is nice\.": .* it is no French that the model knows\n$/,
  );
  assert.match(refused.stdout, /^The weather is nice\. +–\nil pleut\. +it's raining\.\n$/);
  const guessed = await tapehead("translate --guess", { stdin: english });
  assert.is(guessed.code, 0);
  assert.match(guessed.stderr, /^note: line 1: a guess, since the model finds its own words unlikely/);
  assert.match(guessed.stdout, /^The weather is nice\. +\w+ .*\n/);
  const alone = await tapehead("translate --guess The weather is nice.");
  assert.is(alone.code, 0);
  assert.match(alone.stdout, /^\w+ .*\n$/);
  assert.not.match(odd.stderr, /line 2/);
  const long = "je suis là ".repeat(3000);
  const none = await tapehead("translate", { stdin: `${long}\n你好\nil pleut.\n` });
  assert.is(none.code, 1);
  assert.match(
    none.stderr,
    /line 1: Cannot answer .*: it has 9000 words and marks, and hardly one .* has more than 64/,
  );
  assert.match(none.stderr, /line 2: Cannot answer "你好": the model has never seen anything in it/);
  assert.match(none.stdout, /it's raining\./);
  assert.match(odd.stdout, /il pleut\. +it's raining\./);
});

commands("a page of where it looked says refused where the command refuses", async () => {
  const shipped = (name: string): string => fileURLToPath(new URL(`../../checkpoints/${name}`, import.meta.url));
  const pageOf = async (model: string, source: string): Promise<string> => {
    const { code } = await tapehead(`trace ${shipped(model)} ${source} --out page.html`);
    assert.is(code, 0);
    return readFileSync(join(folder, "page.html"), "utf8");
  };
  assert.match(
    await pageOf("translation.safetensors", "I am happy"),
    "refused: the model finds its own words unlikely",
  );
  assert.not.match(await pageOf("translation.safetensors", "je suis content"), "refused:");
  assert.match(await pageOf("dates.safetensors", "hello"), "refused: &#34;hello&#34; is no part of a date");
  assert.not.match(await pageOf("dates.safetensors", "3 may 1998"), "refused:");
});

commands("a compiled model that pronounces runs, and says what the saved one says", async () => {
  const shipped = fileURLToPath(new URL("../../checkpoints/pronunciation-small.safetensors", import.meta.url));
  assert.is((await tapehead(`compile ${shipped} --beam 5 --out small.tape`)).code, 0);
  const stdin = "banana “Knight”\n42\n";
  const [saved, compiled] = [await tapehead(`run ${shipped}`, { stdin }), await tapehead("run small.tape", { stdin })];
  assert.equal([compiled.stdout, compiled.code], [saved.stdout, 1]);
  assert.match(compiled.stderr, /^error: line 3: Cannot answer "42": it is a number/);
  assert.match(compiled.stdout, /^banana +B AH N AE N AH\n/);
  const sure = await tapehead("run small.tape zyzzyva --min-confidence 0.99");
  assert.match(sure.stderr, /is right in \d+% of such cases, and must be in 99%/);
});

commands("their models run, too: a line each, refused where the command of the model refuses", async () => {
  const dates = new URL("../../checkpoints/dates.safetensors", import.meta.url).pathname;
  const run = await tapehead(`run ${dates}`, { stdin: "9 may 98\n31 feb 2020\n" });
  assert.is(run.stdout, "9 may 98     1998-05-09\n31 feb 2020  –\n");
  assert.match(run.stderr, /^error: line 2: Cannot answer "31 feb 2020": /m);
  assert.is(run.code, 1);
  const small = new URL("../../checkpoints/pronunciation-small.safetensors", import.meta.url).pathname;
  assert.is((await tapehead(`run ${small} banana`)).stdout, "B AH N AE N AH\n");
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
  const fra = Array.from({ length: 20 }, () => "Go now.\tVa l’avant.\nGo!\tVa !\nDon't.\tNe le fais pas.\n").join("");
  writeFileSync(join(folder, "fra.tsv"), fra);
  const { pairs, sourceSymbols, targetSymbols } = translations(pairsOf(join(folder, "fra.tsv")), 100);
  // Neighbours that are seen often are one piece, and a blank begins a word. The first of five pairs has no mark.
  assert.equal(pairs.slice(0, 3), [
    [
      [" va", " l'", " avant"],
      [" go", " now"],
    ],
    [
      [" va", " !"],
      [" go", " !"],
    ],
    [
      [" ne", " le", " fais", " pas", " ."],
      [" don'", " t", " ."],
    ],
  ]);
  assert.equal(piecesOf(wordsOf("Va pas là."), sourceSymbols), [" va", " pas", " l", "à", " ."]);
  assert.equal(wordsIn([" d", "on'", " t", " go"]), ["don'", "t", "go"]);
  assert.ok(targetSymbols.includes("'"));
  // Models of words, as they were before, read words.
  assert.equal(piecesOf(["va", "pas"], ["va", "là"]), ["va", "pas"]);
  assert.equal(wordsIn(["go", "now"]), ["go", "now"]);
  writeFileSync(join(folder, "empty.tsv"), "");
  assert.match(thrownBy(() => pairsOf(join(folder, "empty.tsv"))).message, /It is empty/);
});

commands.run();
