/** The command line with a neural stack, queue or deque: what it makes of words, and how it is traced and compiled. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { NeuralStack } from "../../bindings/models.js";
import { transductionTask, type TransductionTaskOptions } from "../../bindings/tasks.js";
import { commandLine, linesOf } from "../support/cli.js";

const { folder, tapehead } = commandLine();
const REVERSAL = fileURLToPath(new URL("../../checkpoints/reversal-neural-stack.safetensors", import.meta.url));
const tiny = { width: 3, hiddenSize: 4, embeddingSize: 2 };
const tasks: Readonly<Record<string, TransductionTaskOptions>> = {
  flip: { mapping: "bigram-flip", symbols: 3 },
  svo: { mapping: "svo-sov", symbols: 2 },
  many: { mapping: "copy", symbols: 30 },
};
for (const [name, options] of Object.entries(tasks)) {
  const task = transductionTask({ minLength: 4, maxLength: 6, ...options });
  const { inputSize, outputSize } = task;
  const model = new NeuralStack({ ...tiny, inputSize, outputSize, memory: "deque" });
  writeFileSync(join(folder, `${name}.safetensors`), save(model, { task }));
}
writeFileSync(
  join(folder, "other.safetensors"),
  save(new NeuralStack({ ...tiny, inputSize: 3, outputSize: 3 }), { task: transductionTask() }),
);
writeFileSync(join(folder, "rows.safetensors"), save(new NeuralStack({ ...tiny, inputSize: 2, outputSize: 1 })));

interface Read {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly right: boolean;
  readonly steps: readonly {
    readonly word: string;
    readonly said?: string;
    readonly push?: readonly number[];
    readonly memory?: readonly { readonly word: string; readonly strength: number }[];
  }[];
}

const read = async (args: string): Promise<Read> => {
  const { code, stdout, stderr } = await tapehead(`run ${args} --json`);
  assert.is(code, 0, stderr);
  return linesOf(stdout)[0] as unknown as Read;
};

const stacks = suite("command line: stacks of vectors");
stacks("run: words and letters reversed, with what is on the stack after each step", async () => {
  const { code, stdout } = await tapehead(`run ${REVERSAL} c a b d`);
  assert.is(code, 0);
  const lines = stdout.trimEnd().split("\n");
  assert.match(lines[0]!, /^reads +says +push +pop +memory/);
  assert.is(lines.at(-1), "d b a c");
  assert.equal(
    lines.slice(1, 11).map((line) => line.split(/\s+/)[0]),
    ["‹", "c", "a", "b", "d", "|||", "d", "b", "a", "c"],
  );
  assert.ok(lines.every((line) => line.length <= 80));
  assert.equal((await tapehead(`run ${REVERSAL} cabd`)).stdout, stdout);
});

stacks("run --json: its own words are read again, and rows lose strength from the top", async () => {
  const { target, right, steps } = await read(`${REVERSAL} abcdefghabcdefgh`);
  assert.is(right, true, "sources longer than those of training");
  assert.equal(target, [..."hgfedcbahgfedcba"]);
  assert.is(steps.at(-1)!.said, "end");
  for (const [t, { word, memory }] of steps.entries()) {
    assert.is(memory!.length, t + 1);
    assert.is(memory!.at(-1)!.word, word, "the newest row is on top");
    assert.ok(memory!.every(({ strength }) => strength >= 0 && strength <= 1));
  }
});

stacks("run: what is no source of the model's is refused", async () => {
  for (const [args, message] of [
    [`${REVERSAL} a b x`, /Word 3 of the text, "x", is none of the 8 that .* knows: a b c d e f g h\n$/],
    [`${REVERSAL} ''`, /The text is empty, and must have at least one word/],
    ["flip.safetensors a b c", /The text has 3 words that .* no source of bigram-flip, .* an even number of words/],
    ["svo.safetensors s1 v1", /no source of svo-sov, .* it must be a subject, a verb and an object, such as s1 v1 o1/],
    ["many.safetensors w1w2", /Word 1 of the text, "w1w2", is none of the 30/],
    ["other.safetensors a b", /holds a model of 3 inputs and 3 outputs, and its task has 258 and 129/],
    ["rows.safetensors a b", /reads numbers, no text: give it rows of 2 numbers/],
  ] as const) {
    const { code, stdout, stderr } = await tapehead(`run ${args}`);
    assert.match(stderr, message);
    assert.equal([code, stdout], [2, ""]);
  }
});

stacks("run: a model that has learned nothing is shown what it had to say", async () => {
  const { code, stdout } = await tapehead("run svo.safetensors s1 v2 o1");
  assert.is(code, 0);
  assert.match(stdout, /\n✗ It must be: s1 o1 v2\n$/);
  assert.match(stdout, /\nPush and pop: the bottom, then the top\./);
});

stacks("trace: of words, and of an example, with rows named by the words that were read", async () => {
  for (const [args, steps] of [
    [`${REVERSAL} a b c`, 8],
    [`${REVERSAL} --seed 3 --length 4`, 10],
    ["svo.safetensors s1 v2 o1", 8],
  ] as const) {
    const { code, stdout, stderr } = await tapehead(`trace ${args} --out stack.html --json`);
    assert.is(code, 0, stderr);
    assert.is(linesOf(stdout)[0]!["steps"], steps);
    const page = readFileSync(join(folder, "stack.html"), "utf8");
    for (const title of ["The memory", "Strengths", "Push d", "Pop u", "Value v"])
      assert.ok(page.includes(title), title);
  }
});

stacks("inspect and compile: the compiled model says the same, with its memory if it has the traces", async () => {
  const { stdout } = await tapehead(`inspect ${REVERSAL}`);
  assert.match(stdout, /NeuralStack/);
  const saved = await read(`${REVERSAL} a b c`);
  assert.is((await tapehead(`compile ${REVERSAL} --out plain.tape`)).code, 0);
  const plain = await read("plain.tape a b c");
  assert.equal(
    plain.steps,
    saved.steps.map(({ word, said }) => ({ word, ...(said !== undefined && { said }) })),
  );
  assert.is((await tapehead(`compile ${REVERSAL} --trace push,pop,strengths --out traced.tape`)).code, 0);
  assert.equal((await read("traced.tape a b c")).steps, saved.steps);
});
stacks.run();
