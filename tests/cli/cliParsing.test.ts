/** The command line with models that parse: the shipped one, one of a treebank, what is refused, and the page. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readTree } from "../../bindings/parsing/brackets.js";
import { treeWords } from "../../bindings/parsing/tree.js";
import { commandLine, linesOf } from "../support/cli.js";
import { faultsOf, requestsOf } from "../support/page.js";

const { folder, tapehead } = commandLine();
const MAILMAN = "(S (NP the old dog) (VP barked (PP at (NP the mailman))))";

const parsing = suite("command line: parse");

parsing("a tree is a line in brackets into a pipe, and drawn where that is wanted", async () => {
  const piped = await tapehead("parse 'the old dog barked at the mailman'");
  assert.equal(piped, { code: 0, stdout: `${MAILMAN}\n`, stderr: "" });
  const words = await tapehead("parse The old dog barked at the mailman.");
  assert.is(words.stdout, `${MAILMAN.replace("the old", "The old")}\n`);
  const drawn = await tapehead("parse 'the old dog barked at the mailman' --draw");
  assert.is(
    drawn.stdout,
    `           S
     ┌─────┴──────┐
     NP           VP
 ┌───┼───┐    ┌───┴───┐
the old dog barked    PP
                   ┌──┴───┐
                   at     NP
                       ┌──┴──┐
                      the mailman
`,
  );
  const colored = await tapehead("parse 'the old dog barked' --draw", { env: { FORCE_COLOR: "3" } });
  assert.match(colored.stdout, /\x1b\[1;36mNP\x1b\[0m/);
});

parsing("lines are a sentence each, and those that cannot be parsed are refused by their number", async () => {
  const stdin = "the dog barked\n\nthe quasar barked\nMary saw the king of the castle\n";
  const { stdout, stderr, code } = await tapehead("parse", { stdin });
  assert.equal(stdout.trimEnd().split("\n"), [
    "(S (NP the dog) (VP barked))",
    "–",
    "(S (NP Mary) (VP saw (NP (NP the king) (PP of (NP the castle)))))",
  ]);
  assert.match(
    stderr,
    /^error: sentence 2: Cannot answer "the quasar barked": the small English grammar .* "quasar"\n$/,
  );
  assert.is(code, 1);
});

parsing("as JSON: the tree, how sure it is, and why it is refused", async () => {
  const one = linesOf((await tapehead("parse 'the dog barked' --json")).stdout)[0]!;
  assert.is(one["tree"], "(S (NP the dog) (VP barked))");
  assert.equal(one["words"], ["the", "dog", "barked"]);
  assert.ok((one["confidence"] as number) > 0.99);
  assert.is(one["isWellFormed"], true);
  const { stdout, code } = await tapehead("parse --json", { stdin: "the dog barked\nthe zebra barked\n" });
  const [, zebra] = linesOf(stdout)[0]!["sentences"] as Record<string, unknown>[];
  assert.match(String(zebra!["refused"]), /does not have "zebra"/);
  assert.is(code, 1);
});

parsing("what is no sentence is refused, in time", async () => {
  const empty = /error: There is no sentence to parse/;
  for (const [args, stdin] of [
    ["parse", ""],
    ["parse", "\n \n"],
    ["parse '  '", ""],
  ] as const) {
    const { stderr, code, stdout } = await tapehead(args, { stdin });
    assert.match(stderr, empty);
    assert.is(code, 2);
    assert.is(stdout, "");
  }
  const long = await tapehead("parse", { stdin: "dog ".repeat(10_000) });
  assert.match(long.stderr, /it has 10,000 words, and must have at most 200\n$/);
  assert.is(long.code, 1);
  const salad = await tapehead("parse dog the the barked");
  assert.match(salad.stderr, /it is no sentence of the small English grammar that the model learned\n$/);
  assert.is(salad.code, 1);
  const odd = await tapehead("parse", { stdin: new Uint8Array([0xff, 0xfe, 0x00, 0x28, 0x29, 0x0a]) });
  assert.is(odd.code, 1);
  assert.match(odd.stderr, /^error: Cannot answer/);
});

parsing("a guess is called one, and a tree that had to be repaired is said to be", async () => {
  const { stdout, stderr, code } = await tapehead("parse 'dog the the barked' --guess");
  assert.equal(treeWords(readTree(stdout)), ["dog", "the", "the", "barked"]);
  assert.match(stderr, /^note: a guess, since it is no sentence/);
  assert.is(code, 0);
  const all = await tapehead("parse 'the dog barked' --min-confidence 1.5");
  assert.is(all.code, 2);
});

parsing("the page shows the tree and where the model looked", async () => {
  const { stdout } = await tapehead("parse 'the old dog barked' --trace page.html");
  assert.match(stdout, /^\(S \(NP the old dog\) \(VP barked\)\)\npage\.html: [\d,]+ bytes\./);
  const page = readFileSync(join(folder, "page.html"), "utf8");
  assert.equal(faultsOf(page), []);
  assert.equal(requestsOf(page), []);
  assert.match(page, /<h1>the old dog barked<\/h1>/);
  assert.is(page.match(/class="node word"/g)!.length, 4);
  assert.ok(page.includes('class="looked"'));
  const two = await tapehead("parse --trace page.html", { stdin: "the dog barked\nthe dog slept\n" });
  assert.match(two.stderr, /--trace draws one sentence, and there are 2/);
  assert.is(two.code, 2);
  const unknown = await tapehead("parse 'the quasar barked' --guess --trace page.html");
  assert.is(unknown.code, 0);
  assert.match(readFileSync(join(folder, "page.html"), "utf8"), /refused: .* does not have/);
});

const TREES = ["dog", "cat", "bird", "horse"]
  .flatMap((noun) =>
    ["barked", "slept"].map((verb) => `(ROOT (S (NP-SBJ (DT the) (NN ${noun})) (VP (VBD ${verb})) (. .)))`),
  )
  .join("\n");
writeFileSync(join(folder, "trees.ptb"), TREES);
writeFileSync(join(folder, "broken.ptb"), `${TREES}\nnews\t(ROOT (S (NP x)\n`);
writeFileSync(join(folder, "empty.ptb"), "\n");

const treebanks = suite("command line: models of treebanks");

treebanks("are trained on trees, and parse any sentence, with what is to be known of it", async () => {
  const sizes = "--hidden 8 --embedding 4 --attention-size 4 --steps 2 --batch 2";
  const trained = await tapehead(
    `train seq2seq --task parsing --trees trees.ptb --least-words 2 ${sizes} --out trees.safetensors`,
  );
  assert.is(trained.code, 0, trained.stderr);
  const { stdout, stderr, code } = await tapehead("parse 'The zebras slept .' --model trees.safetensors");
  assert.equal(treeWords(readTree(stdout)), ["The", "zebras", "slept", "."]);
  assert.match(stderr, /note: the model has never seen some words, and reads zebras as ‹x~s›\n/);
  assert.match(stderr, /note: what the model said is no tree, and was repaired: /);
  assert.is(code, 0);
  const run = await tapehead("run trees.safetensors 'The zebras slept .'");
  assert.is(run.stdout, stdout);
  const unsure = await tapehead("parse x --model trees.safetensors --min-confidence 0.5");
  assert.match(unsure.stderr, /trees.safetensors does not tell how sure it is, so --min-confidence cannot be checked/);
  const page = await tapehead("trace trees.safetensors the dog slept . --out trees.html");
  assert.is(page.code, 0, page.stderr);
  assert.equal(faultsOf(readFileSync(join(folder, "trees.html"), "utf8")), []);
});

treebanks("may be dependencies, a line a word", async () => {
  const words = ["the\tDET\tDT\t2\tdet", "dog\tNOUN\tNN\t3\tnsubj", "slept\tVERB\tVBD\t0\troot"];
  writeFileSync(join(folder, "words.tsv"), `# sent_id = 1\n${words.join("\n")}\n`);
  const sizes = "--hidden 8 --embedding 4 --attention-size 4 --steps 1 --batch 2 --least-words 1";
  const trained = await tapehead(`train seq2seq --task parsing --trees words.tsv ${sizes} --out words.safetensors`);
  assert.is(trained.code, 0, trained.stderr);
  const { stdout } = await tapehead("inspect words.safetensors --json");
  assert.match(stdout, /\(nsubj/);
  writeFileSync(join(folder, "crossed.tsv"), `${words.join("\n").replace("\t2\t", "\t9\t")}\n`);
  const { stderr, code } = await tapehead("train seq2seq --task parsing --trees crossed.tsv --steps 1");
  assert.match(stderr, /Line 1: the heads of the sentence must make a tree with one root\./);
  assert.is(code, 2);
});

treebanks("without attention say so on their page", async () => {
  const sizes = "--hidden 8 --embedding 4 --attention none --steps 1 --batch 2";
  await tapehead(`train seq2seq --task parsing --trees trees.ptb ${sizes} --out none.safetensors`);
  const { code } = await tapehead("parse 'the dog slept' --model none.safetensors --trace none.html");
  assert.is(code, 0);
  assert.match(readFileSync(join(folder, "none.html"), "utf8"), /The model has no attention/);
});

treebanks("files that hold none are refused, with the line", async () => {
  const train = (file: string) => tapehead(`train seq2seq --task parsing --trees ${file} --steps 1`);
  const broken = await train("broken.ptb");
  assert.match(broken.stderr, /Line 9, at character 7: a bracket is never closed\./);
  assert.is(broken.code, 2);
  assert.match((await train("empty.ptb")).stderr, /It has no tree/);
  assert.match((await train("none.ptb")).stderr, /There is no such file/);
});

treebanks("models for something else are refused, with the command for them", async () => {
  const dates = await tapehead(
    "parse x --model checkpoints/dates.safetensors".replace("checkpoints", `${process.cwd()}/checkpoints`),
  );
  assert.match(dates.stderr, /holds a model for dates, which has no trees/);
  assert.is(dates.code, 2);
  const other = await tapehead("pronounce x --model trees.safetensors");
  assert.match(other.stderr, /trees.safetensors holds a model for parsing, and must hold one for pronunciation/);
  const copy = await tapehead(`parse x --model ${process.cwd()}/checkpoints/copy.safetensors`);
  assert.match(copy.stderr, /`tapehead parse` takes models of class AttentionSeq2Seq; for this one there is/);
});

parsing.run();
treebanks.run();
