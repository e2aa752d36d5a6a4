import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint, save } from "../../bindings/core.js";
import { commandLine, linesOf, type Ended } from "../support/cli.js";

const { folder, tapehead } = commandLine();
const bytesOf = (file: string): Buffer => readFileSync(join(folder, file));
const tiny = "--hidden 8 --slots 8 --width 4 --max-length 3 --batch 4";

const usage = suite("command line: what cannot be asked");

const wrong: readonly (readonly [args: string, message: RegExp])[] = [
  ["fly", /unknown command 'fly'/],
  ["train --fly", /unknown option '--fly'/],
  ["train transformer", /'transformer' is invalid.*Allowed choices are act,.* ntm,/],
  ["train --task chess", /'chess' is invalid.*Allowed choices are .*copy/],
  ["train copy", /'copy' is invalid/],
  ["train --optimizer newton", /'newton' is invalid.*adam, adamax, rmsprop, sgd/],
  ["train --hidden many", /--hidden of ntm is "many", and must be a whole number from 1 to/],
  ["train --steps 1.5", /'--steps <n>' argument '1.5' is invalid.*whole number/],
  ["train --batch 0", /'--batch <n>' argument '0' is invalid.*from 1 up/],
  ["train --learning-rate -1", /'--learning-rate <x>' argument '-1' is invalid.*number above 0/],
  ["train --min-length 5 --max-length 4", /minLength is 5, and must be at most maxLength, which is 4/],
  ["train --seed 4294967296", /seed is 4294967296, and must be a whole number from 0 to 4294967295/],
  ["run", /missing required argument 'file'/],
  ["inspect", /missing required argument 'file'/],
];
for (const [args, message] of wrong) {
  usage(`tapehead ${args}`, async () => {
    // One of them as a shell has it: they end in the same lines.
    const { code, stdout, stderr } = await tapehead(args, { alone: args === "fly" });
    assert.match(stderr, message);
    assert.match(stderr, /^error: /);
    assert.is(stdout, "");
    assert.is(code, 2);
  });
}

usage("help and version are no errors", async () => {
  const help = await tapehead("--help", { alone: true });
  assert.is(help.code, 0);
  for (const command of ["train", "run", "inspect", "demo"]) assert.match(help.stdout, `  ${command} `);
  const version = await tapehead("--version", { alone: true });
  assert.is(version.code, 0);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});

usage("the list of commands says of each what it does, and its own help the rest", async () => {
  const { stdout: all } = await tapehead("--help");
  const commands = all.slice(all.indexOf("Commands:")).match(/^ {2}\w.*$/gm)!;
  assert.ok(commands.length > 20);
  for (const line of commands) {
    const said = line.trim().split(/ {2,}/)[1];
    assert.ok(said && said.length >= 12 && said.length <= 130, line);
    assert.not.match(said, /[.:;]/);
  }
  const { stdout: run } = await tapehead("run --help");
  assert.match(run, /\nWhat models take and do:\n(?: {2}- .+\n)+ {2}- any other reads rows of numbers as JSON\n/);
});
usage.run();

const files = suite("command line: files that cannot be used");

files("an unwritable path is found before training starts", async () => {
  mkdirSync(join(folder, "taken"), { recursive: true });
  writeFileSync(join(folder, "plain"), "");
  const paths = { "no/such/folder.safetensors": "there is no such folder", taken: "it is a folder" };
  for (const [path, reason] of Object.entries({ ...paths, "plain/x.safetensors": "part of the path is a file" })) {
    const { code, stdout, stderr } = await tapehead(`train ${tiny} --steps 20 --json --out ${path}`);
    assert.match(stderr, `error: Cannot write ${path}: ${reason}`);
    assert.is(stdout, "");
    assert.is(code, 1);
  }
});

files("what is no plain file is not replaced", async () => {
  const { code, stderr } = await tapehead(`train ${tiny} --steps 20 --out /dev/null`);
  assert.match(stderr, "Cannot write /dev/null: it is no plain file");
  assert.is(code, 1);
});

files("a missing, foreign or damaged file is named, with what is wrong", async () => {
  await tapehead(`train ${tiny} --steps 2 --out whole.safetensors`);
  const whole = bytesOf("whole.safetensors");
  const flipped = Uint8Array.from(whole);
  flipped[whole.length - 9]! ^= 4;
  writeFileSync(join(folder, "cut.safetensors"), whole.subarray(0, -100));
  writeFileSync(join(folder, "flipped.safetensors"), flipped);
  writeFileSync(join(folder, "foreign.safetensors"), "This is no model, but a text that is long enough.");
  const reasons = {
    missing: /Cannot read missing.safetensors: there is no such file/,
    cut: /Cannot load cut.safetensors: it is cut off/,
    flipped: /Cannot load flipped.safetensors: it is damaged/,
    foreign: /Cannot load foreign.safetensors: it does not begin like/,
  };
  for (const [name, reason] of Object.entries(reasons)) {
    for (const command of [`run ${name}.safetensors text`, `inspect ${name}.safetensors`]) {
      const { code, stdout, stderr } = await tapehead(command);
      assert.match(stderr, reason);
      assert.is(stderr.trimEnd().split("\n").length, 1);
      assert.is(stdout, "");
      assert.is(code, 1);
    }
    const resume = await tapehead(`train --resume ${name}.safetensors`);
    assert.match(resume.stderr, reason);
    assert.is(resume.code, 1);
  }
  assert.match((await tapehead("--debug inspect missing.safetensors", { alone: true })).stderr, /\n {4}at /);
});
files.run();

const training = suite("command line: train");

training("--json writes one object a line and nothing else", async () => {
  const { code, stdout, stderr } = await tapehead(
    `train ${tiny} --steps 20 --evaluate-every 10 --checkpoint-every 8 --out json.safetensors --json`,
  );
  const lines = linesOf(stdout);
  const of = (event: string): Record<string, unknown>[] => lines.filter((line) => line["event"] === event);
  assert.is(lines[0]!["event"], "start");
  assert.equal(
    of("step").map(({ step }) => step),
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  assert.equal(
    of("step").flatMap(({ step, evaluation }) => (evaluation ? [step] : [])),
    [10, 20],
  );
  assert.equal(
    of("saved").map(({ step }) => step),
    [8, 16, 20],
  );
  const { seconds: _, measured, ...end } = lines.at(-1)!;
  const { evaluation } = of("step").at(-1)! as { evaluation: { bitError: number } };
  assert.equal(measured, { bitError: evaluation.bitError });
  assert.equal(end, { event: "end", reason: "steps", step: 20, sequences: 80, file: "json.safetensors" });
  assert.is(stderr, "");
  assert.is(code, 0);
});

training("into a pipe it writes plain lines, and leaves nothing but the model behind", async () => {
  const before = readdirSync(folder);
  const { code, stdout } = await tapehead(`train ${tiny} --steps 20 --out plain.safetensors`, { alone: true });
  assert.match(stdout, /^Training a NeuralTuringMachine with [\d,]+ parameters on copy, 4 sequences a step/);
  assert.match(stdout, /\nTrained 20 steps, 80 sequences, \d+ s: \d+\.\d+ wrong bits a sequence\n/);
  assert.match(stdout, /\nSaved plain.safetensors\n$/);
  assert.not.match(stdout, "\x1b");
  assert.is(code, 0);
  assert.equal(new Set(readdirSync(folder)), new Set([...before, "plain.safetensors"]));
});

training("--until ends early", async () => {
  const { stdout } = await tapehead(
    `train ${tiny} --steps 900 --evaluate-every 5 --until 1000 --out u.safetensors --json`,
  );
  const { reason, step } = linesOf(stdout).at(-1)!;
  assert.equal({ reason, step }, { reason: "until", step: 5 });
});

training("--model-only saves the same parameters with nothing to resume from", async () => {
  await tapehead(`train ${tiny} --steps 5 --out with-state`);
  assert.is((await tapehead(`train ${tiny} --steps 5 --out alone --model-only`)).code, 0);
  const facts = async (file: string): Promise<Record<string, unknown>> =>
    linesOf((await tapehead(`inspect ${file} --json`)).stdout)[0]!;
  const [whole, alone] = [await facts("with-state"), await facts("alone")];
  assert.equal([alone["parameters"], alone["task"]], [whole["parameters"], whole["task"]]);
  assert.is(alone["training"], null);
  assert.ok(bytesOf("alone").length < bytesOf("with-state").length / 2);
  assert.is((await tapehead(`train ${tiny} --steps 5 --out half --model-only --dtype f16`)).code, 0);
  assert.ok(bytesOf("half").length < bytesOf("alone").length);
  const { code, stderr } = await tapehead("train --resume alone --steps 9");
  assert.is(code, 2);
  assert.match(stderr, "no state of training");
});

training("the same seed gives the same file, another seed another", async () => {
  const train = (seed: number, out: string, alone = false): Promise<Ended> =>
    tapehead(`train ${tiny} --steps 20 --seed ${seed} --out ${out}`, { alone });
  await Promise.all([train(3, "seed-a"), train(3, "seed-b", true)]);
  await train(4, "seed-c");
  assert.equal(bytesOf("seed-a"), bytesOf("seed-b"));
  assert.not.equal(bytesOf("seed-a"), bytesOf("seed-c"));
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  training(`${signal} saves, says how to go on, and going on gives the bytes of a run never stopped`, async () => {
    const steps = 10_000_000; // it cannot end before the signal comes
    const { code, stdout } = await tapehead(`train ${tiny} --steps ${steps} --learning-rate 0.002 --out stop --json`, {
      onLine: (child, line) => line === 4 && child.kill(signal),
    });
    assert.is(code, 130);
    const { reason, step, resume } = linesOf(stdout).at(-1)! as { reason: string; step: number; resume: string };
    assert.is(reason, "interrupted");
    assert.ok(step >= 3 && step < steps);
    assert.match(resume, ` train --resume stop --steps ${steps}`); // the file carries the rate
    const enough = step + 20;
    const rest = resume.slice(resume.indexOf("train")).replace(String(steps), String(enough));
    assert.is((await tapehead(rest)).code, 0);
    await tapehead(`train ${tiny} --steps ${enough} --learning-rate 0.002 --out whole`);
    assert.equal(bytesOf("stop"), bytesOf("whole"));
  });
}

training("--resume refuses what does not belong to the file", async () => {
  await tapehead(`train ${tiny} --steps 4 --out base`);
  const cases: Record<string, RegExp> = {
    "--steps 4": /base stands at step 4, and --steps must be above that, not 4/,
    "--steps 9 --batch 5": /the checkpoint's batch is 4, and must be 5/,
    "--steps 9 --optimizer sgd": /the checkpoint's optimizer is/,
    "--steps 9 --slots 9": /the checkpoint's model options is/,
    "--steps 9 --task repeat-copy": /Cannot resume base with task repeat-copy: its task is copy\. .*--from/,
    "--steps 9 --dtype f16": /--dtype f16 is for --model-only/,
  };
  for (const [flags, message] of Object.entries(cases)) {
    const { code, stderr } = await tapehead(`train --resume base ${flags}`);
    assert.match(stderr, message);
    assert.is(code, 2);
  }
});

training("help with a model or a task has their options alone", async () => {
  const helpOf = async (words: string): Promise<string> => (await tapehead(`train ${words} --help`)).stdout;
  const [all, ntm, parity] = await Promise.all(["", "ntm", "--task parity"].map(helpOf));
  for (const flag of ["--slots <n>", "--time-penalty <x>", "--beam", "--max-length <n>"]) {
    assert.is(all!.includes(flag), flag !== "--beam", flag);
  }
  assert.match(ntm!, /--slots <n> +memory rows \(ntm: 128\)/);
  assert.not.match(ntm!, /time-penalty|seq2seq:/);
  assert.match(parity!, /--time-penalty/);
  assert.not.match(parity!, /--slots|--max-digits/);
  for (const text of [ntm, parity]) assert.match(text!, /--learning-rate <x>/);
});

training("--resume goes on with the plan that the file began with, whatever the preset says", async () => {
  const plan = `${tiny} --steps 12 --learning-rate 0.01 --decay 0.5 --warmup 3 --evaluate-every 6`;
  await tapehead(`train ${plan} --out never-stopped`);
  // What an interruption leaves: a checkpoint in the middle, with the plan of the whole.
  const metadata = { plan: JSON.stringify({ steps: 12, learningRate: 0.01, decay: 0.5, warmup: 3, evaluateEvery: 6 }) };
  await tapehead(`train ${plan} --checkpoint-every 5 --steps 5 --out begun`);
  const { model, task, training } = loadCheckpoint(readFileSync(join(folder, "begun")));
  writeFileSync(join(folder, "middle"), save(model, { task: task!, training: training!, metadata }));
  const whole = await tapehead("train --resume middle --json");
  assert.is(whole.code, 0, whole.stderr);
  assert.is(linesOf(whole.stdout).at(-1)!["step"], 12);
  assert.ok(linesOf(whole.stdout).some(({ evaluation }) => evaluation));
  // Of other texts those stay that are still true of other parameters.
  const texts = { ...metadata, calibration: "{}", note: "mine" };
  writeFileSync(join(folder, "texts"), save(model, { task: task!, training: training!, metadata: texts }));
  assert.is((await tapehead("train --resume texts")).code, 0);
  const kept = loadCheckpoint(readFileSync(join(folder, "texts"))).metadata!;
  assert.equal(Object.keys(kept).sort(), ["note", "plan"]);
  // A file of before, or of the library, does not say.
  writeFileSync(join(folder, "old"), save(model, { task: task!, training: training! }));
  const old = await tapehead("train --resume old");
  assert.equal([old.code, /old does not say how many steps .* add --steps/.test(old.stderr)], [2, true]);
  for (const plan of ["[]", "no", '{"steps":"many"}', '{"colour":3}']) {
    writeFileSync(join(folder, "odd"), save(model, { task: task!, training: training!, metadata: { plan } }));
    assert.match((await tapehead("train --resume odd")).stderr, /^error: Cannot resume odd: the plan in its metadata/);
  }
});

training("a gradient that is not finite ends it, and the last good checkpoint stays", async () => {
  await tapehead(`train ${tiny} --steps 3 --out good`);
  const before = bytesOf("good");
  const flags = "--steps 500 --learning-rate 1e38 --optimizer sgd --clip-norm 0";
  const { code, stderr } = await tapehead(`train ${tiny} ${flags} --checkpoint-every 1000 --out good`, { alone: true });
  assert.match(stderr, /^error: Training stopped at step \d+/);
  assert.match(stderr, /Nothing has been saved yet/);
  assert.is(code, 1);
  assert.equal(bytesOf("good"), before);
  const kept = await tapehead(`train ${tiny} ${flags} --checkpoint-every 1 --out kept`);
  assert.match(kept.stderr, /The last good checkpoint is kept, from step \d+/);
  assert.is((await tapehead("inspect kept")).code, 0);
});

training("a reader that leaves stops it without a word of complaint", async () => {
  const { stderr } = await tapehead(`train ${tiny} --steps 100000 --out gone --json`, {
    onLine: (child) => child.stdout!.destroy(),
  });
  assert.not.match(stderr, /error|EPIPE/);
  assert.ok(bytesOf("gone").length);
});
training.run();

const running = suite("command line: run and inspect");

const model = "--hidden 8 --slots 16 --width 4 --max-length 3 --batch 4";
running.before(async () => {
  const { code, stderr } = await tapehead(`train ${model} --steps 5 --out copy.safetensors`);
  assert.is(code, 0, stderr);
});

running("a text comes back byte by byte with the weightings, as JSON", async () => {
  const { code, stdout } = await tapehead("run copy.safetensors 'hé!' --json");
  const [result] = linesOf(stdout) as [Record<string, any>]; // eslint-disable-line @typescript-eslint/no-explicit-any
  assert.is(code, 0);
  assert.equal(result["input"], { text: "hé!", bytes: [104, 195, 169, 33] });
  assert.is(result["bits"], 32);
  const wrong = result["input"].bytes.reduce(
    (sum: number, byte: number, i: number) =>
      sum + [...(byte ^ result["output"].bytes[i]).toString(2)].filter((b) => b === "1").length,
    0,
  );
  assert.is(result["wrongBits"], wrong);
  const [{ writeWeights, readWeights }] = result["pieces"];
  for (const weights of [writeWeights, readWeights]) {
    assert.is(weights.length, 2 * 4 + 1);
    assert.is(weights[0].length, 1);
    assert.is(weights[0][0].length, 16);
    const sum = weights[0][0].reduce((a: number, b: number) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-3);
  }
});

running("stdin serves as the text, without its last line break", async () => {
  const { stdout } = await tapehead("run copy.safetensors --json", { stdin: "abc\n", alone: true });
  assert.equal(linesOf(stdout)[0]!["input"], { text: "abc", bytes: [97, 98, 99] });
});

running("bytes that are no UTF-8 and control characters are copied, and never reach the terminal", async () => {
  const stdin = Uint8Array.of(0x1b, 0x5b, 0x33, 0x31, 0x6d, 0xff, 0x00, 0x80, 0x9b);
  const { code, stdout } = await tapehead("run copy.safetensors", { stdin, alone: true });
  assert.is(code, 0);
  assert.match(stdout, /^input {3}␛\[31m\ufffd␀/);
  assert.not.match(stdout, /[\0-\x09\x0b-\x1f\x80-\x9f]/);
});

running("a long text is cut into pieces between characters, and says so", async () => {
  const { code, stdout } = await tapehead("run copy.safetensors --piece 5 'ääää äää'");
  assert.match(stdout, "Copied in 4 pieces of at most 5 bytes.");
  assert.is(code, 0);
  const json = await tapehead("run copy.safetensors --piece 5 'ääää äää' --json");
  const [{ pieces }] = linesOf(json.stdout) as [{ pieces: { input: { text: string } }[] }];
  assert.equal(
    pieces.map(({ input }) => input.text),
    ["ää", "ää ", "ää", "ä"],
  );
});

running("the map has an axis, a line a head and no colours in a pipe", async () => {
  const { stdout } = await tapehead("run copy.safetensors 'hello there'");
  assert.match(stdout, /^input {3}hello there\noutput {2}/);
  assert.match(stdout, / slot ┌ where it wrote ─|^slot ┌ where it wrote ─/m);
  assert.match(stdout, /^slot ┌ where it read ─/m);
  assert.match(stdout, /─ input ─+┴─+ output ─/);
  assert.match(stdout, /weight 0 .* 1/);
  assert.not.match(stdout, "\x1b");
});

running("FORCE_COLOR brings colours, NO_COLOR takes them", async () => {
  const run = (env: NodeJS.ProcessEnv): Promise<Ended> => tapehead("run copy.safetensors hello", { env });
  assert.match((await run({ FORCE_COLOR: "3" })).stdout, "\x1b[38;2;");
  assert.match((await run({ FORCE_COLOR: "2" })).stdout, "\x1b[38;5;");
  assert.not.match((await run({ NO_COLOR: "1" })).stdout, "\x1b");
  assert.not.match((await run({ FORCE_COLOR: "0" })).stdout, "\x1b");
});

running("no text, too long a piece and a model for something else are wrong usage", async () => {
  await tapehead(`train ${model} --bits 4 --steps 2 --out four.safetensors`);
  const cases: Record<string, RegExp> = {
    "run copy.safetensors": /The text is empty/,
    "run copy.safetensors text --piece 17": /--piece is 17, and must be at most 16/,
    "run four.safetensors text": /copies vectors of 4 bits, and text needs 8/,
  };
  for (const [args, message] of Object.entries(cases)) {
    const { code, stderr } = await tapehead(args);
    assert.match(stderr, message);
    assert.is(code, 2);
  }
});

running("averaged and with noise: inspect says so, and it is resumed as it was, to the byte", async () => {
  const train = "train gru --task copy --hidden 8 --max-length 2 --average 0.9 --gradient-noise 0.1";
  assert.is((await tapehead(`${train} --steps 4 --out whole-average.safetensors`)).code, 0);
  const { stdout } = await tapehead("inspect whole-average.safetensors");
  assert.match(stdout, /, clip norm 10, gradient noise 0\.1, average 0\.9, seed 1\n/);
  assert.not.match((await tapehead("inspect copy.safetensors")).stdout, /average|gradient noise/);
  assert.is((await tapehead(`${train} --steps 2 --out part-average.safetensors`)).code, 0);
  assert.is((await tapehead("train --resume part-average.safetensors --steps 4")).code, 0);
  assert.ok(bytesOf("part-average.safetensors").equals(bytesOf("whole-average.safetensors")));
  const other = await tapehead("train --resume part-average.safetensors --steps 6 --average 0.8");
  assert.is(other.code, 2);
  assert.match(other.stderr, "the checkpoint's average is 0.9, and must be 0.8");
});

running("inspect says what is in a file, as text and as JSON", async () => {
  const text = await tapehead("inspect copy.safetensors", { alone: true });
  assert.is(text.code, 0);
  assert.match(text.stdout, /^copy.safetensors: NeuralTuringMachine, [\d,]+ parameters, [\d,]+ bytes\n/);
  assert.match(text.stdout, /\noutput.weights +\(12, 8\) +96 +-?\d\.\d+ +\d\.\d+\n/);
  assert.match(text.stdout, /\ntask {6}copy \(bits 8, /);
  assert.match(text.stdout, /\ntraining {2}step 5, 20 sequences/);
  const [facts] = linesOf((await tapehead("inspect copy.safetensors --json")).stdout);
  assert.is(facts!["model"], "NeuralTuringMachine");
  assert.is(facts!["bytes"], bytesOf("copy.safetensors").length);
  const parameters = facts!["parameters"] as { count: number }[];
  assert.is(
    parameters.reduce((sum, { count }) => sum + count, 0),
    facts!["parameterCount"],
  );
});
running.run();
