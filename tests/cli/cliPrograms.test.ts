/** The command line with a model of programs: what it solves, the tree of its calls, and what it refuses. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { NeuralProgrammerInterpreter } from "../../bindings/models.js";
import { additionProgramsTask, sortingProgramsTask, type ProgramTask } from "../../bindings/tasks.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { commandLine, linesOf } from "../support/cli.js";
import { testEngine } from "../support/engine.js";

const { folder, tapehead } = commandLine();

/** A file of a model of a task, which has learned it for so many steps. */
async function made(name: string, task: ProgramTask, steps: number): Promise<string> {
  const { inputSize, outputSize, programs } = task;
  const sizes = { hiddenSize: 32, layers: 1, stateSize: 16, programSize: 16, keySize: 8, seed: 1 };
  const model = new NeuralProgrammerInterpreter({ inputSize, outputSize, programs, ...sizes });
  const engine = await testEngine("release");
  const options = { batch: 32, optimizer: adam({ learningRate: 0.01 }), clip: { norm: 1 } };
  if (steps) for await (const { step } of train(engine, model, task, options)) if (step === steps) break;
  engine.dispose();
  const file = join(folder, name);
  writeFileSync(file, save(model, { task }));
  return file;
}

const sorting = await made("sorting.safetensors", sortingProgramsTask({ maxLength: 4, problems: 40, seed: 1 }), 250);
const digits = await made("digits.safetensors", sortingProgramsTask({ view: "digits" }), 0);
const max = await made("max.safetensors", sortingProgramsTask({ max: true }), 0);
const adding = await made("adding.safetensors", additionProgramsTask(), 0);

const programs = suite("command line: programs");

programs("run: numbers are sorted, with the tree of calls", async () => {
  const { code, stdout, stderr } = await tapehead(`run ${sorting} 5 -3.5`);
  assert.is(code, 0, stderr);
  assert.equal(stdout.trimEnd().split("\n").slice(0, 12), [
    "5 -3.5 = -3.5 5",
    "BUBBLESORT",
    "├ BUBBLE",
    "│ ├ RIGHT(2)",
    "│ └ BSTEP",
    "│   ├ COMPSWAP",
    "│   │ └ SWAP",
    "│   └ RSHIFT",
    "│     ├ RIGHT(1)",
    "│     └ RIGHT(2)",
    "├ RESET",
    "│ ├ LSHIFT",
  ]);
  const [json] = linesOf((await tapehead(`run ${sorting} '9,1; 4 4 0' --json`)).stdout);
  const { tree, ...rest } = json as { tree: readonly { level: number; call: string }[] } & Record<string, unknown>;
  assert.equal(rest["answer"], "0 1 4 4 9");
  assert.is(rest["text"], "9 1 4 4 0");
  assert.is(rest["calls"], tree.length);
  assert.equal(tree[1], { level: 1, call: "BUBBLE" });
});

programs("compiled, it does the same", async () => {
  const made = await tapehead(`compile ${sorting} --out sorting.tape`);
  assert.is(made.code, 0, made.stderr);
  const [saved, compiled] = [await tapehead(`run ${sorting} 7 3 5`), await tapehead("run sorting.tape 7 3 5")];
  assert.is(compiled.code, 0, compiled.stderr);
  assert.is(compiled.stdout, saved.stdout);
});

programs("trace: a page has the calls and the world behind every act", async () => {
  const { code, stderr } = await tapehead(`trace ${sorting} 3 2 1 --out page.html`);
  assert.is(code, 0, stderr);
  const page = readFileSync(join(folder, "page.html"), "utf8");
  assert.match(page, "<h1>3 2 1</h1>");
  assert.match(page, '<p class="said">→ 1 2 3</p>');
  assert.match(page, '<span class="call" style="--level:4">SWAP</span>');
  assert.is(page.match(/<table class="world">/g)!.length, 1 + page.match(/<li class="act">/g)!.length);
  const drawn = await tapehead(`trace ${sorting} --length 2 --seed 3 --out drawn.html`);
  assert.is(drawn.code, 0, drawn.stderr);
  assert.match(readFileSync(join(folder, "drawn.html"), "utf8"), /<h1>\d \d<\/h1>/);
  assert.match((await tapehead(`trace ${sorting} 1 2 --seed 3`)).stderr, "is given a problem: leave out --seed");
});

programs("what is no problem is refused with what was not understood", async () => {
  const refused = async (args: string): Promise<string> => {
    const { code, stdout, stderr } = await tapehead(`run ${args}`);
    assert.is(code, 2, stderr);
    assert.is(stdout, "");
    return stderr;
  };
  const wanted = "two whole numbers with + between them, such as 96 + 125";
  assert.match(await refused(`${adding} ' '`), `The sum is empty, and must be ${wanted}`);
  assert.match(await refused(`${adding} '-3 + 5'`), `The sum has "-" at character 1, and must be ${wanted}`);
  assert.match(await refused(`${adding} '1.5 + 2'`), 'The sum has "." at character 2');
  assert.match(await refused(`${adding} 'two + 2'`), 'The sum has "t" at character 1');
  assert.match(await refused(`${adding} 12`), "The sum has 0 times +");
  assert.match(await refused(`${adding} 1+2+3`), "The sum has 2 times +");
  assert.match(await refused(`${adding} 1+`), "a number is missing");
  assert.match(await refused(`${adding} '1 2+3'`), "1 2 is not one number");
  assert.match(
    await refused(`${sorting} ' '`),
    "There are no numbers, and there must be some, numbers such as 5 3 9 1",
  );
  assert.match(await refused(`${sorting} 5 three`), 'Number 2 is "three", and must be one of numbers such as 5 3 9 1');
  assert.match(await refused(`${sorting} 1e999`), 'Number 1 is "1e999"');
  assert.match(await refused(`${sorting} max of 3 1`), "has not learned to find the largest: leave out");
  assert.match(await refused(`${digits} 5 12`), 'Number 2 is "12", and must be one of digits from 0 to 9');
  assert.match(await refused(`${digits} 5 -1`), 'Number 2 is "-1", and must be one of digits from 0 to 9');
  assert.match(await refused(`${max} max of`), "There are no numbers");
  const many = Array.from({ length: 501 }, () => "1").join(" ");
  assert.match(await refused(`${sorting} ${many}`), "There are 501 numbers, and may be at most 500");
});

programs("a model that has not learned says so, and prints no answer", async () => {
  const { code, stdout, stderr } = await tapehead(`run ${adding} 96 + 125`);
  assert.is(code, 2);
  assert.is(stdout, "");
  assert.match(stderr, /The model did not solve 96 \+ 125: addition, step \d+: /);
});

programs("inspect and train know it", async () => {
  const { code, stdout, stderr } = await tapehead(`inspect ${sorting}`);
  assert.is(code, 0, stderr);
  assert.match(stdout, "NeuralProgrammerInterpreter");
  const args =
    "--task addition-programs --problems 4 --max-length 2 --hidden 8 --steps 2 --batch 2 --out t.safetensors";
  const trained = await tapehead(`train ${args}`);
  assert.is(trained.code, 0, trained.stderr);
});
programs.run();
