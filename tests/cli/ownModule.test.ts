/** The command line with a model and a task of a user's module, in a folder where the package is linked. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decodeSafetensors } from "../../bindings/checkpoint/safetensors.js";
import { commandLine, linesOf } from "../support/cli.js";
import { MODEL, OTHER, ownModules, TASK } from "../support/ownModules.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { folder, tapehead: inProcess } = commandLine();
/** A process each: a module is evaluated once in one, and training changes the model that it exports. */
const tapehead: typeof inProcess = (args, given = {}) => inProcess(args, { ...given, alone: true });
const bytesOf = (name: string): Buffer => readFileSync(join(folder, name));

mkdirSync(join(folder, "node_modules"));
symlinkSync(root, join(folder, "node_modules/tapehead"));
writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));

const contentsOf = (name: string): ReturnType<typeof decodeSafetensors> => decodeSafetensors(bytesOf(name), name);
const module = ownModules(folder);
module("mine.js", MODEL + TASK);
module("tuned.js", `${MODEL}${TASK}export const optimizer = heavyBall;`);

const training = suite("command line: a module of one's own trains");

training("with the flags that are for every model, as JSON", async () => {
  const { code, stdout, stderr } = await tapehead(
    "train ./mine.js --batch 4 --steps 8 --evaluate-every 4 --checkpoint-every 4 --learning-rate 0.01 --clip-norm 5 --json",
  );
  assert.is(stderr, "");
  assert.is(code, 0);
  const lines = linesOf(stdout);
  const { event, model, options, task, batch, file } = lines[0]!;
  assert.equal({ event, model, batch, file }, { event: "start", model: "Fading", batch: 4, file: "mine.safetensors" });
  assert.equal(options, { hiddenSize: 8, seed: 0, inputSize: 1, outputSize: 1 });
  assert.equal(task, { name: "running-parity", options: {} });
  const steps = lines.filter(({ event }) => event === "step");
  assert.equal(
    steps.map(({ evaluation }) => Object.keys((evaluation as object | undefined) ?? {})),
    [4, 8].flatMap(() => [[], [], [], ["loss", "bitError"]]),
  );
  assert.ok(steps.every(({ learningRate, bitError }) => learningRate === 0.01 && typeof bitError === "number"));
  assert.equal(
    lines.filter(({ event }) => event === "saved").map(({ step }) => step),
    [4, 8],
  );
  const inspected = linesOf((await tapehead("inspect mine.safetensors --module ./mine.js --json")).stdout)[0]!;
  const { step, clip, measured } = inspected["training"] as Record<string, unknown>;
  assert.equal({ step, clip }, { step: 8, clip: { norm: 5 } });
  assert.equal(Object.keys(measured as object), ["bitError"]);
});

training("until it has learned what it is to learn, for people", async () => {
  const { code, stdout } = await tapehead("train mine.js --learning-rate 0.01 --until 0.5 --out learned.safetensors");
  assert.is(code, 0);
  assert.match(
    stdout,
    /^Training a Fading with [\d,]+ parameters on running-parity, 16 sequences a step, into learned/,
  );
  assert.match(stdout, /\nTrained .*: 0\.4\d\d wrong bits a sequence\n/);
});

training(
  "and a run that Ctrl-C stops goes on with the command it prints, to the bytes of one never stopped",
  async () => {
    const args = "train ./mine.js --seed 3 --learning-rate 0.01 --decay 0.1 --batch 8 --steps 1200";
    assert.is((await tapehead(`${args} --threads 1 --out whole.safetensors`)).code, 0);
    // What nobody reads stops it after some hundred steps, so that it cannot end before the signal comes.
    const stopped = await tapehead(`${args} --threads 2 --out part.safetensors --json`, {
      onLine: (child, line) => line === 1 && child.kill("SIGINT"),
    });
    assert.is(stopped.code, 130, stopped.stdout);
    const { resume, step } = linesOf(stopped.stdout).at(-1) as { resume: string; step: number };
    assert.ok(step < 1200);
    assert.match(resume, "train ./mine.js --resume part.safetensors --steps 1200 --learning-rate 0.01 --decay 0.1");
    const resumed = await tapehead(resume.slice(resume.indexOf("train")));
    assert.is(resumed.code, 0, resumed.stderr);
    assert.ok(bytesOf("whole.safetensors").equals(bytesOf("part.safetensors")));
    const [start] = linesOf(stopped.stdout);
    assert.is((start!["options"] as { seed: number }).seed, 3);
  },
);

training("with the optimizer that it exports, unless the command line names another", async () => {
  const optimizerOf = (file: string): unknown =>
    (JSON.parse(contentsOf(file).metadata["training"]!) as { optimizer: unknown }).optimizer;
  const short = "--batch 2 --steps 2";
  assert.is((await tapehead(`train tuned.js ${short}`)).code, 0);
  const exported = { name: "heavy-ball", options: { learningRate: 5e-3, mu: 0.8 } };
  assert.equal(optimizerOf("tuned.safetensors"), exported);
  assert.is((await tapehead("train tuned.js --resume tuned.safetensors --steps 4 --threads 2")).code, 0);
  assert.is((await tapehead("train tuned.js --batch 2 --steps 4 --threads 1 --out four.safetensors")).code, 0);
  assert.ok(bytesOf("tuned.safetensors").equals(bytesOf("four.safetensors")));
  const other = `train tuned.js ${short} --optimizer sgd --learning-rate 0.1 --out sgd.safetensors`;
  assert.is((await tapehead(other)).code, 0);
  const resumed = await tapehead("train tuned.js --resume sgd.safetensors --steps 4");
  assert.is(resumed.code, 0, resumed.stderr);
  assert.equal(optimizerOf("sgd.safetensors"), { name: "sgd", options: { learningRate: 0.1, momentum: 0.9 } });
});

training("begins with the parameters of another file of its class, for another task", async () => {
  module("short.js", `${MODEL}export const task = { ...parity, name: "other" };`);
  const args = "--batch 2 --steps 1 --learning-rate 1e-30 --from learned.safetensors --seed 9 --json";
  const { code, stderr } = await tapehead(`train short.js ${args}`);
  assert.is(code, 0, stderr);
  const [begun, learned] = [contentsOf("short.safetensors"), contentsOf("learned.safetensors")];
  for (const [name, { data }] of learned.tensors) {
    if (name.startsWith("training.")) continue;
    // A step at this rate moves what is 0 by less than this, and nothing else.
    assert.ok(begun.tensors.get(name)!.data.every((value, i) => Math.abs(value - data[i]!) < 1e-29));
  }
});

training("also where model and task are ours, and where nothing is measured", async () => {
  const made = "new NeuralTuringMachine({ inputSize: 3, outputSize: 2, hiddenSize: 4, slots: 4, width: 2 })";
  module("ours.js", `export const model = ${made};\nexport const task = copyTask({ bits: 2 });\n`);
  assert.is((await tapehead("train ours.js --batch 2 --steps 2")).code, 0);
  module("blind.js", `${MODEL}export const task = { ...parity, metrics: {} };`);
  const { code, stdout } = await tapehead("train blind.js --batch 2 --steps 2");
  assert.is(code, 0);
  assert.match(stdout, /\nTrained 2 steps, 4 sequences, \d+ s\nSaved blind\.safetensors\n$/);
});
training("and says what is wrong with its graph without advice that is for a model that diverged", async () => {
  module(
    "shapes.js",
    `${OTHER} "Fading"; step(x, state) { return [x, { ...state, past: x }]; } }
    export const model = new Other({ inputSize: 1, outputSize: 1 });${TASK}`,
  );
  const { code, stderr } = await tapehead("train shapes.js");
  assert.match(stderr, /^error: scan: the next state "past" is \(\d+, 1\), and must be \(\d+, 8\)\n$/);
  assert.is(code, 1);
});
training.run();

const usage = suite("command line: a module that cannot be trained is wrong usage");
for (const [args, message] of [
  ["train ./mine.js --hidden 9", /^error: --hidden is for models and tasks of Tapehead's; \.\/mine\.js decides/],
  ["train ./mine.js --no-circular", /^error: --circular is for models and tasks of Tapehead's/],
  ["train mine", /'mine' is invalid.*or the path of a module such as \.\/mine\.js/],
  ["train ./mine.js --cost-decay 0.5", /auxiliaryWeight weighs an auxiliary loss, and this Fading has none/],
] as const) {
  usage(args, async () => {
    const { code, stderr } = await tapehead(args);
    assert.match(stderr, message);
    assert.is(code, 2);
  });
}
usage.run();

const files = suite("command line: files of a module's class");

files("need the module, which the message says", async () => {
  for (const command of ["run", "compile", "train --resume"]) {
    const { code, stderr } = await tapehead(`${command} learned.safetensors${command === "run" ? " x" : ""}`);
    assert.match(stderr, /learned\.safetensors holds a Fading, which is no class of Tapehead's\. Name the module/);
    assert.is(code, 2, command);
  }
  module(
    "third.js",
    `${OTHER} "Third"; name = "Third" } export const model = new Other({ inputSize: 1, outputSize: 1 });${TASK}`,
  );
  const { code, stderr } = await tapehead("train third.js --resume learned.safetensors");
  assert.match(stderr, /holds a Fading, which is no class of Tapehead's, and third\.js exports a Third/);
  assert.is(code, 2);
});

files("of our classes and of other options are not resumed", async () => {
  const ours = await tapehead("train ./mine.js --resume ours.safetensors --steps 9");
  assert.match(
    ours.stderr,
    /Cannot resume ours\.safetensors: it holds a NeuralTuringMachine, and \.\/mine\.js exports a/,
  );
  assert.is(ours.code, 2);
  module("wide.js", `export const model = new Fading({ inputSize: 1, outputSize: 1, hiddenSize: 9 });${TASK}`);
  const wide = await tapehead("train wide.js --resume learned.safetensors");
  assert.match(wide.stderr, /the checkpoint's model options is .*"hiddenSize":8.* must be .*"hiddenSize":9/);
  assert.is(wide.code, 2);
});

files("are traced on an example of the module's task, and compiled with the bits of the model", async () => {
  const page = await tapehead("trace learned.safetensors --module mine.js --length 7 --out page.html");
  assert.is(page.code, 0, page.stderr);
  assert.match(page.stdout, /^page\.html: 7 steps, /);
  assert.match(bytesOf("page.html").toString(), "past");
  const compiled = await tapehead("compile learned.safetensors --module mine.js --trace past");
  assert.is(compiled.code, 0, compiled.stderr);
  const both = await tapehead("trace learned.tape --module mine.js --length 7 --out compiled.html");
  assert.is(both.code, 0, both.stderr);
  const none = await tapehead("run learned.safetensors --module mine.js x");
  assert.match(
    none.stderr,
    /^error: learned\.safetensors holds a model.* that reads numbers, no text: give it .* as JSON/,
  );
  assert.is(none.code, 2);
  const rows = await tapehead("run learned.safetensors --module mine.js [[1],[0],[1]]");
  assert.is(rows.code, 0, rows.stderr);
  assert.is(rows.stdout.trim().split("\n").length, 3);
});
files.run();
