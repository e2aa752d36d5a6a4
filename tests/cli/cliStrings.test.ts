/** The command line with a model that has stacks: what it expects next, and how it is traced and compiled. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { StackRNN } from "../../bindings/models.js";
import { binarySumsTask, countingTask, memorizationTask } from "../../bindings/tasks.js";
import { commandLine, linesOf } from "../support/cli.js";

const { folder, tapehead } = commandLine();
const COUNTING = fileURLToPath(new URL("../../checkpoints/counting.safetensors", import.meta.url));
const small = { hiddenSize: 4, stacks: 2, capacity: 4 };
for (const task of [memorizationTask({ maxLength: 3 }), binarySumsTask({ maxLength: 4 })]) {
  const { inputSize, outputSize } = task;
  writeFileSync(
    join(folder, `${task.name}.safetensors`),
    save(new StackRNN({ ...small, inputSize, outputSize }), { task }),
  );
}
writeFileSync(
  join(folder, "other.safetensors"),
  save(new StackRNN({ ...small, inputSize: 3, outputSize: 3 }), { task: countingTask() }),
);
writeFileSync(join(folder, "rows.safetensors"), save(new StackRNN({ ...small, inputSize: 1, outputSize: 1 })));

interface Step {
  readonly character: string;
  readonly next: string;
  readonly probability: number;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly allowed?: string;
  readonly stacks?: readonly { readonly action: string; readonly cells: readonly number[] }[];
}
interface Read {
  readonly determined: number;
  readonly wrong: number;
  readonly leavesLanguageAt?: number;
  readonly steps: readonly Step[];
}

const read = async (args: string): Promise<Read> => {
  const { code, stdout, stderr } = await tapehead(`run ${args} --json`);
  assert.is(code, 0, stderr);
  return linesOf(stdout)[0] as unknown as Read;
};

const strings = suite("command line: strings");
strings("run: what a model expects behind each character, how sure it is, and its stacks", async () => {
  const { code, stdout } = await tapehead(`run ${COUNTING} aaaabbbb`);
  assert.is(code, 0);
  const lines = stdout.trimEnd().split("\n");
  assert.match(lines[0]!, /^ +next +stacks/);
  assert.equal(
    lines.slice(1, 9).map((line) => line[0]),
    [..."aaaabbbb"],
  );
  assert.match(lines[8]!, /^b +a 9\d(\.\d+)?% +[↓↑]/);
  assert.match(
    stdout,
    /\nExpected next: a, with 9\d(\.\d+)?%\.\nAll of 4 characters that can be known were expected rightly\.\n$/,
  );
  assert.ok(lines.every((line) => line.length <= 80));
});

strings("run --json: probabilities of all characters, and every cell", async () => {
  const { determined, wrong, steps } = await read(`${COUNTING} aaaabbbba`);
  assert.equal([determined, wrong], [4, 0]);
  assert.is(
    steps
      .map(({ next }) => next)
      .slice(4)
      .join(""),
    "bbbaa",
  );
  for (const [t, { probabilities, probability, next, stacks }] of steps.entries()) {
    assert.ok(Math.abs(Object.values(probabilities).reduce((a, b) => a + b) - 1) < 1e-6);
    assert.is(probabilities[next], probability);
    assert.is(stacks!.length, 10);
    for (const { action, cells } of stacks!) {
      assert.ok(["push", "pop"].includes(action));
      assert.ok(cells.length <= t + 1 && cells.every((cell) => cell >= 0 && cell <= 1));
    }
  }
});

strings("run: strings far longer than the model's stacks, none of which is lost", async () => {
  const { wrong, determined } = await read(`${COUNTING} ${"a".repeat(90)}${"b".repeat(90)}`);
  assert.equal([determined, wrong], [90, 0]);
});

strings("run: says where a text leaves the language, and counts nothing from there on", async () => {
  const { leavesLanguageAt, determined } = await read(`${COUNTING} aabbba`);
  assert.equal([leavesLanguageAt, determined], [5, 2]);
  const { stdout } = await tapehead(`run ${COUNTING} aabbba`);
  assert.match(stdout, /\nCharacter 5, "b", cannot come there in any string that the model learned/);
});

strings("run: what is no text of the model's is refused", async () => {
  for (const [args, message] of [
    [`${COUNTING} aabxb`, /Character 4 of the text, "x", is none of the 2 that .* knows: ab\n$/],
    [`${COUNTING} 'aa bb'`, /Character 3 of the text, " ", is none of the 2/],
    [`${COUNTING} ''`, /The text is empty, and must have at least one character/],
    ["other.safetensors ab", /holds a model of 3 inputs and 3 outputs, and counting has 2 characters/],
    ["rows.safetensors ab", /reads numbers, no text: give it rows of 1 number/],
  ] as const) {
    const { code, stdout, stderr } = await tapehead(`run ${args}`);
    assert.match(stderr, message);
    assert.equal([code, stdout], [2, ""]);
  }
});

strings("run: memorization and sums, too", async () => {
  const memorized = await read("memorization.safetensors ab:ba");
  assert.is(memorized.determined, 2);
  assert.equal(
    memorized.steps.map(({ allowed }) => allowed),
    ["ab:", "ab:", "b", "a", "ab"],
  );
  const added = await read("binary-sums.safetensors 101+1=01");
  assert.equal(added.steps.at(-1)!.allowed, "1");
});

strings("trace: of a text, and of an example, with as many cells as steps", async () => {
  for (const [args, steps] of [
    ["aaabbb", 6],
    ["--seed 3 --length 2", undefined],
  ] as const) {
    const { code, stdout, stderr } = await tapehead(`trace ${COUNTING} ${args} --out strings.html --json`);
    assert.is(code, 0, stderr);
    const [summary] = linesOf(stdout);
    if (steps) assert.is(summary!["steps"], steps);
  }
});

strings("compile: the compiled model says the same, with its stacks if it has their traces", async () => {
  const saved = await read(`${COUNTING} aabb`);
  assert.is((await tapehead(`compile ${COUNTING} --out plain.tape`)).code, 0);
  const plain = await read("plain.tape aabb");
  assert.equal(
    plain.steps,
    saved.steps.map(({ stacks: _, ...step }) => step),
  );
  assert.is((await tapehead(`compile ${COUNTING} --trace actions,stacks --out traced.tape`)).code, 0);
  assert.equal((await read("traced.tape aabb")).steps, saved.steps);
  const { code, stderr } = await tapehead(`run plain.tape ${"a".repeat(300)}`);
  assert.is(code, 2);
  assert.match(stderr, /The text has 300 characters, and stacks of the compiled model hold \d+: run the saved model/);
});
strings.run();
