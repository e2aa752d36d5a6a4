/** Calibrating a saved model on the command line, and what the commands do with it. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../../bindings/load.js";
import { calibrationIn } from "../../bindings/metrics/storedCalibration.js";
import { models } from "../../bindings/models.js";
import { experiments } from "../../recipes/suites.js";
import { commandLine, linesOf } from "../support/cli.js";

const { folder, tapehead } = commandLine();
const shipped = new URL("../../checkpoints/pronunciation-small.safetensors", import.meta.url);
const own = join(folder, "own.safetensors");
const loaded = () => loadCheckpoint(new Uint8Array(readFileSync(own)), { file: own, models });
/** Words that the model says right, and as many that nobody says so. */
const words = "banana knight cab bad dab good night hill".split(" ");

const calibrate = suite("command line: calibrate");

calibrate.before(async () => {
  copyFileSync(shipped, own);
  const { stdout } = await tapehead("pronounce --json", { stdin: words.join("\n") });
  const said = linesOf(stdout).map(
    ({ source, text }, i) => `${source as string}\t${i % 2 ? (text as string) : "ZH ZH"}`,
  );
  writeFileSync(join(folder, "held.tsv"), `${said.join("\n")}\n${said.at(-1)!.replace(/\t.*/, "\tZH")}\n`);
  writeFileSync(join(folder, "seen.tsv"), "Banana\tB\n");
});

calibrate("writes into the file how often answers are right, and leaves all else of it", async () => {
  const before = loaded();
  const { code, stdout, stderr } = await tapehead(
    "calibrate own.safetensors --pairs held.tsv --except seen.tsv --json",
  );
  assert.is(code, 0, stderr);
  const [{ calibration, coverages }] = linesOf(stdout) as unknown as [Record<string, { precision: number }[]>];
  const after = loaded();
  assert.equal(calibrationIn(after.metadata), calibration);
  assert.is(calibrationIn(after.metadata)!.answers, words.length - 1);
  assert.equal(
    coverages!.map(({ precision }) => precision),
    [0.9, 0.95, 0.99, 0.999],
  );
  assert.equal(after.model.parameters.values, before.model.parameters.values);
  assert.equal(after.task, before.task);
  const people = await tapehead("calibrate own.safetensors --pairs held.tsv --precision 0.9");
  assert.match(people.stdout, /^8 answers, 50% right; calibration error [\d.]+%\n90% of 0% are right/);
});

calibrate("tells how sure an answer is, and refuses what is not sure enough", async () => {
  const { stdout } = await tapehead("pronounce banana --json --model own.safetensors");
  const [{ confidence }] = linesOf(stdout) as unknown as [{ confidence: number }];
  assert.is(confidence, 0.5);
  const shown = await tapehead("pronounce banana --confidence --model own.safetensors");
  assert.is(shown.stdout, "B AH N AE N AH  50%\n");
  assert.is((await tapehead("pronounce banana --min-confidence 0.5 --model own.safetensors")).code, 0);
  const refused = await tapehead("pronounce banana --min-confidence 0.6 --model own.safetensors");
  assert.is(refused.code, 1);
  assert.is(refused.stdout, "");
  assert.match(
    refused.stderr,
    /"banana": its likeliest answer, B AH N AE N AH, is right in 50% of such cases, .* in 60%/,
  );
});

calibrate("the checkpoints are calibrated with the beams of the commands that answer with them", async () => {
  const commands = { dates: "date", grammar: "parse", pronunciation: "pronounce" } as Readonly<Record<string, string>>;
  const all = experiments.filter(({ calibration, checkpoint }) => calibration && checkpoint);
  assert.is(all.length, 7);
  const calibrated = all.filter(({ task }) => task in commands); // stories have answers of one word, and no beam; those of `listen` and `describe` are fixed
  assert.is(calibrated.length, 4);
  for (const { task, calibration, checkpoint } of calibrated) {
    const { stdout } = await tapehead(`${commands[task]} --help`);
    assert.match(stdout, new RegExp(`beam width \\(default: ${calibration!.beam}\\)`));
    const bytes = readFileSync(new URL(`../../checkpoints/${checkpoint}`, import.meta.url));
    const { metadata } = loadCheckpoint(new Uint8Array(bytes), { file: checkpoint!, models });
    assert.is(calibrationIn(metadata)?.precision, calibration!.precision, checkpoint);
  }
});

calibrate("what cannot be is said in a line", async () => {
  const plain = join(folder, "plain.safetensors");
  copyFileSync(new URL("../../checkpoints/copy.safetensors", import.meta.url), plain);
  await tapehead("train --task dates --hidden 8 --batch 2 --steps 1 --model-only --out dates.safetensors");
  const refused: readonly (readonly [string, RegExp])[] = [
    ["calibrate own.safetensors", /name a file of them with --pairs/],
    ["calibrate own.safetensors --pairs seen.tsv --except seen.tsv", /no pair is left/],
    ["calibrate own.safetensors --pairs nowhere.tsv", /There is no such file/],
    ["calibrate own.safetensors --pairs held.tsv --precision 2", /must be a number from 0 to 1/],
    ["calibrate plain.safetensors --pairs held.tsv", /`tapehead calibrate` takes models of class AttentionSeq2Seq/],
    ["calibrate dates.safetensors --pairs held.tsv", /Dates are drawn at random: leave --pairs and --except out/],
    ["date 1998-05-09 --min-confidence 0.5 --model dates.safetensors", /does not tell how sure it is/],
    ["pronounce cab --min-confidence 1.5", /must be a number from 0 to 1/],
  ];
  for (const [args, message] of refused) {
    const { code, stderr } = await tapehead(args);
    assert.is(code, 2, `${args}: ${stderr}`);
    assert.match(stderr, message, args);
  }
});

calibrate.run();
